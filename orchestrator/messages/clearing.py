"""Who wins an auction, and at which price? Computed from the bids and the rules alone, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from orchestrator.messages.auction import Auction
from orchestrator.messages.digest import digest_of
from orchestrator.messages.value import Digest, OfferId, RoleName

__all__ = ["Bid", "Clearing", "best_of", "called", "clear", "drawn", "is_better", "lands", "least_next", "paid", "received"]

_NO_OFFER = OfferId("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """What one bidder would pay, or ask, and when it said so."""

    role: RoleName
    price: Decimal
    place: int
    """Among all moves: the earlier of equal bids has the lower one."""
    offer: OfferId = _NO_OFFER


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """The result of the bidding."""

    bid: Bid
    """The winning one."""
    price: Decimal
    """Never worse for the winner than its bid, never beyond the reserve."""
    second: Bid | None
    """The best one of another bidder."""
    tied: tuple[RoleName, ...]
    """Who bid the same as the winner, the winner first; empty where nobody did."""


def clear(auction: Auction, bids: Iterable[Bid], seed: int) -> Clearing | None:
    """Return who wins at which price; None where no bid reaches the reserve."""
    ranked = _ranked(auction, (bid for bid in bids if lands(auction, bid.price)), seed)
    if not ranked:
        return None
    first = ranked[0]
    second = next((bid for bid in ranked if bid.role != first.role), None)
    tied = tuple(dict.fromkeys(bid.role for bid in ranked if bid.price == first.price))
    return Clearing(
        bid=first,
        price=_second_price(auction, first, second) if auction.form == "second_price" else first.price,
        second=second,
        tied=tied if len(tied) > 1 else (),
    )


def best_of(auction: Auction, bids: Iterable[Bid]) -> Bid | None:
    """Return the best bid, the earliest of equal ones."""
    return next(iter(_ranked(auction.model_copy(update={"tie": "earliest"}), bids, 0)), None)


def is_better(auction: Auction, price: Decimal, than: Decimal) -> bool:
    """Return whether a price is better for the host than another."""
    return price < than if auction.reverse else price > than


def lands(auction: Auction, price: Decimal) -> bool:
    """Return whether a price reaches the reserve."""
    return auction.reserve is None or price == auction.reserve or is_better(auction, price, auction.reserve)


def least_next(auction: Auction, best: Decimal | None) -> Decimal | None:
    """Return the least price that the next open bid may name; None where any will do."""
    if best is not None:
        return best - auction.increment if auction.reverse else best + auction.increment
    known = None if auction.secret_reserve else auction.reserve
    floors = [price for price in (auction.start, known) if price is not None]
    if not floors:
        return None
    return min(floors) if auction.reverse else max(floors)


def called(auction: Auction, round_: int) -> Decimal | None:
    """Return the price that the clock calls in a round; None where it has run out."""
    if auction.start is None or round_ > auction.rounds:
        return None
    moved = auction.increment * (round_ - 1)
    price = auction.start + moved if auction.reverse else auction.start - moved
    return price if lands(auction, price) else None


def paid(auction: Auction, price: Decimal) -> Decimal:
    """Return what whoever buys pays in all."""
    return price + price * auction.commission if _buyer_bears(auction) else price


def received(auction: Auction, price: Decimal) -> Decimal:
    """Return what whoever sells receives in the end."""
    return price if _buyer_bears(auction) else price - price * auction.commission


def drawn(seed: int, role: RoleName) -> Digest:
    """Return the lot of a role: the least one goes first. Nobody can choose it, and everybody can check it."""
    return digest_of(["lot", seed, role])


def _buyer_bears(auction: Auction) -> bool:
    return (auction.commission_by == "host") == (auction.reverse and auction.host is not None)


def _ranked(auction: Auction, bids: Iterable[Bid], seed: int) -> list[Bid]:
    by_price = sorted(bids, key=lambda bid: (drawn(seed, bid.role), bid.place) if auction.tie == "lot" else ("", bid.place))
    return sorted(by_price, key=lambda bid: bid.price if auction.reverse else -bid.price)


def _second_price(auction: Auction, first: Bid, second: Bid | None) -> Decimal:
    """Return the second best price, or the reserve where nobody else reaches it; without either, the winner's own."""
    if second is not None:
        return second.price
    return first.price if auction.reserve is None else auction.reserve
