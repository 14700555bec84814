"""Is there anything unusual in the bids? Findings with their evidence, over one auction or over all of a journal."""

from orchestrator.analysis.auctions.anomaly import CODES, Anomaly, Evidence
from orchestrator.analysis.auctions.findings import anomalies
from orchestrator.analysis.auctions.seen import Bidding, Seen, bidding_of

__all__ = ["CODES", "Anomaly", "Bidding", "Evidence", "Seen", "anomalies", "bidding_of"]
