"""What is unusual in a row of auctions? All findings, each host's auctions of one name taken together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from orchestrator.analysis.auctions.anomaly import Anomaly
from orchestrator.analysis.auctions.copies import copies
from orchestrator.analysis.auctions.rings import rings
from orchestrator.analysis.auctions.seen import Bidding
from orchestrator.analysis.auctions.shills import shills
from orchestrator.analysis.auctions.snipers import snipers

__all__ = ["anomalies"]


def anomalies(auctions: Iterable[Bidding]) -> tuple[Anomaly, ...]:
    """Return the findings over auctions, the most unusual first."""
    rows: dict[tuple[str, str], list[Bidding]] = {}
    for bidding in auctions:
        rows.setdefault((bidding.name, bidding.auction.host or ""), []).append(bidding)
    found = chain.from_iterable(_row(row) for row in rows.values())
    return tuple(sorted(found, key=lambda anomaly: (anomaly.chance, anomaly.code, anomaly.who)))


def _row(auctions: Sequence[Bidding]) -> Iterable[Anomaly]:
    return chain(shills(auctions), rings(auctions), copies(auctions), snipers(auctions))
