"""What do all journals that are opened for writing share? A writer that keeps rows, and a reader for everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from orchestrator.messages.entry import Entry, Row, Sign, row_of
from orchestrator.messages.journal import Summary
from orchestrator.messages.ledger import Booking, Holding, Stock, booking_of
from orchestrator.messages.pot import Room
from orchestrator.messages.value import SessionId
from orchestrator.storage.booking import Booked

__all__ = ["KeepsRows", "KeptJournal", "ReadsRows"]


class KeepsRows(Protocol):
    """Keeps rows, many that come at the same time in one commit."""

    async def write(self, row: Row, booking: Booking | None = None) -> None:
        """Return when a row, and what it books, is durable. Raises Conflict, Overdrawn, or Unwritable."""
        ...

    def adopt(self, booked: Booked) -> None:
        """Write rows of the ledger as they are."""
        ...


class ReadsRows(Protocol):
    """Reads what is durable."""

    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        """Return the rows of a session with a place above `after`."""
        ...

    def summaries(self) -> tuple[Summary, ...]:
        """Return all sessions, newest first."""
        ...

    def orphans(self) -> tuple[SessionId, ...]:
        """Return the sessions whose rows are not numbered 0, 1, 2 and so on."""
        ...

    def stocks(self) -> tuple[Stock, ...]:
        """Return all pots, by name."""
        ...

    def holdings(self, pot: str | None = None) -> tuple[Holding, ...]:
        """Return what is held, or was, of one pot or of all."""
        ...

    def rooms(self, account: SessionId, pots: Iterable[str]) -> tuple[Room, ...]:
        """Return how much an account may hold of each pot now."""
        ...


_Writer = TypeVar("_Writer", bound=KeepsRows)
_Reader = TypeVar("_Reader", bound=ReadsRows)


class KeptJournal(Generic[_Writer, _Reader]):
    """A journal over a writer and a reader of the same place."""

    def __init__(self, writer: _Writer, reader: _Reader, sign: Sign) -> None:
        self._writer = writer
        self._reader = reader
        self._sign = sign

    async def append(self, entry: Entry) -> None:
        """Return when the entry is durable; what waits at the same time shares one commit.

        Cancelled, it still finishes first: the entry is durable when CancelledError comes out.
        """
        await self._writer.write(row_of(entry, self._sign), booking_of(entry))

    async def keep(self, rows: Iterable[Row]) -> None:
        """Keep rows exactly as another journal stored them, signatures and all; what they book is not booked again.

        Raises Conflict where a place is taken. Whoever calls has checked their chain.
        """
        await asyncio.gather(*map(self._writer.write, rows))

    async def adopt(self, booked: Booked) -> None:
        """Write rows of the ledger as they are, while nothing else is being written."""
        await asyncio.to_thread(self._writer.adopt, booked)

    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        """Return the durable rows of a session, as its reader does."""
        return self._reader.rows(session, after)

    def summaries(self) -> tuple[Summary, ...]:
        """Return all sessions, newest first: the one that was opened last."""
        return self._reader.summaries()

    def orphans(self) -> tuple[SessionId, ...]:
        """Return the sessions whose rows are not numbered 0, 1, 2 and so on."""
        return self._reader.orphans()

    def stocks(self) -> tuple[Stock, ...]:
        """Return all pots, by name."""
        return self._reader.stocks()

    def holdings(self, pot: str | None = None) -> tuple[Holding, ...]:
        """Return what is held, or was, of one pot or of all; by pot and account."""
        return self._reader.holdings(pot)

    def rooms(self, account: SessionId, pots: Iterable[str]) -> tuple[Room, ...]:
        """Return how much an account may hold of each pot now."""
        return self._reader.rooms(account, pots)
