"""Who bids only when nobody has time to answer? One whose every bid falls into the last round, in auction after auction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orchestrator.analysis.auctions.anomaly import ALPHA, Anomaly, evidence_of
from orchestrator.analysis.auctions.chance import at_least
from orchestrator.analysis.auctions.seen import Bidding
from orchestrator.messages.value import RoleName

__all__ = ["snipers"]

_FEWEST_ROUNDS = 3
"""An auction must have had so many, or its last round is nothing special."""


def snipers(auctions: Sequence[Bidding]) -> Iterator[Anomaly]:
    """Yield a finding for each bidder that keeps to the last round."""
    long = [each for each in auctions if each.auction.form == "ascending" and each.auction.rounds >= _FEWEST_ROUNDS]
    bidders = tuple(dict.fromkeys(role for each in long for role in each.auction.bidders))
    for role in bidders:
        taken = [each for each in long if any(bid.role == role for bid in each.bids)]
        last = [each for each in taken if _only_last(role, each)]
        if not last:
            continue
        by_chance = max(1 / each.auction.rounds for each in taken)
        chance = at_least(len(last), len(taken), by_chance)
        if chance <= ALPHA / len(bidders):
            bids = ((each, bid) for each in last for bid in each.bids if bid.role == role)
            message = f"{role!r} bid in the last round and in no other in {len(last)} of the {len(taken)} auctions it bid in"
            yield Anomaly(code="auction.sniping", who=(role,), chance=chance, message=message, evidence=evidence_of(bids))


def _only_last(role: RoleName, bidding: Bidding) -> bool:
    """Return whether all bids of the bidder fall into the round after which bidding was to close."""
    return all(bid.round >= bidding.auction.rounds for bid in bidding.bids if bid.role == role)
