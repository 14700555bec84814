"""What was bid, as a test writes it: one row of figures for each round, one column for each bidder."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from orchestrator.analysis.auctions import Bidding, Seen
from orchestrator.messages.auction import Auction
from orchestrator.messages.value import IssueName, RoleName, SessionId

__all__ = ["NAMES", "opened", "sealed"]

NAMES = tuple(map(RoleName, ("ash", "birch", "cedar", "elm")))
_HOST = RoleName("host")


def opened(number: int, *rounds: Sequence[int | None]) -> Bidding:
    """Return an ascending auction with these bids."""
    return _bidding(number, "ascending", rounds)


def sealed(number: int, *bids: int | None) -> Bidding:
    """Return a sealed auction with these bids."""
    return _bidding(number, "first_price", (bids,))


def _bidding(number: int, form: str, rounds: Sequence[Sequence[int | None]]) -> Bidding:
    auction = Auction.model_validate(
        {
            "form": form,
            "host": _HOST,
            "bidders": NAMES,
            "price": IssueName("price"),
            "winner": IssueName("buyer"),
            "reserve": Decimal(100),
            "increment": Decimal(10),
            "rounds": len(rounds),
        }
    )
    turns: list[Seen] = []
    leader: RoleName | None = None
    best: Decimal | None = None
    for round_, row in enumerate(rounds, 1):
        for role, figure in zip(NAMES, row, strict=True):
            price = None if figure is None else Decimal(figure)
            turns.append(Seen(role=role, round=round_, entry=len(turns) + 1, price=price, leader=leader, best=best))
            if price is not None and (best is None or price > best):
                leader, best = role, price
    return Bidding(
        session=SessionId(f"row-{number}"),
        name="row",
        auction=auction,
        step=Decimal(1),
        turns=tuple(turns),
        rounds=len(rounds),
        winner=leader,
        price=best,
    )
