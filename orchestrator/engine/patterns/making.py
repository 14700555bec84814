"""How does code make an offer, or hide one? What the rules of several patterns need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from orchestrator.engine.session import Session
from orchestrator.messages.event import Event, Fell
from orchestrator.messages.move import Fall, Move, Offer
from orchestrator.messages.step import TABLE, Placed
from orchestrator.messages.terms import Terms, digest_of_terms
from orchestrator.messages.value import OfferId, RoleName
from orchestrator.messages.view import View

__all__ = ["placing", "without"]


def placing(
    session: Session, terms: Terms, backers: tuple[RoleName, ...], says: str, *, of: OfferId | None = None
) -> tuple[Event, ...]:
    """Return the events by which code puts an offer on the table, in the place of the one that it put there before."""
    offer = Offer(
        id=OfferId(f"t{session.course.placed + 1}-{session.id[-4:]}"),
        sender=TABLE,
        terms=terms,
        digest=digest_of_terms(terms),
        turn=session.turn,
        falls=session.turn + session.stop.offer_ttl_rounds * len(session.roles),
    )
    before = tuple(
        Fell(fall=Fall(offer=old.id, sender=TABLE, why="superseded", turn=session.turn))
        for old in session.offers
        if old.sender == TABLE
    )
    return (*before, Placed(offer=offer, backers=backers, says=says, of=of))


def without(view: View, is_hidden: Callable[[Move], bool]) -> View:
    """Return the view without some moves, the offers that they made, and everything that refers to them."""
    kept = [place for place, move in enumerate(view.moves) if not is_hidden(move)]
    hidden = {move.id for move in view.moves if is_hidden(move)}
    if not hidden:
        return view
    return replace(
        view,
        moves=tuple(view.moves[place] for place in kept),
        entries=tuple(view.entries[place] for place in kept if place < len(view.entries)),
        offers=tuple(offer for offer in view.offers if offer.id not in hidden),
        backing=tuple(backing for backing in view.backing if backing.offer not in hidden),
        falls=tuple(fall for fall in view.falls if fall.offer not in hidden),
        rulings=tuple(ruling for ruling in view.rulings if ruling.offer not in hidden),
    )
