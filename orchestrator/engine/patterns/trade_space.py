"""How are packages talked about? Side by side, or as one text that all improve in turn until nobody does."""

from __future__ import annotations

from orchestrator.engine.patterns.conduct import Conduct, Settling, is_complete
from orchestrator.engine.session import Session
from orchestrator.messages.event import Reason
from orchestrator.messages.move import Offer
from orchestrator.messages.pattern import TradeSpace
from orchestrator.messages.quorum import fells, suffices, voters
from orchestrator.messages.value import OfferId, RoleName

__all__ = ["TRADE_SPACE"]


def _settles(session: Session) -> Settling | None:
    """Return the first offer that is backed; where there is one text, only after a round in which nobody improved it."""
    least = len(session.roles) if _has_one_text(session) else 0
    for offer in session.offers:
        is_old = session.turn - offer.turn >= least
        if is_old and is_complete(session, offer) and suffices(session.agenda, None, session.backers_of(offer.id)):
            return Settling(offer=offer)
    return None


def _replaces(session: Session, role: RoleName) -> tuple[OfferId, ...]:
    return tuple(offer.id for offer in session.offers if offer.sender == role or _has_one_text(session))


def _falls(session: Session, role: RoleName, offer: Offer) -> bool:  # noqa: ARG001 - one question for all patterns
    return fells(session.agenda, role)


def _reason(session: Session, offer: Offer) -> Reason:
    backers = set(session.backers_of(offer.id))
    return "all" if backers.issuperset(voters(session.agenda)) else "quorum"


def _has_one_text(session: Session) -> bool:
    rules = session.agenda.pattern_rules
    return isinstance(rules, TradeSpace) and rules.single_text


TRADE_SPACE = Conduct(settles=_settles, replaces=_replaces, falls=_falls, reason=_reason)
