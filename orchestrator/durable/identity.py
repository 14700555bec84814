"""What is a worker called? By its host and a name of its own, the same after each restart."""

from __future__ import annotations

import re
import secrets
import socket
from pathlib import Path

import platformdirs
from filelock import FileLock

from orchestrator.errors import Unwritable, UsageError

__all__ = ["worker_id"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}", re.ASCII)
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def worker_id(name: str | None = None, folder: Path | None = None) -> str:
    """Return the id of the worker of this name on this host; without one, of the name kept in the user's folder.

    Raises UsageError for a name that is none, Unwritable where none can be kept.
    """
    return f"{socket.gethostname()}/{_checked(name) if name is not None else _kept(folder)}"


def _checked(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise UsageError(f"{name!r} is no name for a worker", hint="letters, digits, '.', '_' and '-', at most 63 of them")
    return name


def _kept(folder: Path | None) -> str:
    path = (folder or platformdirs.user_config_path("handfast")) / "worker"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(path.with_name("worker.lock")):
            if not path.exists():
                path.write_text("".join(secrets.choice(_ALPHABET) for _ in range(8)) + "\n", "ascii")
            return _checked(path.read_text("ascii", errors="replace").strip())
    except OSError as error:
        raise Unwritable(
            f"the worker's name {str(path)!r} cannot be read or made: {error.strerror or error}",
            hint="mend its folder, or give a name with --name",
        ) from error
