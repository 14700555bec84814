"""Is this file a journal of ours, and may it be used now? Opening, the lock, the format, and plain words for what fails."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from orchestrator.errors import Unwritable, UsageError
from orchestrator.storage.disks import ALLOW_NETWORK, network_disk

__all__ = [
    "APPLICATION",
    "BUSY_SECONDS",
    "COLUMNS",
    "FORMAT",
    "PAGE",
    "WAL_PAGES",
    "connect_to_read",
    "connect_to_write",
    "hold",
    "unwritable",
]

APPLICATION = 0x68616E64
"""SQLite's `application_id` of a journal: `hand` in ASCII."""

FORMAT = 2
"""SQLite's `user_version`; raised when older versions could not read or keep what is written.

From 2 on there is a ledger of shared pots beside the entries; a file of format 1 gets one when it is opened for writing.
"""

_FORMATS = (1, FORMAT)
"""Those that can be read."""

COLUMNS = ("session", "seq", "at", "parent", "reply", "events", "digest", "signature")

BUSY_SECONDS = 2.0
"""How long another program's lock is waited for."""

PAGE = 8_192
"""Bytes of a page: an entry has about 2,000, of which SQLite's own page of 4,096 would hold only one."""
WAL_PAGES = 2000
"""Pages of the log after which it is copied into the file: larger copies, less often, than SQLite's own 1000 small ones."""

_SMALLEST = 512
"""Bytes of the smallest SQLite database."""

_TABLE = """
CREATE TABLE entries (
    session TEXT, seq INTEGER, at TEXT, parent BLOB, reply TEXT, events TEXT, digest BLOB, signature TEXT,
    PRIMARY KEY (session, seq)
)
"""

_LEDGER = (
    """
CREATE TABLE pots (
    name TEXT PRIMARY KEY, title TEXT, unit TEXT, size TEXT, step TEXT, why TEXT, held TEXT, session TEXT, seq INTEGER
)
""",
    """
CREATE TABLE pledges (
    pot TEXT, account TEXT, holder TEXT, reserved TEXT, committed TEXT, session TEXT, seq INTEGER, PRIMARY KEY (pot, account)
)
""",
)
"""Follows from the entries, and can be made anew from them; figures are decimal text."""

_RESUME = "then go on with 'handfast resume SESSION'"
_OTHER = "name another file with --journal"

_REASONS = {
    "SQLITE_FULL": ("the disk is full", f"free some space, {_RESUME}"),
    "SQLITE_READONLY": ("it is read-only", f"allow writing to the file and its folder, or {_OTHER}"),
    "SQLITE_BUSY": ("it is locked by another program", f"close that program, {_RESUME}"),
    "SQLITE_LOCKED": ("it is locked by another program", f"close that program, {_RESUME}"),
    "SQLITE_CANTOPEN": ("it cannot be opened", f"check that file and folder may be used, or {_OTHER}"),
    "SQLITE_NOTADB": ("it is not a journal of handfast", _OTHER),
    "SQLITE_CORRUPT": ("it is damaged", "restore the journal from a copy that verifies"),
    "SQLITE_IOERR": ("the disk failed or is full", f"check the disk, {_RESUME}"),
    "SQLITE_PERM": ("it may not be used", f"allow using the file and its folder, or {_OTHER}"),
}


def unwritable(path: Path, error: Exception) -> Unwritable:
    """Return the error that tells a person why the journal cannot be used, and what to do."""
    if isinstance(error, OSError):
        return _refused(path, error.strerror or str(error), f"check that file and folder may be used, or {_OTHER}")
    if isinstance(error, sqlite3.ProgrammingError):
        return _refused(path, "it is closed", "open it again")
    name = str(getattr(error, "sqlite_errorname", ""))
    for prefix, (reason, hint) in _REASONS.items():
        if name.startswith(prefix):
            return _refused(path, reason, hint)
    return _refused(path, f"{type(error).__name__}: {error}", _OTHER)


def hold(path: Path) -> FileLock:
    """Take the file for this process, at once or not at all. The system lets go of it when the process dies."""
    _look(path)
    whole = path.resolve()
    if (disk := network_disk(whole.parent)) and not os.environ.get(ALLOW_NETWORK):
        raise _refused(
            path,
            f"it is on a network disk ({disk}), where locks and the log of SQLite may fail",
            f"{_OTHER}, or set {ALLOW_NETWORK}=1 if you know that this one is safe",
        )
    note = whole.with_name(whole.name + ".lock")
    # The lock is taken on one thread and released on another.
    lock = FileLock(note, thread_local=False)
    try:
        if not path.parent.is_dir():
            raise _refused(path, f"there is no folder {str(path.parent)!r}", f"make the folder, or {_OTHER}")
        lock.acquire(blocking=False)
    except Timeout as error:
        hint = f"wait until it is done, hand it over with 'handfast submit' where it is a server, or {_OTHER}"
        raise _refused(path, f"another handfast process holds it{_who(note)}", hint) from error
    except OSError as error:
        raise unwritable(path, error) from error
    # Where the system allows no note in a locked file, a second process is told no number.
    with suppress(OSError):
        note.write_bytes(b"%d\n" % os.getpid())
    return lock


