"""How does a strategy take part in an auction? It bids there, and negotiates everywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from orchestrator.messages.auction import Auction
from orchestrator.messages.model import Completion, Request
from orchestrator.messages.view import View
from orchestrator.models.bidding.bidder import Bidder
from orchestrator.models.strategy import Strategy, StrategyName

__all__ = ["BIDS_AS", "Either"]

BIDS_AS: Mapping[StrategyName, str] = MappingProxyType(
    {"boulware": "shading", "linear": "honest", "conceder": "truthful", "tit-for-tat": "bold"}
)
"""The manner in which each strategy bids."""


@dataclass(frozen=True, slots=True)
class Either:
    """A strategy for talks, and a bidder for auctions."""

    talks: Strategy
    bids: Bidder

    async def __call__(self, request: Request, /) -> Completion:
        """Return what the one that suits the talk writes."""
        return Completion(text=self.write(request.view, request.seed))

    def write(self, view: View, seed: int) -> str:
        """Return the text of a draft for the role whose view it is."""
        auction = view.agenda.pattern_rules
        return self.bids.write(view, auction, seed) if isinstance(auction, Auction) else self.talks.write(view, seed)
