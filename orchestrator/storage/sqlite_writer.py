"""How do many sessions write at once, each durably? One transaction for all that queued meanwhile, or none of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from orchestrator.errors import Conflict, OrchestratorError, Overdrawn, Unwritable, UsageError
from orchestrator.messages.entry import Row
from orchestrator.messages.ledger import Booking
from orchestrator.storage.booking import Booked
from orchestrator.storage.commit_queue import CommitQueue, Waiting
from orchestrator.storage.sqlite_file import COLUMNS, unwritable
from orchestrator.storage.sqlite_ledger import SqliteLedger
from orchestrator.storage.sqlite_place import Place

__all__ = ["Writer"]

_INSERT = f"INSERT INTO entries ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - fixed names


class Writer:
    """The one thread that writes to a journal. After a failure nothing is written until it is mended: no entry is skipped."""

    __slots__ = ("_connection", "_failure", "_ledger", "_path", "_place", "_queue")

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._place = Place(path)
        self._connection = connection
        self._ledger = SqliteLedger(path, connection)
        self._failure: Unwritable | None = None
        self._queue = CommitQueue(f"journal {str(path)!r}", self._store, self._fail)

    async def write(self, row: Row, booking: Booking | None = None) -> None:
        """Return when the row is durable, and with it what it books in the ledger.

        A caller that is cancelled meanwhile is told so after the row is settled.
        """
        await self._queue.write(row, booking)

    def adopt(self, booked: Booked) -> None:
        """Write rows of the ledger as they are, while nothing is queued. Raises Unwritable where that cannot be."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._ledger.put(booked)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._undo()
            raise unwritable(self._path, error) from error

    def mend(self) -> None:
        """Write again after a failure. What was not kept is for its sender to write anew, before anything that follows it."""
        self._failure = None

    def close(self) -> None:
        """Write what is queued, then end the thread and close the connection. Blocks until that is done."""
        self._queue.close()
        with suppress(Unwritable):
            self._place.check_again()
        self._connection.close()

    def _store(self, batch: list[Waiting]) -> None:
        if self._failure is not None:
            self._fail(batch, self._failure)
            return
        self._place.check_again()
        if any(waiting.booking for waiting in batch):
            self._one_by_one(batch)
            return
        try:
            self._in_one(batch)
        except sqlite3.IntegrityError:
            self._one_by_one(batch)

    def _in_one(self, batch: list[Waiting]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(_INSERT, _cells(batch))
            self._commit()
        except BaseException:
            self._undo()
            raise

    def _one_by_one(self, batch: list[Waiting]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            refused = [(waiting, error) for waiting in batch if (error := self._insert(waiting))]
            self._commit()
        except BaseException:
            self._undo()
            raise
        for waiting, error in refused:
            waiting.error = error

    def _insert(self, waiting: Waiting) -> OrchestratorError | None:
        """Insert one row and what it books; return why neither can be, where it alone is refused."""
        try:
            booked = self._ledger.book(waiting.booking) if waiting.booking else None
            self._connection.executemany(_INSERT, _cells([waiting]))
        except sqlite3.IntegrityError:
            return Conflict(waiting.row.session, waiting.row.seq)
        except (Overdrawn, UsageError) as refusal:
            return self._refusal(waiting.row, refusal)
        if booked is not None:
            self._ledger.put(booked)
        return None

    def _refusal(self, row: Row, refusal: Overdrawn | UsageError) -> OrchestratorError:
        """Return what the entry is refused for: a place that is taken goes before a pot that is empty."""
        taken = self._connection.execute("SELECT 1 FROM entries WHERE session = ? AND seq = ?", (row.session, row.seq))
        return refusal if taken.fetchone() is None else Conflict(row.session, row.seq)

    def _commit(self) -> None:
        """Commit; what went to a file that nobody finds any more is not acknowledged."""
        self._connection.execute("COMMIT")
        self._place.check()

    def _undo(self) -> None:
        with suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")

    def _fail(self, batch: list[Waiting], error: Exception) -> None:
        failure = error if isinstance(error, Unwritable) else unwritable(self._path, error)
        self._failure = self._failure or failure
        for waiting in batch:
            waiting.error = Unwritable(failure.message, hint=failure.hint)
            waiting.error.__cause__ = error


def _cells(batch: Iterable[Waiting]) -> Iterable[tuple[str | int | bytes, ...]]:
    for waiting in batch:
        row = waiting.row
        parent, digest = bytes.fromhex(row.parent), bytes.fromhex(row.digest)
        yield row.session, row.seq, row.at, parent, row.reply, row.events, digest, row.signature
