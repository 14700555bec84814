"""How do many sessions write at once, each durably? One thread, and one commit for all that queued meanwhile."""

from __future__ import annotations

import sqlite3
import threading
from asyncio import AbstractEventLoop, CancelledError, Future, get_running_loop
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

from orchestrator.errors import Conflict, JournalError, Unwritable
from orchestrator.messages.entry import Row
from orchestrator.storage.sqlite_file import COLUMNS, unwritable

__all__ = ["Writer"]

_INSERT = f"INSERT INTO entries ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - fixed names


class _Waiting:
    """A row on its way to the disk, and who waits for it."""

    __slots__ = ("bell", "error", "loop", "row", "settled")

    def __init__(self, row: Row, loop: AbstractEventLoop) -> None:
        self.row = row
        self.loop = loop
        self.bell: Future[None] = loop.create_future()
        self.error: JournalError | None = None
        self.settled = False


class Writer:
    """The one thread that writes to a journal. After a failure nothing more is written, so that no entry is skipped."""

    __slots__ = ("_closed", "_connection", "_failure", "_gate", "_path", "_queue", "_thread")

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._failure: Unwritable | None = None
        self._closed = False
        self._gate = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="handfast-journal", daemon=True)
        self._thread.start()

    async def write(self, row: Row) -> None:
        """Return when the row is durable. A caller that is cancelled meanwhile is told so after the row is settled."""
        loop = get_running_loop()
        waiting = _Waiting(row, loop)
        with self._gate:
            if self._closed:
                raise Unwritable(f"journal {str(self._path)!r}: it is closed", hint="open it again")
            self._queue.put(waiting)
        cancelled: CancelledError | None = None
        while not waiting.settled:
            try:
                await waiting.bell
            except CancelledError as error:
                cancelled = error
                waiting.bell = loop.create_future()
        if waiting.error is not None:
            raise waiting.error
        if cancelled is not None:
            raise cancelled

    def close(self) -> None:
        """Write what is queued, then end the thread and close the connection. Blocks until that is done."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()
        self._connection.close()

    def _work(self) -> None:
        last = False
        while not last:
            batch, last = self._next_batch()
            try:
                self._store(batch)
            except Exception as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it was
                self._fail(batch, error)
            _ring(batch)

    def _next_batch(self) -> tuple[list[_Waiting], bool]:
        batch: list[_Waiting] = []
        while (waiting := self._queue.get()) is not None:
            batch.append(waiting)
            if self._queue.empty():
                return batch, False
        return batch, True

    def _store(self, batch: list[_Waiting]) -> None:
        if self._failure is not None:
            self._fail(batch, self._failure)
            return
        try:
            self._in_one(batch)
        except sqlite3.IntegrityError:
            self._one_by_one(batch)

    def _in_one(self, batch: list[_Waiting]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(_INSERT, _cells(batch))
            self._connection.execute("COMMIT")
        except BaseException:
            self._undo()
            raise

    def _one_by_one(self, batch: list[_Waiting]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            refused = [waiting for waiting in batch if not self._insert(waiting)]
            self._connection.execute("COMMIT")
        except BaseException:
            self._undo()
            raise
        for waiting in refused:
            waiting.error = Conflict(waiting.row.session, waiting.row.seq)

    def _insert(self, waiting: _Waiting) -> bool:
        try:
            self._connection.executemany(_INSERT, _cells([waiting]))
        except sqlite3.IntegrityError:
            return False
        return True

    def _undo(self) -> None:
        with suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")

    def _fail(self, batch: list[_Waiting], error: Exception) -> None:
        failure = error if isinstance(error, Unwritable) else unwritable(self._path, error)
        self._failure = self._failure or failure
        for waiting in batch:
            waiting.error = Unwritable(failure.message, hint=failure.hint)
            waiting.error.__cause__ = error


def _cells(batch: Iterable[_Waiting]) -> Iterable[tuple[str | int | bytes, ...]]:
    for waiting in batch:
        row = waiting.row
        parent, digest = bytes.fromhex(row.parent), bytes.fromhex(row.digest)
        yield row.session, row.seq, row.at, parent, row.reply, row.events, digest, row.signature


def _ring(batch: list[_Waiting]) -> None:
    for loop in {waiting.loop for waiting in batch}:
        # A loop that was closed has nobody left who waits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, [waiting for waiting in batch if waiting.loop is loop])


def _settle(batch: list[_Waiting]) -> None:
    for waiting in batch:
        waiting.settled = True
        if not waiting.bell.done():
            waiting.bell.set_result(None)
