"""How well do findings part abuse from honest bidding? Who was named, of whom, under the code that fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evals.auctions.world import BIDDERS, Abuse, Row
from orchestrator.analysis.auctions import Anomaly, Bidding
from orchestrator.report.scores import Share

__all__ = ["CODE_OF", "Cell", "Judged", "cell_of"]

CODE_OF: Mapping[Abuse, str] = MappingProxyType(
    {
        "shill": "auction.shill",
        "blind_shill": "auction.shill",
        "ring": "auction.ring",
        "ring_of_3": "auction.ring",
        "copy": "auction.copying",
        "snipe": "auction.sniping",
    }
)
"""The code that should name the culprits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A row with what was found in it."""

    row: Row
    held: tuple[Bidding, ...]
    anomalies: tuple[Anomaly, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What was found in all rows of one form and one sort of abuse."""

    culprits: Share
    """Named under the code that fits."""
    honest: Share
    """Honest bidders named under any code."""
    rows: Share
    """Rows in which somebody honest was named."""
    price: float
    """That a lot went for, on average."""


def cell_of(judged: Iterable[Judged]) -> Cell:
    """Return the figures of rows."""
    known = tuple(judged)
    culprits = found = named = honest = alarmed = 0
    prices: list[float] = []
    for each in known:
        code = CODE_OF.get(each.row.abuse)
        fitting = {role for anomaly in each.anomalies for role in anomaly.who if anomaly.code == code}
        innocent = {role for anomaly in each.anomalies for role in anomaly.who} - each.row.culprits
        culprits += len(each.row.culprits)
        found += len(fitting & each.row.culprits)
        honest += len(BIDDERS) - len(each.row.culprits)
        named += len(innocent)
        alarmed += bool(innocent)
        prices.extend(float(bidding.price) for bidding in each.held if bidding.price is not None)
    price = sum(prices) / len(prices) if prices else 0.0
    return Cell(culprits=Share(found, culprits), honest=Share(named, honest), rows=Share(alarmed, len(known)), price=price)
