"""What does the file hold? Rows exactly as they are stored, sessions as a list, and what belongs to no chain."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from orchestrator.errors import ChainBroken, JournalError
from orchestrator.messages.entry import Row
from orchestrator.messages.journal import Summary
from orchestrator.messages.value import SessionId
from orchestrator.storage.sqlite_file import unwritable
from orchestrator.storage.summary import KIND_LENGTH, NAME_LENGTH, name_of, newest_first, stands_of

__all__ = ["read_chains", "read_orphans", "read_rows", "read_summaries"]

_Cell: TypeAlias = str | bytes | int | float | None

_ALL = "SELECT session, seq, at, parent, reply, events, digest, signature FROM entries WHERE session = ? ORDER BY seq"
_ABOVE = _ALL.replace("ORDER", "AND seq > ? ORDER")
_HEADS = """
SELECT session, count(*), min(seq), min(rowid) FROM entries
WHERE typeof(session) = 'text' AND session NOT GLOB '~*' GROUP BY 1 ORDER BY 4
"""
_FIRST = f"SELECT at, substr(reply, 1, {NAME_LENGTH}) FROM entries WHERE session = ? AND seq IS ?"  # noqa: S608 - a number
_NEWEST = f"SELECT at, substr(reply, 1, {KIND_LENGTH}), events FROM entries WHERE session = ? ORDER BY seq DESC"  # noqa: S608 - a number
_CHAINS = "SELECT session FROM entries WHERE typeof(session) = 'text' GROUP BY 1 ORDER BY min(rowid)"

# Read from the table itself and not from its index, which holds the first two cells a second time.
_PLACES = """
SELECT session, typeof(session) = 'text' AND min(seq) = 0 AND max(seq) = count(*) - 1 AND count(DISTINCT seq) = count(*)
    AND sum(typeof(seq) <> 'integer') = 0
FROM entries NOT INDEXED GROUP BY session
"""


def read_rows(connection: sqlite3.Connection, path: Path, session: SessionId, after: int) -> tuple[Row, ...]:
    """Return the rows of a session above `after`; all there are, wherever they claim to stand, where that is below 0."""
    if not _is_whole(session):
        return ()
    try:
        found = connection.execute(_ALL, (session,)) if after < 0 else connection.execute(_ABOVE, (session, after))
        return tuple(map(_row, found))
    except sqlite3.Error as error:
        raise _unreadable(path, session, error) from error


def read_summaries(connection: sqlite3.Connection, path: Path) -> tuple[Summary, ...]:
    """Return all sessions, newest first."""
    try:
        heads = connection.execute(_HEADS).fetchall()
        return newest_first(_summary(connection, head) for head in heads if _is_whole(head[0]))
    except sqlite3.Error as error:
        raise _unreadable(path, SessionId(""), error) from error


def read_chains(connection: sqlite3.Connection, path: Path) -> tuple[SessionId, ...]:
    """Return the ids of all chains, in the order in which they came: sessions, and those that no list of sessions shows."""
    try:
        return tuple(SessionId(session) for (session,) in connection.execute(_CHAINS) if _is_whole(session))
    except sqlite3.Error as error:
        raise _unreadable(path, SessionId(""), error) from error


def read_orphans(connection: sqlite3.Connection, path: Path) -> tuple[SessionId, ...]:
    """Return the sessions whose rows are not numbered 0, 1, 2 and so on, and what stands where a session's id should."""
    try:
        places = connection.execute(_PLACES).fetchall()
    except sqlite3.Error as error:
        raise _unreadable(path, SessionId(""), error) from error
    return tuple(SessionId(_as_text(session)) for session, numbered in places if not (numbered and _is_whole(session)))


def _row(cells: tuple[_Cell, ...]) -> Row:
    session, seq, *others = cells
    if type(seq) is not int:
        raise ChainBroken(_as_text(session), None, f"an entry's place is {seq!r}, which is no whole number")
    at, parent, reply, events, digest, signature = others
    return Row(
        session=_as_text(session),
        seq=seq,
        at=_as_text(at),
        parent=_as_digest(parent),
        reply=_as_text(reply),
        events=_as_text(events),
        digest=_as_digest(digest),
        signature=_as_text(signature),
    )


def _as_digest(cell: _Cell) -> str:
    return cell.hex() if isinstance(cell, bytes) else repr(cell)


def _as_text(cell: _Cell) -> str:
    # What a program wrote that was not this one is shown as it is, and never equals what was digested.
    return cell if isinstance(cell, str) else repr(cell)


def _is_whole(text: str) -> bool:
    # Bytes that are no UTF-8 come as lone surrogates, which no text that was written here can hold.
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _summary(connection: sqlite3.Connection, head: tuple[str, int, _Cell, int]) -> Summary:
    session, entries, seq, _ = head
    opened, opening = _found(connection.execute(_FIRST, (session, seq)), session)
    newest = connection.execute(_NEWEST, (session,))
    at, reply, events = _found(newest, session)
    stands = stands_of(chain([(_as_text(reply), _as_text(events))], _earlier(newest)))
    newest.close()
    return Summary(
        id=SessionId(session),
        name=name_of(_as_text(opening)),
        opened=_as_text(opened),
        at=_as_text(at),
        entries=entries,
        state=stands.state,
        due=stands.due,
        waits_for=stands.waits_for,
    )


def _found(cursor: sqlite3.Cursor, session: str) -> tuple[_Cell, ...]:
    row: tuple[_Cell, ...] | None = cursor.fetchone()
    if row is None:
        raise ChainBroken(session, None, "the index of the file does not lead to its entries")
    return row


def _earlier(newest: sqlite3.Cursor) -> Iterator[tuple[str, str]]:
    for _, reply, events in newest:
        yield _as_text(reply), _as_text(events)


def _unreadable(path: Path, session: SessionId, error: sqlite3.Error) -> JournalError:
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return ChainBroken(session, None, f"the file is damaged: {error}")
    return unwritable(path, error)
