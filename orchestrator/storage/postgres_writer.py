"""How do many sessions, and many processes, write to one database? Each batch in one statement, fenced by its primary key.

A statement whose answer was lost, because the server stopped or failed over in the middle, may have been committed or not.
It is sent again: what is there already with the digest that was sent is the earlier try's own, and counts as stored; what is
there with another digest is another driver's, and a Conflict. So no entry is lost and none is stored twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import psycopg

from orchestrator.errors import Conflict, OrchestratorError, Overdrawn, Unwritable, UsageError
from orchestrator.messages.entry import Row
from orchestrator.messages.ledger import Booking
from orchestrator.storage.booking import Booked
from orchestrator.storage.commit_queue import CommitQueue, Waiting
from orchestrator.storage.postgres_errors import unwritable
from orchestrator.storage.postgres_ledger import PostgresLedger
from orchestrator.storage.postgres_link import Connection, Link
from orchestrator.storage.postgres_place import PostgresPlace
from orchestrator.storage.postgres_tables import in_schema

__all__ = ["PostgresWriter", "channel_of"]

_LONGEST_NEWS = 7_900
"""Bytes of a notice; the server allows 8,000."""

_MOST_KNOWN = 10_000
"""Sessions whose last entry is known to be there."""

_INSERT = f"""
WITH stored AS (
    INSERT INTO {{entries}} (session, seq, at, parent, reply, events, digest, signature)
    SELECT g.session, g.seq, g.at, g.parent, g.reply, g.events, g.digest, g.signature
    FROM unnest(%b::text[], %b::int[], %b::text[], %b::bytea[], %b::text[], %b::text[], %b::bytea[], %b::text[])
        WITH ORDINALITY AS g(session, seq, at, parent, reply, events, digest, signature, nth)
    ORDER BY g.nth
    ON CONFLICT (session, seq) DO NOTHING
    RETURNING session, seq
), heads AS (SELECT session, max(seq) AS last FROM stored GROUP BY session),
news AS (SELECT json_object_agg(session, last)::text AS says FROM heads)
SELECT array_agg(session), array_agg(seq),
    (SELECT pg_notify(%s, CASE WHEN octet_length(says) > {_LONGEST_NEWS} THEN '*' ELSE says END) FROM news)
