"""Who holds how much of the shared pots of a journal? What an entry books, what is held, and the port that answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, runtime_checkable

from orchestrator.messages.entry import Entry
from orchestrator.messages.pot import Pledged, Pot, PotsApplied, Room
from orchestrator.messages.reply import Opening
from orchestrator.messages.value import SessionId

__all__ = ["Booking", "Holding", "Ledger", "Stock", "booking_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A pot as a journal knows it, and how much of it is held by all."""

    pot: Pot
    held: Decimal
    session: str
    """Whose entry brought it, or gave it this size."""
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one account holds of a pot, and the entry that says so."""

    pot: str
    account: str
    holder: str
    """The session whose talk or agreement it is."""
    reserved: Decimal
    committed: Decimal
    session: str
    seq: int

    @property
    def held(self) -> Decimal:
        """Return both together."""
        return self.reserved + self.committed

    @classmethod
    def of(cls, pledge: Pledged, session: SessionId, seq: int) -> Holding:
        """Return what a pledge says, with the entry that says it."""
        return cls(
            pot=pledge.pot,
            account=pledge.account,
            holder=pledge.holder,
            reserved=pledge.reserved,
            committed=pledge.committed,
            session=session,
            seq=seq,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What an entry changes in the ledger."""

    session: SessionId
    seq: int
    brings: tuple[Pot, ...] = ()
    """Pots of the session's own file: they count where the journal does not know them yet."""
    sets: tuple[Pot, ...] = ()
    """Pots that have this size from now on."""
    pledges: tuple[Pledged, ...] = ()
    supersedes: SessionId | None = None
    """Whose holding an opening takes over."""

    @property
    def pots(self) -> tuple[str, ...]:
        """Return the names of all pots that it touches, in the order in which their rows are to be locked."""
        named = (*(pot.name for pot in (*self.brings, *self.sets)), *(pledge.pot for pledge in self.pledges))
        return tuple(sorted(set(named)))


@runtime_checkable
class Ledger(Protocol):
    """A journal that keeps the pots that its sessions share: each entry's pledges are applied as it is appended."""

    def stocks(self) -> tuple[Stock, ...]:
        """Return all pots, by name."""
        ...

    def holdings(self, pot: str | None = None) -> tuple[Holding, ...]:
        """Return what is held, or was, of one pot or of all; by pot and account."""
        ...

    def rooms(self, account: SessionId, pots: Iterable[str]) -> tuple[Room, ...]:
        """Return how much an account may hold of each pot now; pots that the journal does not know are left out."""
        ...


def booking_of(entry: Entry) -> Booking | None:
    """Return what an entry changes in the ledger; None where that is nothing, as for most."""
    pledges = tuple(event for event in entry.events if isinstance(event, Pledged))
    sets = entry.reply.pots if isinstance(entry.reply, PotsApplied) else ()
    settings = entry.reply.settings if isinstance(entry.reply, Opening) else None
    budgets = settings.negotiation.budgets if settings else None
    if not pledges and not sets and budgets is None:
        return None
    return Booking(
        session=entry.session,
        seq=entry.seq,
        brings=budgets.pots if budgets else (),
        sets=sets,
        pledges=pledges,
        supersedes=settings.supersedes if settings else None,
    )
