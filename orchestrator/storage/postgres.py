"""Where do many processes keep entries together? In one Postgres database; each session is fenced by `(session, seq)`.

A read waits for the server: about a third of a millisecond on one machine, in which an event loop does nothing else. It may
be called on another thread: `await asyncio.to_thread(journal.rows, session)`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from orchestrator.errors import Unwritable
from orchestrator.messages.entry import Entry, Row, Sign
from orchestrator.messages.journal import Summary
from orchestrator.messages.ledger import Holding, Stock
from orchestrator.messages.pot import Room
from orchestrator.messages.value import SessionId
from orchestrator.storage.kept import KeptJournal
from orchestrator.storage.postgres_ledger import PostgresLedger
from orchestrator.storage.postgres_link import Connection, Link, Tell, silent
from orchestrator.storage.postgres_place import PostgresPlace
from orchestrator.storage.postgres_rows import read_chains, read_orphans, read_rows, read_summaries
from orchestrator.storage.postgres_tables import check_to_read, check_to_write
from orchestrator.storage.postgres_writer import PostgresWriter

__all__ = ["PostgresJournal", "PostgresReader"]

_AT_ONCE = 10.0
"""Seconds of patience where somebody waits for an answer and not for an entry to be kept: on opening, and for reads."""


class PostgresReader:
    """A journal opened for reading. It sees each entry as soon as it is durable, whoever wrote it."""

    __slots__ = ("_link", "_place")

    def __init__(self, place: PostgresPlace, link: Link) -> None:
        self._place = place
        self._link = link

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._link.close()

    @classmethod
    def open(cls, place: PostgresPlace, tell: Tell = silent) -> PostgresReader:
        """Open a journal that exists. Raises UsageError where there is none, Unwritable where it cannot be read."""
        patience = min(_AT_ONCE, place.patience)
        link = Link(place, patience=patience, tell=tell, prepare=lambda connection: check_to_read(connection, place))
        try:
            link.use(lambda _: None)
        except BaseException:
            link.close()
            raise
        return cls(place, link)

    async def append(self, entry: Entry) -> None:
        """Refuse: nothing is written here."""
        raise Unwritable(
            f"journal {str(self._place)!r}: opened for reading, it keeps no entry {entry.seq} of session {entry.session!r}",
            hint="open it for writing",
        )

    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        """Return the rows of a session as they are stored."""
        return self._link.use(lambda connection: read_rows(connection, self._place, session, after))

    def summaries(self) -> tuple[Summary, ...]:
        """Return all sessions, newest first: the one that was opened last."""
        return self._link.use(lambda connection: read_summaries(connection, self._place))

    def chains(self) -> tuple[SessionId, ...]:
        """Return the ids of all chains, in the order in which they came: sessions, and those that no list shows."""
        return self._link.use(lambda connection: read_chains(connection, self._place))

    def orphans(self) -> tuple[SessionId, ...]:
        """Return the sessions whose rows are not numbered 0, 1, 2 and so on."""
        return self._link.use(lambda connection: read_orphans(connection, self._place))

    def stocks(self) -> tuple[Stock, ...]:
        """Return all pots, by name."""
        return self._link.use(lambda connection: PostgresLedger(connection, self._place).stocks())

    def holdings(self, pot: str | None = None) -> tuple[Holding, ...]:
        """Return what is held, or was, of one pot or of all; by pot and account."""
        return self._link.use(lambda connection: PostgresLedger(connection, self._place).holdings(pot))

    def rooms(self, account: SessionId, pots: Iterable[str]) -> tuple[Room, ...]:
        """Return how much an account may hold of each pot now."""
        names = tuple(pots)
        return self._link.use(lambda connection: PostgresLedger(connection, self._place).rooms(account, names))

    async def close(self) -> None:
        """Let go of the connection."""
        self._link.close()


class PostgresJournal(KeptJournal[PostgresWriter, PostgresReader]):
    """A journal opened for writing. Others may write to it too, in this process or another."""

    def __init__(self, writer: PostgresWriter, link: Link, reader: PostgresReader, sign: Sign) -> None:
        super().__init__(writer, reader, sign)
        self._link = link

    @classmethod
    def open(cls, place: PostgresPlace, sign: Sign, tell: Tell = silent) -> PostgresJournal:
        """Open the journal; its tables are made where there are none. Raises Unwritable where it cannot be used.

        `tell` is told in a line, on any thread, when the server is waited for.
        """
        made = False

        def prepare(connection: Connection) -> None:
            nonlocal made
            check_to_write(connection, place, making=not made)
            made = True

        link = Link(place, patience=place.patience, tell=tell, prepare=prepare)
        try:
            link.use(lambda _: None, patience=_AT_ONCE)
            reader = PostgresReader.open(place, tell)
        except BaseException:
            link.close()
            raise
        return cls(PostgresWriter(place, link), link, reader, sign)

    @property
    def pid(self) -> int | None:
        """Return the number of the server's process that writes for this journal, by which its own news are known."""
        return self._link.pid()

    async def close(self) -> None:
        """Write what was begun and let go of the connections."""
        await self._reader.close()
        await asyncio.to_thread(self._writer.close)
