"""Bidders: models that bid in auctions, honestly or not, offline, and write drafts like any other model."""

from orchestrator.models.bidding.bidder import Bidder, make_bidder
from orchestrator.models.bidding.either import BIDS_AS, Either
from orchestrator.models.bidding.manners import MANNERS

__all__ = ["BIDS_AS", "MANNERS", "Bidder", "Either", "make_bidder"]
