"""What does the database hold? Rows exactly as they are stored, sessions as a list, and what belongs to no chain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from orchestrator.messages.entry import Row
from orchestrator.messages.journal import Summary
from orchestrator.messages.value import SessionId
from orchestrator.storage.postgres_link import Connection
from orchestrator.storage.postgres_place import PostgresPlace
from orchestrator.storage.postgres_tables import in_schema
from orchestrator.storage.summary import KIND_LENGTH, NAME_LENGTH, name_of, newest_first, stands_of

__all__ = ["is_storable", "read_chains", "read_orphans", "read_rows", "read_summaries"]

_ABOVE = """
SELECT session, seq, at, parent, reply, events, digest, signature FROM {entries}
WHERE session = %s AND (%s < 0 OR seq > %s) ORDER BY seq
"""
_HEADS = f"""
SELECT h.session, h.entries, f.at, left(f.reply, {NAME_LENGTH}), l.at, h.last, left(l.reply, {KIND_LENGTH}), l.events
FROM (SELECT session, count(*) AS entries, min(seq) AS first, max(seq) AS last
      FROM {{entries}} WHERE left(session, 1) <> '~' GROUP BY session) h
JOIN {{entries}} f ON f.session = h.session AND f.seq = h.first
JOIN {{entries}} l ON l.session = h.session AND l.seq = h.last
ORDER BY f.arrived
"""  # noqa: S608 - numbers
_EARLIER = f"""
SELECT left(reply, {KIND_LENGTH}), events FROM {{entries}} WHERE session = %s AND seq < %s ORDER BY seq DESC
"""  # noqa: S608 - a number
_CHAINS = "SELECT session FROM {entries} GROUP BY session ORDER BY min(arrived)"
_ORPHANS = """
SELECT session FROM {entries} GROUP BY session HAVING min(seq) <> 0 OR max(seq) <> count(*) - 1 ORDER BY session
"""


def is_storable(text: str) -> bool:
    """Return whether the database can hold the text: any that is Unicode, without the character 0."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def read_rows(connection: Connection, place: PostgresPlace, session: SessionId, after: int) -> tuple[Row, ...]:
    """Return the rows of a session above `after`; all there are, wherever they claim to stand, where that is below 0."""
    if not is_storable(session):
        return ()
    with connection.cursor(binary=True) as cursor:
        found = cursor.execute(in_schema(place, _ABOVE), (session, after, after))
        return tuple(map(_row, found))


def read_summaries(connection: Connection, place: PostgresPlace) -> tuple[Summary, ...]:
    """Return all sessions, newest first."""
    heads = connection.execute(in_schema(place, _HEADS)).fetchall()
    return newest_first(_summary(connection, place, head) for head in heads)


def read_chains(connection: Connection, place: PostgresPlace) -> tuple[SessionId, ...]:
    """Return the ids of all chains, in the order in which they came: sessions, and those that no list of sessions shows."""
    return tuple(SessionId(session) for (session,) in connection.execute(in_schema(place, _CHAINS)))


def read_orphans(connection: Connection, place: PostgresPlace) -> tuple[SessionId, ...]:
    """Return the sessions whose rows are not numbered 0, 1, 2 and so on."""
    return tuple(SessionId(session) for (session,) in connection.execute(in_schema(place, _ORPHANS)))


def _row(cells: tuple[Any, ...]) -> Row:
    session, seq, at, parent, reply, events, digest, signature = cells
    return Row(
        session=session,
        seq=seq,
        at=at,
        parent=parent.hex(),
        reply=reply,
        events=events,
        digest=digest.hex(),
        signature=signature,
    )


def _summary(connection: Connection, place: PostgresPlace, head: tuple[Any, ...]) -> Summary:
    session, entries, opened, opening, at, last, reply, events = head
    stands = stands_of(chain([(reply, events)], _earlier(connection, place, session, last)))
    return Summary(
        id=SessionId(session),
        name=name_of(opening),
        opened=opened,
        at=at,
        entries=entries,
        state=stands.state,
        due=stands.due,
        waits_for=stands.waits_for,
    )


def _earlier(connection: Connection, place: PostgresPlace, session: str, last: int) -> Iterator[tuple[str, str]]:
    """Yield what came before the newest entry; asked for only where that one does not tell how the session stands."""
    yield from connection.execute(in_schema(place, _EARLIER), (session, last))
