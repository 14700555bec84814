"""How is something auctioned? Bids are proposals; code closes the bidding, computes the price and tables the award.

The award differs from the winner's own bid by its price at most, and then in the winner's favour, so the bid is the
winner's acceptance of it; the host accepted the rules by opening the auction. Only these two are bound. An award that
falls, because a limit or an approver speaks against it, passes the lot to the next best bid.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from orchestrator.engine.patterns.bidding import CLOSED, auction_of, award, is_closed, orders, standing
from orchestrator.engine.patterns.conduct import Conduct, Settling
from orchestrator.engine.patterns.making import placing, without
from orchestrator.engine.session import Session
from orchestrator.messages.auction import Auction
from orchestrator.messages.clearing import Clearing, called, clear, paid, received
from orchestrator.messages.event import Ended, Event, Fell, Reason
from orchestrator.messages.move import Fall, Move, Offer
from orchestrator.messages.negotiation import Role
from orchestrator.messages.orderbook import Trade, cross
from orchestrator.messages.step import Step, Stepped
from orchestrator.messages.terms import Choice, Number, Terms, exact
from orchestrator.messages.value import IssueName, OfferId, RoleName
from orchestrator.messages.view import View

__all__ = ["AUCTION"]

_UNSOLD = Ended(status="no_agreement", reason="unsold")


def _settles(session: Session) -> Settling | None:
    found = award(session)
    return None if found is None else Settling(offer=found)


def _binds(session: Session, offer: Offer) -> tuple[Role, ...]:
    """Return the two sides of the award: losers do not back it, and it binds them to nothing."""
    backers = session.backers_of(offer.id)
    return tuple(role for role in session.roles if role.name in backers)


def _reason(session: Session, offer: Offer) -> Reason:  # noqa: ARG001 - it is the same for every award
    return "award"


def _keeps(session: Session, role: RoleName, offer: Offer) -> bool:  # noqa: ARG001 - nobody rejects a bid
    return False


def _shows(session: Session, view: View) -> View:
    """Hide sealed bids until the bidding is closed, bidders' words from other bidders, and a reserve that is secret."""
    auction = auction_of(session)
    if auction.secret_reserve and view.role != auction.host:
        known = auction.model_copy(update={"reserve": None})
        view = replace(view, agenda=replace(view.agenda, pattern_rules=known))
    rivals = frozenset((*auction.bidders, *auction.sellers)) - {view.role}
    if auction.is_sealed and not is_closed(session, auction):
        return without(view, lambda move: move.sender in rivals)
    if view.role == auction.host or not any(move.sender in rivals and move.text for move in view.moves):
        return view
    return replace(view, moves=tuple(_silent(move) if move.sender in rivals else move for move in view.moves))


def _silent(move: Move) -> Move:
    """Return a move without its words: rivals who can't talk can't form a ring at this table."""
    if not move.text:
        return move
    changes = {"text": "", "withheld": True, "evidence": (), "tokens": 0, "cut": 0, "suspicion": None, "gist": None}
    return move.model_copy(update=changes)


def _due(session: Session) -> tuple[Event, ...]:
    auction = auction_of(session)
    if auction.form == "double":
        return _traded(session, auction)
    closed = is_closed(session, auction)
    bids = standing(session, auction)
    if closed or (auction.form == "descending" and bids):
        found = clear(auction, bids, session.settings.seed)
        return (*_closing(session), *(_awarded(session, auction, found) if found else (_UNSOLD,)))
    return _called(session, auction)


def _instead(session: Session, end: Ended) -> tuple[Event, ...]:
    """Close the bidding when the talk's time is up, instead of ending the talk with bids unheard."""
    if end.reason not in ("rounds", "seconds", "unchanged") or _has_closed(session):
        return ()
    return _closing(session)


def _has_closed(session: Session) -> bool:
    return session.course.step is not None and session.course.step.name == CLOSED


def _closing(session: Session) -> tuple[Event, ...]:
    if _has_closed(session):
        return ()
    bids = ", ".join(f"{order.role} {exact(order.price)}" for order in orders(session, auction_of(session)))
    says = f"bidding is closed; bids that stand: {bids or 'none'}"
    return (Stepped(step=Step(name=CLOSED, turn=session.turn, says=says)),)


def _called(session: Session, auction: Auction) -> tuple[Event, ...]:
    """Return the beginning of a round of bidding; in a descending auction with the price that its clock calls."""
    step = session.course.step
    if session.turn % len(session.roles) or (step is not None and step.turn == session.turn):
        return ()
    price = called(auction, session.round) if auction.form == "descending" else None
    if price is None:
        says = f"round {session.round} of bidding"
        return (Stepped(step=Step(name="bidding", turn=session.turn, number=session.round, says=says)),)
    says = f"the clock calls {exact(price)}"
    terms = (Number(issue=auction.price, value=price),)
    return (Stepped(step=Step(name="call", turn=session.turn, number=session.round, says=says, terms=terms)),)


def _awarded(session: Session, auction: Auction, found: Clearing) -> tuple[Event, ...]:
    offer = session.offer(found.bid.offer)
    if offer is None or auction.host is None:
        return (_UNSOLD,)
    terms = _priced(offer.terms, auction.price, found.price)
    backers = (auction.host, found.bid.role)
    return (_taken(session, offer), *placing(session, terms, backers, _says(auction, found)))


def _says(auction: Auction, found: Clearing) -> str:
    tied = f"; {' and '.join(found.tied)} bid the same" if found.tied else ""
    by = {"earliest": "the earliest bid", "lot": "the lot"}[auction.tie]
    how = f"{tied}, {by} decides" if tied else ""
    fees = ""
    if auction.commission:
        both = exact(paid(auction, found.price)), exact(received(auction, found.price))
        fees = f"; with commission {both[0]} is paid and {both[1]} received"
    return f"awarded to {found.bid.role} at {exact(found.price)}{how}{fees}"


def _traded(session: Session, auction: Auction) -> tuple[Event, ...]:
    """Return the trade of a double auction as soon as a buyer and a seller meet."""
    trade = cross(orders(session, auction))
    if trade is not None:
        return _met(session, auction, trade)
    if is_closed(session, auction):
        return (*_closing(session), _UNSOLD)
    return _called(session, auction)


def _met(session: Session, auction: Auction, trade: Trade) -> tuple[Event, ...]:
    both = tuple(offer for offer in session.offers if offer.sender in (trade.buyer, trade.seller))
    parties = ((auction.winner, trade.buyer), *(((auction.seller, trade.seller),) if auction.seller else ()))
    named = {issue: Choice(issue=issue, value=role) for issue, role in parties}
    bought = next(offer for offer in both if offer.sender == trade.buyer)
    known = {term.issue: term for term in _priced(bought.terms, auction.price, trade.price)} | named
    terms = tuple(known[issue.name] for issue in session.agenda.issues if issue.name in known)
    says = f"{trade.buyer} buys from {trade.seller} at {exact(trade.price)}"
    return (*(_taken(session, offer) for offer in both), *placing(session, terms, (trade.buyer, trade.seller), says))


def _priced(terms: Terms, price: IssueName, value: Decimal) -> Terms:
    return tuple(Number(issue=price, value=value) if term.issue == price else term for term in terms)


def _taken(session: Session, offer: Offer) -> Event:
    """Return the fall of a bid that becomes the award, so that it can't be awarded twice."""
    return Fell(fall=Fall(offer=OfferId(offer.id), sender=offer.sender, why="superseded", turn=session.turn))


AUCTION = Conduct(settles=_settles, binds=_binds, shows=_shows, falls=_keeps, due=_due, instead=_instead, reason=_reason)
