"""What may a role bid, and up to which price? Worked out from its own mandate, as a person would before going there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TypeAlias

from orchestrator.messages.auction import Auction
from orchestrator.messages.clearing import Bid as Placed
from orchestrator.messages.clearing import best_of, called, is_better, least_next, paid, received
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, Mandate, NumberIssue
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms
from orchestrator.messages.utility import reaches_reserve, worth
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["Ground", "Permits", "grid_of", "limit_of", "terms_at"]

Permits: TypeAlias = Callable[[RoleName, Terms], bool]

_MOST_TRIED = 200
"""Prices that are tried before the search goes finer between two of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """All that a bid depends on, but the manner of the bidder."""

    view: View
    auction: Auction
    grid: NumberIssue
    limit: Decimal | None
    """The worst price that the role may sign; None where it may sign none."""

    @property
    def down(self) -> bool:
        """Return whether the role gains by naming a lower price to win: it sells."""
        return self.auction.reverse or self.view.role in self.auction.sellers

    @property
    def best(self) -> Placed | None:
        """Return the best bid that the role can see."""
        bids = (
            Placed(role=offer.sender, price=term.value, place=offer.turn, offer=offer.id)
            for offer in self.view.offers
            for term in offer.terms
            if offer.sender in self.auction.bidders and term.issue == self.auction.price and isinstance(term, Number)
        )
        return best_of(self.auction, bids)

    @property
    def floor(self) -> Decimal:
        """Return where bidding begins: nobody needs to name a price that is worse for itself than this."""
        known = least_next(self.auction, None)
        if known is not None and self.auction.form != "descending":
            return known
        if self.auction.reserve is not None:
            return self.auction.reserve
        return self.grid.max if self.down else self.grid.min

    def asked(self) -> Decimal | None:
        """Return the least price that counts now: the next step, what the clock calls, or where bidding begins."""
        if self.auction.form == "descending":
            return called(self.auction, self.view.round)
        best = self.best if self.auction.form == "ascending" else None
        return self.snapped(least_next(self.auction, best.price) or best.price) if best else self.snapped(self.floor)

    def within(self, price: Decimal) -> bool:
        """Return whether a price is on the grid's range and inside the role's limit."""
        if self.limit is None or not self.grid.min <= price <= self.grid.max:
            return False
        return price >= self.limit if self.down else price <= self.limit

    def along(self, share: float) -> Decimal:
        """Return the price so far along the way from the floor to the limit, on the grid, rounded to its own good."""
        limit = self.floor if self.limit is None else self.limit
        if is_better(self.auction, self.floor, limit) and self.auction.form != "double":
            return limit
        way = (limit - self.floor) * Decimal(f"{share:.6f}")
        return self.snapped(self.floor + way, own=True)

    def snapped(self, price: Decimal, *, own: bool = False) -> Decimal:
        """Return the next price on the grid: one that counts at least as much, or with `own` one that costs at most as much."""
        steps = (price - self.grid.min) / self.grid.step
        up = self.down == own
        return self.grid.min + steps.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR) * self.grid.step


def grid_of(view: View, auction: Auction) -> NumberIssue | None:
    """Return the issue that is bid on."""
    issue = view.agenda.issue(auction.price)
    return issue if isinstance(issue, NumberIssue) else None


def limit_of(view: View, auction: Auction, grid: NumberIssue, permits: Permits) -> Decimal | None:
    """Return the worst price for the role that its limits, its reserve and the policies take; None where none is."""
    down = auction.reverse or view.role in auction.sellers
    last = int((grid.max - grid.min) / grid.step)
    stride = max(1, last // _MOST_TRIED)

    def takes(place: int) -> bool:
        return _takes(view, auction, grid.min + place * grid.step, permits)

    order = range(0, last + 1, stride) if down else range(last, -1, -stride)
    found = next((place for place in order if takes(place)), None)
    if found is None:
        return None
    beyond = range(max(0, found - stride + 1), found) if down else range(min(last, found + stride - 1), found, -1)
    finer = next((place for place in beyond if takes(place)), found)
    return grid.min + finer * grid.step


def terms_at(view: View, auction: Auction, price: Decimal) -> Terms:
    """Return the terms of a bid: the lot, the role's own name, its best values for what is free, and the price."""
    return tuple(_terms(view, auction, price))


def _takes(view: View, auction: Auction, price: Decimal, permits: Permits) -> bool:
    real = received(auction, price) if _sells(view, auction) else paid(auction, price)
    plain = terms_at(view, auction, price)
    burdened = terms_at(view, auction, real)
    return permits(view.role, plain) and permits(view.role, burdened) and reaches_reserve(view.mandate, burdened)


def _sells(view: View, auction: Auction) -> bool:
    return auction.reverse or view.role in auction.sellers


def _terms(view: View, auction: Auction, price: Decimal) -> Iterator[Term]:
    lot = {term.issue: term for term in auction.lot}
    own, other = (auction.seller, auction.winner) if view.role in auction.sellers else (auction.winner, auction.seller)
    for issue in view.agenda.issues:
        if issue.name == auction.price:
            yield Number(issue=issue.name, value=price)
        elif issue.name == own:
            yield Choice(issue=issue.name, value=view.role)
        elif issue.name in lot:
            yield lot[issue.name]
        elif issue.name != other:
            yield max(_values(issue), key=lambda term: _liking(view.mandate, term))


def _liking(mandate: Mandate, term: Term) -> float:
    return sum(measure.weight * worth(measure, term) for measure in mandate.worths if measure.issue == term.issue)


def _values(issue: Issue) -> tuple[Term, ...]:
    match issue:
        case NumberIssue():
            return tuple(Number(issue=issue.name, value=value) for value in (issue.min, issue.max))
        case ChoiceIssue():
            if issue.numeric:
                return tuple(Number(issue=issue.name, value=Decimal(option)) for option in issue.options)
            return tuple(Choice(issue=issue.name, value=option) for option in issue.options)
        case DateIssue():
            return tuple(Day(issue=issue.name, value=value) for value in (issue.min, issue.max))
        case FlagIssue():
            return (Flag(issue=issue.name, value=True), Flag(issue=issue.name, value=False))