def connect_to_write(path: Path) -> sqlite3.Connection:
    """Open the journal for writing, and make it where there is none. The lock must be held."""
    try:
        return _prepared(path, "rwc", _set_up)
    except sqlite3.Error as error:
        raise unwritable(path, error) from error


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open the journal for reading, whoever writes to it. Raises UsageError where there is none."""
    _look(path)
    if not path.exists():
        raise UsageError(f"there is no journal {str(path)!r}", hint="name the file with --journal, or run a negotiation first")
    try:
        return _prepared(path, "ro", _check)
    except sqlite3.Error as error:
        if not _is_at_rest(path, error):
            raise unwritable(path, error) from error
    try:
        return _prepared(path, "ro&immutable=1", _check)
    except sqlite3.Error as error:
        raise unwritable(path, error) from error


def _look(path: Path) -> None:
    # SQLite takes a file that is shorter than any database for an empty one. The file is not opened to look inside:
    # closing it would undo the locks of every connection that this process has to it.
    try:
        if path.is_dir():
            raise _refused(path, "it is a folder", _OTHER)
        if path.exists() and 0 < path.stat().st_size < _SMALLEST:
            raise _refused(path, "it is not a journal of handfast", _OTHER)
    except OSError as error:
        raise unwritable(path, error) from error


def _refused(path: Path, reason: str, hint: str) -> Unwritable:
    return Unwritable(f"journal {str(path)!r}: {reason}", hint=hint)


def _who(note: Path) -> str:
    try:
        number = note.read_bytes().strip()
        since = datetime.fromtimestamp(note.stat().st_mtime, UTC)
    except OSError:
        return ""
    return f" (process {int(number)}, since {since:%Y-%m-%d %H:%M:%S} UTC)" if number.isdigit() else ""


def _prepared(path: Path, mode: str, prepare: Callable[[sqlite3.Connection, Path], None]) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        # Bytes that are no UTF-8 are kept apart from all that are, so that they fail the digest and not the reading.
        connection.text_factory = _text
        connection.execute("PRAGMA trusted_schema=OFF")
        prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _is_at_rest(path: Path, error: sqlite3.Error) -> bool:
    # In a folder that may not be written to, SQLite cannot share a log; where there is none, nobody is writing.
    name = str(getattr(error, "sqlite_errorname", ""))
    return name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) and not path.with_name(path.name + "-wal").exists()


def _set_up(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint={WAL_PAGES}")
    if _is_fresh(connection):
        connection.execute(f"PRAGMA page_size={PAGE}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_TABLE)
        for table in _LEDGER:
            connection.execute(table)
        connection.execute(f"PRAGMA application_id={APPLICATION}")
        connection.execute(f"PRAGMA user_version={FORMAT}")
        connection.execute("COMMIT")
        return
    _check(connection, path)
    connection.execute("PRAGMA journal_mode=WAL")
    # Shows at once whether the file can be written to. Beginning alone does not: where it may not, SQLite only reads.
    connection.execute("BEGIN IMMEDIATE")
    is_older = _number(connection, "PRAGMA user_version") < FORMAT
    for table in _LEDGER if is_older else ():
        connection.execute(table)
    connection.execute(f"PRAGMA user_version={FORMAT}")
    connection.execute("COMMIT" if is_older else "ROLLBACK")


def _is_fresh(connection: sqlite3.Connection) -> bool:
    marks = (_number(connection, "PRAGMA application_id"), _number(connection, "PRAGMA user_version"))
    return marks == (0, 0) and _number(connection, "SELECT count(*) FROM sqlite_master") == 0


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if _number(connection, "PRAGMA application_id") != APPLICATION:
        raise _refused(path, "it is not a journal of handfast", _OTHER)
    version = _number(connection, "PRAGMA user_version")
    if version > FORMAT:
        raise _refused(path, f"it has format {version}; this version knows {FORMAT}", "use a newer version of handfast")
    names = {str(row[1]) for row in connection.execute("PRAGMA table_info(entries)")}
    others = _number(connection, "SELECT count(*) FROM sqlite_master WHERE type IN ('view', 'trigger')")
    if version not in _FORMATS or names != set(COLUMNS) or others:
        raise _refused(path, "its tables are not those of a journal", "restore the journal from a copy that verifies")


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
