"""Where are entries kept by default? In one SQLite file: one process writes to it, any number read."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock

from orchestrator.errors import Unwritable
from orchestrator.messages.entry import Entry, Row, Sign
from orchestrator.messages.journal import Summary
from orchestrator.messages.ledger import Holding, Stock
from orchestrator.messages.pot import Room
from orchestrator.messages.value import SessionId
from orchestrator.storage.kept import KeptJournal
from orchestrator.storage.sqlite_file import connect_to_read, connect_to_write, hold
from orchestrator.storage.sqlite_ledger import SqliteLedger
from orchestrator.storage.sqlite_rows import read_chains, read_orphans, read_rows, read_summaries
from orchestrator.storage.sqlite_writer import Writer

__all__ = ["SqliteJournal", "SqliteReader"]


class SqliteReader:
    """A journal opened for reading. It takes no lock and sees each entry as soon as it is durable."""

    __slots__ = ("_connection", "_ledger", "_path")

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._ledger = SqliteLedger(path, connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    @classmethod
    def open(cls, path: str | Path) -> SqliteReader:
        """Open a journal that exists. Raises UsageError where there is none, Unwritable where it is not one."""
        place = Path(path)
        return cls(place, connect_to_read(place))

    async def append(self, entry: Entry) -> None:
        """Refuse: nothing is written here."""
        raise Unwritable(
            f"journal {str(self._path)!r}: opened for reading, it keeps no entry {entry.seq} of session {entry.session!r}",
            hint="open it for writing",
        )

    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        """Return the rows of a session as they are stored; a cell of a foreign type comes as text that no digest covers.

        Raises ChainBroken where an entry's place is no whole number.
        """
        return read_rows(self._connection, self._path, session, after)

    def summaries(self) -> tuple[Summary, ...]:
        """Return all sessions, newest first: the one that was opened last."""
        return read_summaries(self._connection, self._path)

    def chains(self) -> tuple[SessionId, ...]:
        """Return the ids of all chains, in the order in which they came: sessions, and those that no list shows."""
        return read_chains(self._connection, self._path)

    def orphans(self) -> tuple[SessionId, ...]:
        """Return the sessions whose rows are not numbered 0, 1, 2 and so on, or whose id is no text."""
        return read_orphans(self._connection, self._path)

    def stocks(self) -> tuple[Stock, ...]:
        """Return all pots, by name."""
        return self._ledger.stocks()

    def holdings(self, pot: str | None = None) -> tuple[Holding, ...]:
        """Return what is held, or was, of one pot or of all; by pot and account."""
        return self._ledger.holdings(pot)

    def rooms(self, account: SessionId, pots: Iterable[str]) -> tuple[Room, ...]:
        """Return how much an account may hold of each pot now."""
        return self._ledger.rooms(account, pots)

    async def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class SqliteJournal(KeptJournal[Writer, SqliteReader]):
    """A journal opened for writing, held by this process alone until it is closed."""

    def __init__(self, writer: Writer, reader: SqliteReader, lock: FileLock, sign: Sign) -> None:
        super().__init__(writer, reader, sign)
        self._lock = lock

    @classmethod
    def open(cls, path: str | Path, sign: Sign) -> SqliteJournal:
        """Open the journal, made where there is none. Raises Unwritable where it is held, locked, or not a journal."""
        place = Path(path)
        lock = hold(place)
        try:
            connection = connect_to_write(place)
            try:
                reader = SqliteReader.open(place)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            lock.release()
            raise
        return cls(Writer(place, connection), reader, lock, sign)

    def mend(self) -> None:
        """Write again after a failure, as `Writer.mend` does."""
        self._writer.mend()

    async def close(self) -> None:
        """Write what was begun, close the file and let others have it."""
        # The writer goes last: whoever closes a file last copies its log into it.
        await self._reader.close()
        await asyncio.to_thread(self._shut)

    def _shut(self) -> None:
        try:
            self._writer.close()
        finally:
            self._lock.release()
