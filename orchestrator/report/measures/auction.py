"""What is an auction measured by? What it brought against its reserve, and what is unusual in its bids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orchestrator.analysis.auctions import anomalies, bidding_of
from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.report.auction import anomaly_lines, brought_line

__all__ = ["auction_lines"]


def auction_lines(session: Session, entries: Sequence[Entry]) -> Iterator[str]:  # noqa: ARG001 - as every measure
    """Yield what an auction with a host brought, then what is unusual in its bids."""
    bidding = bidding_of(entries)
    if bidding is None:
        return
    yield brought_line(bidding)
    found = anomalies((bidding,))
    if not found:
        yield "Nothing unusual in its bids; 'handfast auctions' looks at all auctions of a journal together."
    for anomaly in found:
        yield from anomaly_lines(anomaly)
