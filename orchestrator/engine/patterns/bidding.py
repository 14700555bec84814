"""What was bid, and is the bidding closed? Read from the moves of a session."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.engine.session import Session
from orchestrator.messages.auction import Auction
from orchestrator.messages.clearing import Bid, called
from orchestrator.messages.move import Move, Offer
from orchestrator.messages.orderbook import Order
from orchestrator.messages.step import TABLE
from orchestrator.messages.terms import Number
from orchestrator.messages.value import RoleName

__all__ = ["CLOSED", "auction_of", "award", "is_closed", "is_sealed", "orders", "standing"]

CLOSED = "closed"
"""The step of an auction after its bidding."""


def auction_of(session: Session) -> Auction:
    """Return the rules of the session's auction."""
    rules = session.agenda.pattern_rules
    if not isinstance(rules, Auction):
        raise TypeError(session.id)
    return rules


def standing(session: Session, auction: Auction) -> tuple[Bid, ...]:
    """Return the bids that stand, oldest first."""
    bids = (_bid(offer, auction) for offer in session.offers if offer.sender in auction.bidders)
    return tuple(bid for bid in bids if bid)


def orders(session: Session, auction: Auction) -> tuple[Order, ...]:
    """Return the orders that stand in a double auction."""
    return tuple(
        Order(role=bid.role, side="buy" if bid.role in auction.bidders else "sell", price=bid.price, place=bid.place)
        for offer in session.offers
        if offer.sender in auction.parties and (bid := _bid(offer, auction))
    )


def award(session: Session) -> Offer | None:
    """Return the award that stands, if any."""
    return next((offer for offer in session.offers if offer.sender == TABLE), None)


def is_closed(session: Session, auction: Auction) -> bool:
    """Return whether no more may be bid. Rounds count when they are over, so that each bidder has had its turn in the last."""
    if session.course.step is not None and session.course.step.name == CLOSED:
        return True
    if session.turn % len(session.roles):
        return False
    over = session.turn // len(session.roles)
    if auction.form == "descending":
        return called(auction, over + 1) is None
    last = 0
    closing = auction.rounds
    for move in _bids(session, auction):
        last = move.round
        if last > closing - auction.soft_close:
            closing = last + auction.soft_close
    is_quiet = auction.form == "ascending" and bool(auction.quiet) and over - last >= auction.quiet
    return is_quiet or over >= min(closing, session.stop.rounds)


def is_sealed(session: Session, sender: RoleName) -> bool:
    """Return whether what this role says and bids is hidden from all others now."""
    auction = session.agenda.pattern_rules
    return isinstance(auction, Auction) and auction.is_sealed and sender in auction.bidders and not is_closed(session, auction)


def _bids(session: Session, auction: Auction) -> Iterator[Move]:
    return (move for move in session.moves if move.act == "propose" and move.sender in auction.parties)


def _bid(offer: Offer, auction: Auction) -> Bid | None:
    for term in offer.terms:
        if term.issue == auction.price and isinstance(term, Number):
            return Bid(role=offer.sender, price=term.value, place=offer.turn, offer=offer.id)
    return None
