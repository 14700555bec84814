"""How is a plan talked about? A partial proposal is completed, or refuted, by a solver before the next turn."""

from __future__ import annotations

from orchestrator.engine.patterns.conduct import Conduct, is_complete
from orchestrator.engine.session import Session
from orchestrator.messages.move import Offer
from orchestrator.messages.pattern import Constraint
from orchestrator.messages.step import TABLE

__all__ = ["CONSTRAINT"]


def _owes(session: Session) -> Offer | None:
    rules = session.agenda.pattern_rules
    if not isinstance(rules, Constraint) or not rules.complete or session.phase != "asking":
        return None
    answered = session.course.answered
    waiting = (offer for offer in session.offers if offer.sender != TABLE and offer.id not in answered)
    return next((offer for offer in waiting if not is_complete(session, offer)), None)


CONSTRAINT = Conduct(owes=_owes)
