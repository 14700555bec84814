"""Which rules does this process decide by? The version of the rules, and a digest of the code that decides."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from orchestrator.errors import UsageError
from orchestrator.messages.settings import RULES_VERSION

__all__ = ["ENVIRONMENT", "deciding_version"]

ENVIRONMENT = "HANDFAST_DECIDES_AS"
"""The environment variable that may name another version, to try an upgrade before it is made."""

_DECIDING = ("orchestrator.messages", "orchestrator.engine", "guards")
_LONGEST = 40


def deciding_version() -> str:
    """Return the version, such as `2-5f3a9c01d7`: workers with the same one decide every reply alike."""
    given = os.environ.get(ENVIRONMENT)
    if given is None:
        return f"{RULES_VERSION}-{_digest_of_code()}"
    if not given or len(given) > _LONGEST or not given.replace("-", "").replace(".", "").isalnum():
        raise UsageError(f"{ENVIRONMENT} is no version: {given!r}", hint="letters, digits, '.' and '-', at most 40 of them")
    return given


def _digest_of_code() -> str:
    digest = hashlib.sha256()
    for package in _DECIDING:
        for name, content in sorted(_sources(package, files(package))):
            digest.update(b"%d:%b%d:%b" % (len(name), name.encode(), len(content), content))
    return digest.hexdigest()[:10]


def _sources(name: str, folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir() and item.name != "__pycache__":
            yield from _sources(f"{name}/{item.name}", item)
        elif item.is_file() and not item.name.endswith(".pyc"):
            yield f"{name}/{item.name}", item.read_bytes().replace(b"\r\n", b"\n")
