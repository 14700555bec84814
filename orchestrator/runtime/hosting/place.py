"""Where does the process that holds a journal listen? Its note beside the journal says so, and who it is, since when."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from orchestrator.messages.value import Value

__all__ = ["LONGEST_SOCKET", "Holder", "forget", "read_holder", "socket_place", "write_holder"]

LONGEST_SOCKET = 100
"""Bytes that the path of a Unix socket may have on every system; a longer one goes into a short folder of its own."""

_LARGEST = 4_096


class Holder(Value):
    """Who holds a journal and where it listens: at a Unix socket, or at a port of this machine with a token."""

    pid: int
    since: AwareDatetime
    socket: str = ""
    port: int = 0
    token: str = ""
    """Shown with every command where there is no socket whose permissions keep others away."""
    health: int = 0
    """The port of health and metrics; 0 where there is none."""


def read_holder(journal: Path) -> Holder | None:
    """Return what the note beside a journal says; None where there is none that can be read. Whether it lives is not said."""
    note = _note(journal)
    try:
        if note.stat().st_size > _LARGEST:
            return None
        return Holder.model_validate_json(note.read_bytes())
    except (OSError, ValidationError):
        return None


def write_holder(journal: Path, holder: Holder) -> None:
    """Write the note, for its owner's eyes alone, in the place of any older one."""
    note = _note(journal)
    new = note.with_name(f"{note.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(holder.model_dump_json().encode())
    new.replace(note)


def forget(journal: Path) -> None:
    """Take away the note and the socket that it names: nobody listens there now. The journal must be held."""
    holder = read_holder(journal)
    if holder is not None and holder.socket:
        _remove(Path(holder.socket))
    _note(journal).unlink(missing_ok=True)


def socket_place(journal: Path) -> Path:
    """Return where the socket is to be: beside the journal, or in a new folder of this user where that path is too long."""
    beside = journal.resolve()
    beside = beside.with_name(f"{beside.name}.socket")
    if len(os.fsencode(beside)) <= LONGEST_SOCKET:
        beside.unlink(missing_ok=True)
        return beside
    for parent in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), os.sep + "tmp"):
        if parent and Path(parent).is_dir() and len(os.fsencode(parent)) < LONGEST_SOCKET // 2:
            return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent)) / "socket"
    return Path(tempfile.mkdtemp(prefix=_PREFIX)) / "socket"


_PREFIX = "handfast-"


def _remove(socket: Path) -> None:
    with suppress(OSError):
        if socket.is_socket():
            socket.unlink()
        if socket.parent.name.startswith(_PREFIX):
            socket.parent.rmdir()


def _note(journal: Path) -> Path:
    whole = journal.resolve()
    return whole.with_name(f"{whole.name}.server")
