"""How do many tasks write through one thread? Each waits for its row; what queued meanwhile is stored together."""

from __future__ import annotations

import threading
from asyncio import AbstractEventLoop, CancelledError, Future, get_running_loop
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import TypeAlias

from orchestrator.errors import OrchestratorError, Unwritable
from orchestrator.messages.entry import Row
from orchestrator.messages.ledger import Booking

__all__ = ["CommitQueue", "Store", "Waiting"]

_MOST = 1_000
"""Rows that are stored in one go, so that one statement stays small."""


class Waiting:
    """A row on its way to the disk, and who waits for it."""

    __slots__ = ("bell", "booking", "cancelled", "doubted", "error", "loop", "row", "settled")

    def __init__(self, row: Row, booking: Booking | None, loop: AbstractEventLoop) -> None:
        self.row = row
        self.booking = booking
        """What it books in the ledger of pots, where it books anything."""
        self.loop = loop
        self.bell: Future[None] = loop.create_future()
        self.error: OrchestratorError | None = None
        self.settled = False
        self.cancelled = False
        """Whether its caller wants to leave, and waits only until it is settled."""
        self.doubted = False
        """Whether it was sent once, and nobody knows whether it was stored."""


Store: TypeAlias = Callable[[list[Waiting]], None]
"""Stores rows durably, and gives those that were refused their error. Runs on the queue's own thread."""


class CommitQueue:
    """The one thread that stores rows, and the queue before it."""

    __slots__ = ("_closed", "_fail", "_gate", "_name", "_queue", "_store", "_thread")

    def __init__(self, name: str, store: Store, fail: Callable[[list[Waiting], Exception], None]) -> None:
        self._name = name
        self._store = store
        self._fail = fail
        self._queue: SimpleQueue[Waiting | None] = SimpleQueue()
        self._closed = False
        self._gate = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="handfast-journal", daemon=True)
        self._thread.start()

    async def write(self, row: Row, booking: Booking | None = None) -> None:
        """Return when the row is durable. A caller that is cancelled meanwhile is told so after the row is settled."""
        loop = get_running_loop()
        waiting = Waiting(row, booking, loop)
        with self._gate:
            if self._closed:
                raise Unwritable(f"{self._name}: it is closed", hint="open it again")
            self._queue.put(waiting)
        cancelled: CancelledError | None = None
        while not waiting.settled:
            try:
                await waiting.bell
            except CancelledError as error:
                cancelled = error
                waiting.cancelled = True
                waiting.bell = loop.create_future()
        if waiting.error is not None:
            raise waiting.error
        if cancelled is not None:
            raise cancelled

    def close(self) -> None:
        """Store what is queued, then end the thread. Blocks until that is done."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        last = False
        while not last:
            batch, last = self._next_batch()
            try:
                self._store(batch)
            except Exception as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it was
                self._fail(batch, error)
            _ring(batch)

    def _next_batch(self) -> tuple[list[Waiting], bool]:
        batch: list[Waiting] = []
        while (waiting := self._queue.get()) is not None:
            batch.append(waiting)
            if self._queue.empty() or len(batch) >= _MOST:
                return batch, False
        return batch, True


def _ring(batch: list[Waiting]) -> None:
    for loop in {waiting.loop for waiting in batch}:
        # A loop that was closed has nobody left who waits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, [waiting for waiting in batch if waiting.loop is loop])


def _settle(batch: list[Waiting]) -> None:
    for waiting in batch:
        waiting.settled = True
        if not waiting.bell.done():
            waiting.bell.set_result(None)
