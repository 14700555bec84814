"""How do readers hear of what other processes wrote? The server tells whoever listens, and each reads on in the log.

What is told is only where to look. So nothing is lost with a lost connection: once it is made anew, everybody looks.
"""

from __future__ import annotations

import json
import selectors
import socket
import threading
from asyncio import AbstractEventLoop, get_running_loop
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeAlias, cast

import psycopg
from psycopg import sql
from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential_jitter

from orchestrator.messages.value import SessionId
from orchestrator.storage.postgres_link import Connection, connect
from orchestrator.storage.postgres_place import PostgresPlace
from orchestrator.storage.postgres_writer import channel_of

__all__ = ["Heard", "PostgresNews"]

Heard: TypeAlias = Callable[[SessionId | None, int], None]
"""Called in the event loop: a session has entries up to this place. Without a session, any may have any."""

_LONGEST_STEP = 2.0


class PostgresNews:
    """Listen to a journal on a thread of its own, and tell an event loop what is new, until it is closed."""

    __slots__ = ("_closing", "_connection", "_heard", "_loop", "_own", "_place", "_thread", "_wake", "_waker")

    def __init__(self, place: PostgresPlace, heard: Heard, own: Callable[[], int | None] = lambda: None) -> None:
        """Begin to listen. What the server's process `own` tells is left out: whoever has it knows already."""
        self._place = place
        self._heard = heard
        self._own = own
        self._loop: AbstractEventLoop = get_running_loop()
        self._closing = threading.Event()
        self._connection: Connection | None = None
        self._wake, self._waker = socket.socketpair()
        self._thread = threading.Thread(target=self._work, name="handfast-news", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening. Blocks for the moment that this takes, or for the connection that is being made."""
        self._closing.set()
        self._waker.send(b"\0")
        self._thread.join()
        self._wake.close()
        self._waker.close()

    def _work(self) -> None:
        try:
            while not self._closing.is_set():
                with suppress(psycopg.Error):
                    self._listen()
                self._drop()
        finally:
            self._drop()

    def _listen(self) -> None:
        retrying = Retrying(
            retry=retry_if_exception_type(psycopg.Error),
            wait=wait_exponential_jitter(multiplier=0.05, max=_LONGEST_STEP, jitter=0.05),
            stop=self._is_closing,
            sleep=self._sleep,
            reraise=True,
        )
        connection: Connection = retrying(self._connected)
        # Entries may have come while nobody listened.
        self._tell([(None, 0)])
        with selectors.DefaultSelector() as selector:
            selector.register(connection.fileno(), selectors.EVENT_READ)
            selector.register(self._wake, selectors.EVENT_READ)
            while not self._closing.is_set():
                selector.select()
                self._tell([news for notice in connection.notifies(timeout=0) for news in self._news_of(notice)])

    def _connected(self) -> Connection:
        self._connection = connect(self._place)
        self._connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel_of(self._place))))
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _news_of(self, notice: psycopg.Notify) -> list[tuple[SessionId | None, int]]:
        if notice.pid == self._own():
            return []
        try:
            heads = json.loads(notice.payload)
        except ValueError:
            heads = None
        if not isinstance(heads, dict):
            return [(None, 0)]
        return [(SessionId(session), seq) for session, seq in cast("dict[str, Any]", heads).items() if isinstance(seq, int)]

    def _tell(self, news: list[tuple[SessionId | None, int]]) -> None:
        def tell() -> None:
            for session, seq in news:
                self._heard(session, seq)

        if news:
            # A loop that was closed has nobody left who waits.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(tell)

    def _is_closing(self, state: RetryCallState) -> bool:
        del state
        return self._closing.is_set()

    def _sleep(self, seconds: float) -> None:
        self._closing.wait(seconds)
