"""Where is a negotiation? At a path, or among those that are shipped."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from orchestrator.errors import UsageError

__all__ = ["NEGOTIATION_FILE", "find", "house_folder", "shipped", "shipped_folder"]

NEGOTIATION_FILE = "negotiation.yaml"

_PACKAGE = Path(__file__).resolve().parent.parent


def find(name_or_path: str) -> Path:
    """Return the path of a negotiation. Raises UsageError where there is neither such a path nor a shipped one of that name."""
    path = Path(name_or_path)
    if _exists(path):
        return path
    if name_or_path in shipped():
        return shipped_folder() / name_or_path
    close = get_close_matches(name_or_path, shipped(), n=1)
    known = f"shipped are {', '.join(shipped())}; a path of your own works as well"
    raise UsageError(f"there is no negotiation {name_or_path!r}", hint=f"did you mean {close[0]!r}?" if close else known)


def shipped() -> tuple[str, ...]:
    """Return the names of all shipped negotiations."""
    return tuple(sorted(file.parent.name for file in shipped_folder().glob(f"*/{NEGOTIATION_FILE}")))


def shipped_folder() -> Path:
    """Return the folder of the shipped prompts: inside the installed package, or beside it in a checkout."""
    installed = _PACKAGE / "_prompts"
    return installed if installed.is_dir() else _PACKAGE.parent / "prompts"


def house_folder() -> Path:
    """Return the folder of the parts that all shipped roles share."""
    return shipped_folder() / "house"


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
