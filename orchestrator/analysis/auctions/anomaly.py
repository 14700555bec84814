"""What is unusual about bids? A finding over auctions: who, how unlikely it is of honest bidders, and the bids themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, TypeAlias

from orchestrator.analysis.auctions.seen import Bidding, Seen
from orchestrator.messages.value import RoleName, SessionId, Value

__all__ = ["ALPHA", "CODES", "Anomaly", "Code", "Evidence", "evidence_of"]

Code: TypeAlias = Literal["auction.shill", "auction.ring", "auction.copying", "auction.sniping"]

CODES: Mapping[Code, str] = MappingProxyType(
    {
        "auction.shill": "drives the price up for the host and lets go before it would have to buy",
        "auction.ring": "bidders take turns: in each auction one of them bids, and the others stay away or cover it",
        "auction.copying": "a bid follows one other bidder by the least step, and nobody else",
        "auction.sniping": "bids only when nobody has time to answer",
    }
)
"""What each code means."""

ALPHA = 0.02
"""How often the bids of honest bidders may give a finding of a code by chance, as far as the tests' assumptions hold."""


class Evidence(Value):
    """One bid, and where it is on record."""

    session: SessionId
    entry: int
    role: RoleName
    price: Decimal
    round: int


class Anomaly(Value):
    """Something that honest bidders hardly ever do. It is for people to judge, and it changes no award."""

    code: Code
    who: tuple[RoleName, ...]
    chance: float
    """How probable it would be, or something as unusual, if they were honest."""
    message: str
    evidence: tuple[Evidence, ...]


def evidence_of(bids: Iterable[tuple[Bidding, Seen]]) -> tuple[Evidence, ...]:
    """Return bids as evidence."""
    return tuple(
        Evidence(session=bidding.session, entry=bid.entry, role=bid.role, price=bid.price, round=bid.round)
        for bidding, bid in bids
        if bid.price is not None
    )
