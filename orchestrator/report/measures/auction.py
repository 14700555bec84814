"""What is an auction measured by? What it brought against its reserve, and what is unusual in its bids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestrator.analysis.auctions import Anomaly, Bidding, anomalies, bidding_of
from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.report.auction import anomaly_json, anomaly_lines, bidding_json, brought_line
from orchestrator.report.printed import Json

__all__ = ["Takings", "takings_json", "takings_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Takings:
    """What an auction with a host brought."""

    bidding: Bidding
    unusual: tuple[Anomaly, ...]

    def lines(self) -> Iterator[str]:
        """Yield what it brought, then what is unusual in its bids."""
        yield brought_line(self.bidding)
        if not self.unusual:
            yield "Nothing unusual in its bids; 'handfast auctions' looks at all auctions of a journal together."
        for anomaly in self.unusual:
            yield from anomaly_lines(anomaly)


def takings_of(session: Session, entries: Sequence[Entry]) -> Takings | None:  # noqa: ARG001 - one question for all patterns
    """Return what an auction brought; None of one without a host."""
    bidding = bidding_of(entries)
    return None if bidding is None else Takings(bidding=bidding, unusual=anomalies((bidding,)))


def takings_json(takings: Takings) -> dict[str, Json]:
    """Return what an auction brought, and each finding with its evidence."""
    unusual: list[Json] = [anomaly_json(anomaly) for anomaly in takings.unusual]
    return {"kind": "auction", **bidding_json(takings.bidding), "unusual": unusual}
