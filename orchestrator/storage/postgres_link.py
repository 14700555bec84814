"""What if the server goes away? A connection that is made when it is needed, and made anew, with patience, when it was lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict
from tenacity import RetryCallState, Retrying, retry_if_exception, wait_exponential_jitter

from orchestrator.storage.postgres_errors import failure_of, refused, unwritable
from orchestrator.storage.postgres_place import PostgresPlace

__all__ = ["Connection", "Link", "Tell", "connect", "silent"]

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]

Tell: TypeAlias = Callable[[str], None]
"""Told, in a line, of what takes long. May be called on any thread, and must not wait."""

T = TypeVar("T")

_QUIET = 3.0
"""Seconds of waiting before anybody is told."""
_AGAIN = 10.0
"""Seconds before it is told again."""
_LONGEST_STEP = 2.0
_HURRIED = 2.0
"""Seconds that are waited where whoever asks wants to leave."""

_DEFAULTS: dict[str, str | int] = {
    "application_name": "handfast",
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""Of a connection, where the address says nothing else: a server that vanished is noticed within half a minute."""


def silent(line: str) -> None:
    """Tell nobody."""
    del line


def connect(place: PostgresPlace) -> Connection:
    """Return a new connection on which each statement is a transaction of its own. Raises psycopg's own errors."""
    given = conninfo_to_dict(place.address)
    settings = {key: value for key, value in _DEFAULTS.items() if key not in given}
    return psycopg.connect(place.address, autocommit=True, **settings, client_encoding="utf8")  # pyright: ignore[reportArgumentType] - its keywords are of all kinds


class Link:
    """One connection for one thread at a time; what fails and may pass is done again."""

    __slots__ = ("_closed", "_connection", "_lock", "_patience", "_place", "_prepare", "_tell")

    def __init__(self, place: PostgresPlace, *, patience: float, tell: Tell, prepare: Callable[[Connection], None]) -> None:
        self._place = place
        self._patience = patience
        self._tell = tell
        self._prepare = prepare
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._closed = False

    def pid(self) -> int | None:
        """Return the number of the server's process for this connection; None where there is no connection now."""
        connection = self._connection
        return None if connection is None or connection.closed else connection.info.backend_pid

    def use(
        self, work: Callable[[Connection], T], is_hurried: Callable[[], bool] = lambda: False, *, patience: float | None = None
    ) -> T:
        """Return what the work returns, done again while that may help. Raises Unwritable when it does not.

        The work may have been done by an earlier try whose answer was lost: it must be such that doing it twice is harmless.
        """
        most = self._patience if patience is None else min(patience, self._patience)
        with self._lock:
            if self._closed:
                raise refused(self._place, "it is closed", "open it again")
            try:
                return self._retrying(is_hurried, most)(lambda: self._try(work))
            except psycopg.Error as error:
                raise unwritable(self._place, error) from error

    def close(self) -> None:
        """Let go of the connection for good."""
        with self._lock:
            self._closed = True
            self._drop()

    def _retrying(self, is_hurried: Callable[[], bool], most: float) -> Retrying:
        def stop(state: RetryCallState) -> bool:
            waited = state.seconds_since_start or 0.0
            return waited >= most or (waited >= _HURRIED and is_hurried())

        return Retrying(
            retry=retry_if_exception(self._may_pass),
            wait=wait_exponential_jitter(multiplier=0.05, max=_LONGEST_STEP, jitter=0.05),
            stop=stop,
            before_sleep=self._teller(),
            reraise=True,
        )

    def _try(self, work: Callable[[Connection], T]) -> T:
        if self._connection is None:
            self._connection = self._connected()
        try:
            return work(self._connection)
        except psycopg.Error as error:
            if self._connection.closed or self._connection.broken or error.sqlstate == "25006":
                self._drop()
            raise

    def _connected(self) -> Connection:
        connection = connect(self._place)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _may_pass(self, error: BaseException) -> bool:
        return isinstance(error, psycopg.Error) and failure_of(error, self._place).passing

    def _teller(self) -> Callable[[RetryCallState], None]:
        due = _QUIET

        def tell(state: RetryCallState) -> None:
            nonlocal due
            waited = state.seconds_since_start or 0.0
            error = state.outcome.exception() if state.outcome else None
            if waited >= due and isinstance(error, Exception):
                due = waited + _AGAIN
                self._tell(f"waiting for Postgres, {waited:.0f} s ({failure_of(error, self._place).reason})")

        return tell
