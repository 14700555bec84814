"""What did the bidders of one auction do? Each of their turns, with the bid that led before it, read from the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from orchestrator.messages.auction import Auction
from orchestrator.messages.clearing import is_better
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Agreed, Held, Tabled
from orchestrator.messages.negotiation import Negotiation, NumberIssue
from orchestrator.messages.reply import Opening
from orchestrator.messages.step import Placed
from orchestrator.messages.terms import Number, Terms
from orchestrator.messages.value import IssueName, RoleName, SessionId

__all__ = ["Bidding", "Seen", "bidding_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One turn of a bidder."""

    role: RoleName
    round: int
    entry: int
    """Of the journal."""
    price: Decimal | None
    """None where it did not bid."""
    leader: RoleName | None
    """Whose bid was the best one before it."""
    best: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bidding:
    """The turns of all bidders of one auction, in their order, and how it ended."""

    session: SessionId
    name: str
    """Of the negotiation."""
    auction: Auction
    step: Decimal
    """Of the grid of prices."""
    turns: tuple[Seen, ...]
    rounds: int
    """In which there was bidding."""
    winner: RoleName | None = None
    price: Decimal | None = None
    """None where nothing was sold, or it is not agreed yet."""

    @property
    def bids(self) -> tuple[Seen, ...]:
        """Return the turns in which somebody bid."""
        return tuple(turn for turn in self.turns if turn.price is not None)

    def best_by(self) -> dict[RoleName, Decimal]:
        """Return the best bid of each who bid at all; of sealed bids the last, which is the one that counts."""
        best: dict[RoleName, Decimal] = {}
        for bid in self.bids:
            known = best.get(bid.role)
            if bid.price is not None and (known is None or self.auction.is_sealed or is_better(self.auction, bid.price, known)):
                best[bid.role] = bid.price
        return best


def bidding_of(entries: Iterable[Entry]) -> Bidding | None:
    """Return what was bid in a session; None where it is no auction with a host."""
    known = tuple(entries)
    opening = known[0].reply if known else None
    if not isinstance(opening, Opening):
        return None
    negotiation = opening.settings.negotiation
    auction = negotiation.pattern_rules
    if not isinstance(auction, Auction) or auction.host is None:
        return None
    turns = tuple(_turns(known, auction, len(negotiation.roles)))
    winner, price = _end(known, auction)
    return Bidding(
        session=opening.settings.session,
        name=negotiation.name,
        auction=auction,
        step=_step(negotiation, auction.price),
        turns=turns,
        rounds=max((turn.round for turn in turns), default=0),
        winner=winner,
        price=price,
    )


def _turns(entries: tuple[Entry, ...], auction: Auction, roles: int) -> Iterator[Seen]:
    leader: RoleName | None = None
    best: Decimal | None = None
    turn = 0
    for entry in entries:
        for event in entry.events:
            if not isinstance(event, Tabled | Held):
                continue
            round_, turn = turn // roles + 1, turn + 1
            role = event.role if isinstance(event, Held) else event.move.sender
            if role not in auction.bidders:
                continue
            price = None if isinstance(event, Held) else _price_in(event.move.terms, auction.price)
            yield Seen(role=role, round=round_, entry=entry.seq, price=price, leader=leader, best=best)
            if price is not None and (best is None or is_better(auction, price, best)):
                leader, best = role, price


def _price_in(terms: Terms, price: IssueName) -> Decimal | None:
    """Return the price that terms name, if they name one."""
    return next((term.value for term in terms if term.issue == price and isinstance(term, Number)), None)


def _end(entries: tuple[Entry, ...], auction: Auction) -> tuple[RoleName | None, Decimal | None]:
    winner: RoleName | None = None
    for event in (event for entry in entries for event in entry.events):
        if isinstance(event, Placed):
            winner = next((role for role in event.backers if role in auction.bidders), None)
        elif isinstance(event, Agreed):
            return winner, _price_in(event.terms, auction.price)
    return None, None


def _step(negotiation: Negotiation, price: IssueName) -> Decimal:
    return next(
        (issue.step for issue in negotiation.issues if issue.name == price and isinstance(issue, NumberIssue)), Decimal(1)
    )
