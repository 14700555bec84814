"""How does a new negotiation begin? As a small one that is whole, runs at once, and says what can be changed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from orchestrator.errors import UsageError
from orchestrator.roles.find import NEGOTIATION_FILE
from orchestrator.roles.fit import NAME_RULE, is_name
from orchestrator.roles.schema import SCHEMA_FILE, schema_text

__all__ = ["create"]

_STARTER = files("orchestrator.roles") / "starter"


def create(name: str, folder: Path) -> Path:
    """Write a new negotiation into a new folder of that name, and return its path.

    Raises UsageError where the name can't be one, the folder is there already, or it can't be written.
    """
    if not is_name(name):
        raise UsageError(f"{name!r} cannot name a negotiation", hint=f"a name has {NAME_RULE}")
    path = folder / name
    try:
        path.mkdir(parents=True)
        for file, text in _texts(name).items():
            (path / file).write_text(text, encoding="utf-8", newline="\n")
    except FileExistsError:
        raise UsageError(f"{str(path)!r} is there already", hint="choose another name, or remove it first") from None
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be made: {error.strerror}") from error
    return path


def _texts(name: str) -> dict[str, str]:
    texts = {file: (_STARTER / file).read_text(encoding="utf-8") for file in (NEGOTIATION_FILE, "guest.md", "host.md")}
    texts[NEGOTIATION_FILE] = texts[NEGOTIATION_FILE].replace("name: NAME", f"name: {name}", 1)
    return {**texts, SCHEMA_FILE: schema_text()}
