"""Is a worker alive? It is while a connection of it holds the lock on its name, and the server lets go of a silent one.

The lock is of a journal and a name: workers of other journals in the same database may be called the same. It is an advisory
one of the session, so that it is gone with its process, its machine or its network. A process that
is only paused keeps its connection: the server's own `idle_session_timeout` ends that, and the lock with it, when the
holder has said nothing for the time of the lease. No clock but the server's is asked.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

import psycopg

from orchestrator.errors import UsageError
from orchestrator.storage.postgres_errors import unwritable
from orchestrator.storage.postgres_link import Connection, connect
from orchestrator.storage.postgres_place import PostgresPlace

__all__ = ["LEASE", "Lease", "connect_while_alive", "vacant"]

LEASE = 15.0
"""Seconds of silence after which a worker counts as dead."""

_PATIENCE = 5
"""Tries, a second apart: whoever looks after the dead holds a lock only for a moment."""


class Lease:
    """The lock on a worker's name, kept by a thread of its own while the process lives."""

    def __init__(
        self, place: PostgresPlace, name: str, *, seconds: float = LEASE, lost: Callable[[], None] = lambda: None
    ) -> None:
        self._place = place
        self._name = name
        self._seconds = seconds
        self._lost = lost
        self._stop = threading.Event()
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._keep, name="handfast-lease", daemon=True)

    def take(self) -> None:
        """Hold the name until `release`. Raises UsageError where somebody lives under it, Unwritable where no server is."""
        for _ in range(_PATIENCE):
            try:
                taken = self._try()
            except psycopg.Error as error:
                raise unwritable(self._place, error) from error
            if taken:
                self._thread.start()
                return
            self._stop.wait(1.0)
        raise UsageError(f"a living worker has the name {self._name!r}", hint="give this one another name with --name")

    def release(self) -> None:
        """Let go of the name."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._close()

    def _keep(self) -> None:
        refused = 0
        while not self._stop.wait(self._seconds / 3 if refused == 0 and self._connection else 1.0):
            try:
                held = self._beat()
            except psycopg.Error:
                # Restarted, unreachable, or away for longer than the lease: all of them end with taking it anew.
                self._close()
                continue
            refused = 0 if held else refused + 1
            if refused > _PATIENCE:
                self._lost()
                return

    def _beat(self) -> bool:
        if self._connection is None:
            return self._try()
        self._connection.execute("SELECT 1")
        return True

    def _try(self) -> bool:
        connection = connect_while_alive(self._place, self._seconds)
        if _lock(connection, self._place, self._name):
            self._connection = connection
            return True
        connection.close()
        return False

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


@contextmanager
def vacant(connection: Connection, place: PostgresPlace, name: str) -> Generator[bool]:
    """Yield whether nobody lives under the name on a journal; where that is so, nobody can come to while the context lasts."""
    taken = _lock(connection, place, name)
    try:
        yield taken
    finally:
        if taken:
            connection.execute("SELECT pg_advisory_unlock(%s)", (_key(place, name),))


def connect_while_alive(place: PostgresPlace, seconds: float = LEASE) -> Connection:
    """Return a connection that the server ends, with all its locks, when nothing was said on it for so many seconds."""
    connection = connect(place)
    try:
        connection.execute("SELECT set_config('idle_session_timeout', %s, false)", (f"{round(seconds * 1000)}ms",))
    except BaseException:
        connection.close()
        raise
    return connection


def _lock(connection: Connection, place: PostgresPlace, name: str) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (_key(place, name),)).fetchone()
    return row is not None and bool(row[0])


def _key(place: PostgresPlace, name: str) -> int:
    text = f"handfast worker {place.schema} {name}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)