FROM stored HAVING count(*) > 0
"""  # noqa: S608 - a number
_DIGESTS = """
SELECT e.session, e.seq, e.digest FROM {entries} e
JOIN unnest(%b::text[], %b::int[]) AS g(session, seq) ON e.session = g.session AND e.seq = g.seq
"""


def channel_of(place: PostgresPlace) -> str:
    """Return the channel on which news of this journal are sent."""
    return f"{place.schema}_entries"


_Batch: TypeAlias = dict[tuple[str, int], Waiting]
"""Rows by the places that they ask for."""


class PostgresWriter:
    """The one thread of this process that writes to the journal; other processes have their own.

    An entry is written only where the one before it is there, so that none is skipped, whatever failed before.
    """

    __slots__ = ("_channel", "_connection", "_digests", "_insert", "_known", "_link", "_place", "_queue")

    def __init__(self, place: PostgresPlace, link: Link) -> None:
        self._place = place
        self._link = link
        self._channel = channel_of(place)
        self._insert = in_schema(place, _INSERT)
        self._digests = in_schema(place, _DIGESTS)
        self._connection: Connection | None = None
        self._known: set[str] = set()
        self._queue = CommitQueue(f"journal {str(place)!r}", self._store, self._fail)

    async def write(self, row: Row, booking: Booking | None = None) -> None:
        """Return when the row is durable, and with it what it books in the ledger.

        A caller that is cancelled meanwhile is told so after the row is settled.
        """
        await self._queue.write(row, booking)

    def adopt(self, booked: Booked) -> None:
        """Write rows of the ledger as they are. Raises Unwritable where that cannot be."""

        def put(connection: Connection) -> None:
            with connection.transaction():
                PostgresLedger(connection, self._place).put(booked)

        self._link.use(put)

    def close(self) -> None:
        """Write what is queued, then end the thread and let go of the connection. Blocks until that is done."""
        self._queue.close()
        self._link.close()

    def _store(self, batch: list[Waiting]) -> None:
        first: _Batch = {}
        for waiting in batch:
            place = (waiting.row.session, waiting.row.seq)
            if place in first:
                waiting.error = Conflict(*place)
            else:
                first[place] = waiting
        self._link.use(lambda connection: self._write(connection, first), lambda: all(waiting.cancelled for waiting in batch))

    def _write(self, connection: Connection, first: _Batch) -> None:
        try:
            self._write_once(connection, first)
        except psycopg.Error:
            # What the server refused it has undone; only with the connection is the answer lost.
            for waiting in first.values():
                waiting.doubted = waiting.doubted or connection.closed or connection.broken
            raise

    def _write_once(self, connection: Connection, asked: _Batch) -> None:
        for waiting in asked.values():
            # An earlier try, undone with its connection, may have found otherwise.
            waiting.error = None
        first = self._following(connection, asked)
        if any(waiting.booking for waiting in first.values()):
            taken = self._insert_and_book(connection, first)
        else:
            taken = self._insert_all(connection, first)
        doubted = [place for place in taken if first[place].doubted]
        digests = self._digests_of(connection, doubted) if doubted else {}
        for place in taken:
            if digests.get(place) != first[place].row.digest:
                first[place].error = Conflict(*place)
        self._known.update(session for (session, _), waiting in first.items() if waiting.error is None)

    def _following(self, connection: Connection, asked: _Batch) -> _Batch:
        """Return what may be written; what follows an entry that is not there any more is refused.

        Asked of each session once for each connection: after a failover the server may be one that has lost its last entries.
        """
        if connection is not self._connection or len(self._known) > _MOST_KNOWN:
            self._connection = connection
            self._known.clear()
        strange = [(s, n) for s, n in asked if n > 0 and s not in self._known and (s, n - 1) not in asked]
        there = self._digests_of(connection, [*strange, *((s, n - 1) for s, n in strange)]) if strange else {}
        refused = {place for place in strange if place not in there and not self._follows(asked[place], there)}
        return {place: waiting for place, waiting in asked.items() if place not in refused}

    def _follows(self, waiting: Waiting, there: dict[tuple[str, int], str]) -> bool:
        row = waiting.row
        parent = there.get((row.session, row.seq - 1))
        if parent is None:
            waiting.error = Unwritable(
                f"journal {str(self._place)!r}: entry {row.seq - 1} of session {row.session!r} is not there,"
                f" so {row.seq} is not kept",
                hint="read the session again, then go on",
            )
        elif parent != row.parent:
            waiting.error = Conflict(row.session, row.seq - 1)
        return parent == row.parent

    def _insert_all(self, connection: Connection, first: _Batch) -> set[tuple[str, int]]:
        """Store all that can be stored, and return the places that are taken."""
        if not first:
            return set()
        found = connection.execute(self._insert, (*_columns(first.values()), self._channel)).fetchone()
        return set(first) - set(zip(found[0], found[1], strict=True)) if found else set(first)

    def _insert_and_book(self, connection: Connection, first: _Batch) -> set[tuple[str, int]]:
        """Store all that can be stored with what it books, or neither, and return the places that are taken."""
        ledger = PostgresLedger(connection, self._place)
        pots = {pot for waiting in first.values() if waiting.booking for pot in waiting.booking.pots}
        fitting = dict(first)
        while True:
            refused: dict[tuple[str, int], OrchestratorError] = {}
            with connection.transaction() as transaction:
                ledger.lock(pots)
                taken = self._insert_all(connection, fitting)
                for place, waiting in fitting.items():
                    if waiting.booking and place not in taken:
                        try:
                            ledger.book(waiting.booking)
                        except (Overdrawn, UsageError) as refusal:
                            refused[place] = refusal
                if refused:
                    raise psycopg.Rollback(transaction)
            if not refused:
                return taken
            for place, refusal in refused.items():
                fitting.pop(place).error = refusal

    def _digests_of(self, connection: Connection, places: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
        sessions, seqs = [session for session, _ in places], [seq for _, seq in places]
        found = connection.execute(self._digests, (sessions, seqs)).fetchall()
        return {(session, seq): digest.hex() for session, seq, digest in found}

    def _fail(self, batch: list[Waiting], error: Exception) -> None:
        failure = error if isinstance(error, Unwritable) else unwritable(self._place, error)
        for waiting in batch:
            waiting.error = Unwritable(failure.message, hint=failure.hint)
            waiting.error.__cause__ = error
            self._known.discard(waiting.row.session)


def _columns(batch: Iterable[Waiting]) -> tuple[list[str] | list[int] | list[bytes], ...]:
    rows = [waiting.row for waiting in batch]
    return (
        [row.session for row in rows],
        [row.seq for row in rows],
        [row.at for row in rows],
        [bytes.fromhex(row.parent) for row in rows],
        [row.reply for row in rows],
        [row.events for row in rows],
        [bytes.fromhex(row.digest) for row in rows],
        [row.signature for row in rows],
    )
