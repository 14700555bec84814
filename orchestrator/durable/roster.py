"""Which sessions do workers drive, where does each rest, and which of them must be woken? One row for each, beside the journal.

Nothing here binds: the row says on which queue a session is driven, and is otherwise a shortcut to what the journal holds.
Where it is behind, because its worker died before it wrote, the session is found by that, and driven on.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from threading import RLock
from typing import Any

import psycopg
from psycopg import sql

from orchestrator.durable.lease import LEASE, connect_while_alive, vacant
from orchestrator.messages.burst import Burst, Rested
from orchestrator.messages.value import SessionId
from orchestrator.storage.postgres_errors import unwritable
from orchestrator.storage.postgres_link import Connection
from orchestrator.storage.postgres_place import PostgresPlace

__all__ = ["Enrolled", "Roster", "queue_of"]

_FOUND = "SELECT to_regclass(%s) IS NOT NULL"
_MAKE = """
CREATE SCHEMA IF NOT EXISTS {schema};
CREATE TABLE IF NOT EXISTS {roster} (
    session text COLLATE "C" PRIMARY KEY, queue text NOT NULL, version text NOT NULL, rested bigint NOT NULL DEFAULT 0,
    due timestamptz, over boolean NOT NULL DEFAULT false, at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS roster_due ON {roster} (due) WHERE due IS NOT NULL AND NOT over;
"""
_LOCK = 0x726F7374
"""The advisory lock of whoever makes the table: `rost` in ASCII."""

_ENROL = "INSERT INTO {roster} (session, queue, version) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_FIND = "SELECT queue, version FROM {roster} WHERE session = %s"
_REST = """
UPDATE {roster} SET rested = %s, due = %s, over = %s, at = now() WHERE session = %s AND rested <= %s
"""
_OPEN = "SELECT count(*) FROM {roster} WHERE NOT over"
_OTHERS = """
SELECT version, count(*) FROM {roster} WHERE NOT over AND queue = %s AND NOT version = ANY(%s) GROUP BY 1 ORDER BY 1
"""
_DUE = """
SELECT session, queue, version, rested, due FROM {roster} WHERE due <= now() AND NOT over ORDER BY due LIMIT 500
"""
_NEGLECTED = """
SELECT session, queue, version, head + 1, NULL::timestamptz FROM (
    SELECT session, queue, version, rested, (SELECT max(seq) FROM {entries} e WHERE e.session = r.session) AS head
    FROM {roster} r WHERE NOT over AND at < now() - make_interval(secs => %s)
) AS resting WHERE head >= rested
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """A session that workers drive, and the burst that would wake it now."""

    burst: Burst
    queue: str
    """Of the workers that decide by its rules."""


def queue_of(name: str, version: str) -> str:
    """Return what the queue of this name is called among workers of one version: those of another do not listen to it."""
    return f"{name}@{version}"


class Roster:
    """The rows of all sessions that workers drive. May be used by several threads."""

    def __init__(self, place: PostgresPlace, seconds: float = LEASE) -> None:
        self._place = place
        self._seconds = seconds
        self._lock = RLock()
        self._connection: Connection | None = None

    def enrol(self, session: SessionId, queue: str, version: str) -> None:
        """Note that workers of a queue and a version are to drive a session. Comes before its first entry."""
        self._run(_ENROL, session, queue, version)

    def find(self, session: SessionId) -> tuple[str, str] | None:
        """Return the queue and the version of a session; None where no worker drives it."""
        found = self._run(_FIND, session)
        return (str(found[0][0]), str(found[0][1])) if found else None

    def rest(self, session: SessionId, rested: Rested) -> None:
        """Note where a session rests after a burst."""
        self._run(_REST, rested.seq, rested.due, rested.over, session, rested.seq)

    def due(self) -> tuple[Enrolled, ...]:
        """Return the sessions whose time has come, by the clock of the server."""
        return self._enrolled(_DUE)

    def neglected(self, seconds: float) -> tuple[Enrolled, ...]:
        """Return the sessions whose journal goes on behind the place where they were last seen to rest, for so many seconds."""
        return self._enrolled(_NEGLECTED, seconds)

    def open(self) -> int:
        """Return how many sessions are not over."""
        return int(self._run(_OPEN)[0][0])

    def others(self, queue: str, versions: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
        """Return how many sessions of a queue are of which other versions, and not over."""
        return tuple((str(version), int(count)) for version, count in self._run(_OTHERS, queue, [*versions]))

    @contextmanager
    def dead(self, worker: str) -> Generator[bool]:
        """Yield whether a worker is dead; it stays so while the context lasts, and the server can be reached."""
        with self._lock:
            try:
                with vacant(self._connected(), self._place, worker) as is_vacant:
                    yield is_vacant
            except psycopg.Error as error:
                self.close()
                raise unwritable(self._place, error) from error

    def close(self) -> None:
        """Let go of the server."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _enrolled(self, query: str, *values: float) -> tuple[Enrolled, ...]:
        return tuple(
            Enrolled(
                burst=Burst(session=SessionId(session), epoch=epoch, due=due and due.astimezone(UTC)),
                queue=queue_of(queue, version),
            )
            for session, queue, version, epoch, due in self._run(query, *values)
        )

    def _run(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement and return what it found; where the server has ended the connection, once more on a new one."""
        with self._lock:
            for is_last in (False, True):
                try:
                    cursor = self._connected().execute(self._composed(query), values)
                    return cursor.fetchall() if cursor.description else []
                except psycopg.Error as error:
                    self.close()
                    if is_last or not isinstance(error, psycopg.OperationalError):
                        raise unwritable(self._place, error) from error
        raise AssertionError

    def _connected(self) -> Connection:
        if self._connection is None:
            connection = connect_while_alive(self._place, self._seconds)
            try:
                self._make(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _make(self, connection: Connection) -> None:
        name = f'"{self._place.schema}".roster'
        if connection.execute(_FOUND, (name,)).fetchone() != (True,):
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                connection.execute(self._composed(_MAKE))

    def _composed(self, text: str) -> sql.Composed:
        schema = sql.Identifier(self._place.schema)
        roster, entries = (sql.Identifier(self._place.schema, table) for table in ("roster", "entries"))
        return sql.SQL(text).format(schema=schema, roster=roster, entries=entries)  # pyright: ignore[reportArgumentType] - texts of this module
