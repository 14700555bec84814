"""May this entry hold so much? The one rule by which every journal keeps its ledger, in the transaction of the entry.

For each pot the sum of what all accounts hold, reserved and committed, never exceeds its size. What a journal does: begin
its transaction, look up (and lock, where others may write) the stock of each pot of the booking in the order of `pots`,
then call `book`; where that raises, nothing of the entry is written, else the entry and all that it returns are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from orchestrator.errors import Overdrawn, UsageError
from orchestrator.messages.ledger import Booking, Holding, Stock
from orchestrator.messages.pot import Pledged, Pot, Room
from orchestrator.messages.terms import exact

__all__ = ["Booked", "Shelf", "book", "room_in"]

_MOST_NAMED = 5


class Shelf(Protocol):
    """Look up what the ledger holds now, inside the transaction."""

    def stock(self, pot: str) -> Stock | None:
        """Return a pot, or None where the journal does not know it."""
        ...

    def holding(self, pot: str, account: str) -> Holding | None:
        """Return what an account holds of a pot, or None where it never held anything."""
        ...

    def holdings(self, pot: str | None = None) -> tuple[Holding, ...]:
        """Return what all accounts hold of a pot; asked only where a size is refused, to say who."""
        ...


@dataclass(frozen=True, slots=True)
class Booked:
    """The rows of the ledger that an entry leaves changed."""

    stocks: tuple[Stock, ...]
    holdings: tuple[Holding, ...]


def book(booking: Booking, shelf: Shelf) -> Booked:
    """Return what the entry leaves in the ledger.

    Raises Overdrawn where it would hold more of a pot than others leave, UsageError where a pot has another size, where a
    new size is below what is held, or where another session holds in this one's place.
    """
    stocks = {name: stock for name in booking.pots if (stock := shelf.stock(name)) is not None}
    for pot in booking.brings:
        known = stocks.get(pot.name)
        if known is None:
            stocks[pot.name] = Stock(pot=pot, held=Decimal(0), session=booking.session, seq=booking.seq)
        elif booking.supersedes is None:
            # An amendment goes on with the files of before: their sizes may be older than those in force.
            _check_alike(pot, known)
    for pot in booking.sets:
        stocks[pot.name] = _resized(pot, stocks.get(pot.name), booking, shelf)
    holdings: dict[tuple[str, str], Holding] = {}
    for pledge in booking.pledges:
        key = (pledge.pot, str(pledge.account))
        before = holdings.get(key) or shelf.holding(*key)
        stocks[pledge.pot] = _drawn(pledge, stocks.get(pledge.pot), before, booking)
        holdings[key] = Holding.of(pledge, booking.session, booking.seq)
    return Booked(tuple(stocks.values()), tuple(holdings.values()))


def room_in(stock: Stock, own: Holding | None) -> Room:
    """Return how much of a pot an account may hold: what others leave."""
    others = stock.held - (own.held if own else Decimal(0))
    return Room(pot=stock.pot.name, size=stock.pot.size, most=max(Decimal(0), stock.pot.size - others))


def _drawn(pledge: Pledged, stock: Stock | None, before: Holding | None, booking: Booking) -> Stock:
    if stock is None:
        raise UsageError(
            f"entry {booking.seq} of session {booking.session!r} draws on pot {pledge.pot!r}, which nobody brought"
        )
    if before is not None and before.holder not in (booking.session, booking.supersedes):
        raise UsageError(
            f"session {booking.session!r} cannot hold of pot {pledge.pot!r} in the place of {before.holder!r}",
            hint=f"{before.holder!r} has amended the same agreement; amend that one, or wait until it is over",
        )
    was = before.held if before else Decimal(0)
    held = stock.held - was + pledge.held
    if pledge.held > was and held > stock.pot.size:
        most = room_in(stock, before).most
        raise Overdrawn(booking.session, booking.seq, pledge.pot, asked=pledge.held, most=most, size=stock.pot.size)
    return replace(stock, held=held)


def _check_alike(pot: Pot, known: Stock) -> None:
    ours, theirs = _measured(pot), _measured(known.pot)
    if ours != theirs:
        raise UsageError(
            f"pot {pot.name!r} is {theirs} in this journal (since session {known.session!r}), and {ours} in the budget file",
            hint="'handfast budgets apply FILE --by NAME' puts a file into force",
        )


def _measured(pot: Pot) -> str:
    return f"{exact(pot.size)} {pot.unit}".strip() + f" in steps of {exact(pot.step)}"


def _resized(pot: Pot, known: Stock | None, booking: Booking, shelf: Shelf) -> Stock:
    held = known.held if known else Decimal(0)
    if known is not None and known.pot.unit != pot.unit:
        raise UsageError(f"pot {pot.name!r} is counted in {known.pot.unit!r} in this journal, not in {pot.unit!r}")
    if pot.size < held:
        raise UsageError(
            f"pot {pot.name!r} cannot be lowered to {exact(pot.size)} {pot.unit}".rstrip() + f": {exact(held)} is held",
            hint=_who(shelf.holdings(pot.name)),
        )
    return Stock(pot=pot, held=held, session=booking.session, seq=booking.seq)


def _who(holdings: Iterable[Holding]) -> str:
    held = sorted((each for each in holdings if each.held), key=lambda each: -each.held)
    named = [f"{each.holder} {exact(each.held)}" for each in held[:_MOST_NAMED]]
    more = f" and {len(held) - _MOST_NAMED} more" if len(held) > _MOST_NAMED else ""
    return f"held by {', '.join(named)}{more}"
