"""Where are entries kept in tests and evals? In this process, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable

from orchestrator.errors import Conflict, Unwritable
from orchestrator.messages.entry import Entry, Row, Sign, row_of
from orchestrator.messages.journal import Summary
from orchestrator.messages.leave import is_book
from orchestrator.messages.ledger import Booking, Holding, Stock, booking_of
from orchestrator.messages.pot import Room
from orchestrator.messages.value import SessionId
from orchestrator.storage.booking import Booked, book, room_in
from orchestrator.storage.summary import name_of, newest_first, stands_of

__all__ = ["MemoryJournal"]


class MemoryJournal:
    """A journal that is gone with its process."""

    __slots__ = ("_closed", "_holdings", "_sessions", "_sign", "_stocks")

    def __init__(self, sign: Sign) -> None:
        self._sign = sign
        self._sessions: dict[SessionId, dict[int, Row]] = {}
        self._closed = False
        self._stocks: dict[str, Stock] = {}
        self._holdings: dict[tuple[str, str], Holding] = {}

    async def append(self, entry: Entry) -> None:
        """Keep the entry, and what it books in the ledger.

        Raises Conflict where its place is taken, Overdrawn where too little is left, Unwritable where the journal is closed.
        """
        if self._closed:
            raise Unwritable("the journal in memory is closed", hint="open it again")
        if entry.seq in self._sessions.get(entry.session, {}):
            raise Conflict(entry.session, entry.seq)
        if booking := booking_of(entry):
            booked = self._book(booking)
            self._stocks.update((stock.pot.name, stock) for stock in booked.stocks)
            self._holdings.update(((each.pot, each.account), each) for each in booked.holdings)
        self._sessions.setdefault(entry.session, {})[entry.seq] = row_of(entry, self._sign)

    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        """Return the rows of a session with a place above `after`, in order."""
        rows = self._sessions.get(session, {})
        return tuple(rows[seq] for seq in sorted(rows) if seq > after)

    def summaries(self) -> tuple[Summary, ...]:
        """Return all sessions, newest first: the one that was opened last."""
        return newest_first(_summary(session, rows) for session, rows in self._sessions.items() if not is_book(session))

    def orphans(self) -> tuple[SessionId, ...]:
        """Return the sessions whose rows are not numbered 0, 1, 2 and so on."""
        return tuple(session for session, rows in self._sessions.items() if set(rows) != set(range(len(rows))))

    def stock(self, pot: str) -> Stock | None:
        """Return a pot, or None where no session has brought it."""
        return self._stocks.get(pot)

    def holding(self, pot: str, account: str) -> Holding | None:
        """Return what an account holds of a pot, or None where it never held anything."""
        return self._holdings.get((pot, account))

    def stocks(self) -> tuple[Stock, ...]:
        """Return all pots, by name."""
        return tuple(self._stocks[name] for name in sorted(self._stocks))

    def holdings(self, pot: str | None = None) -> tuple[Holding, ...]:
        """Return what is held, or was, of one pot or of all; by pot and account."""
        return tuple(self._holdings[key] for key in sorted(self._holdings) if pot in (None, key[0]))

    def rooms(self, account: SessionId, pots: Iterable[str]) -> tuple[Room, ...]:
        """Return how much an account may hold of each pot now."""
        known = ((stock, self.holding(pot, account)) for pot in pots if (stock := self.stock(pot)))
        return tuple(room_in(stock, own) for stock, own in known)

    def _book(self, booking: Booking) -> Booked:
        return book(booking, self)

    async def close(self) -> None:
        """Keep nothing more."""
        self._closed = True


def _summary(session: SessionId, rows: dict[int, Row]) -> Summary:
    first, last = rows[min(rows)], rows[max(rows)]
    stands = stands_of((rows[seq].reply, rows[seq].events) for seq in sorted(rows, reverse=True))
    return Summary(
        id=session,
        name=name_of(first.reply),
        opened=first.at,
        at=last.at,
        entries=len(rows),
        state=stands.state,
        due=stands.due,
        waits_for=stands.waits_for,
    )
