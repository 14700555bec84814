"""Who completes the partial plans of a talk under constraints? One bounded search, for its guard and for its table."""

from __future__ import annotations

from guards.patterns.completable import can_be_completed
from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pattern import Constraint
from orchestrator.messages.view import Guard
from orchestrator.runtime.perform import Completer, Plan

__all__ = ["completer_for", "plan_guards"]


def plan_guards(negotiation: Negotiation) -> tuple[Guard, ...]:
    """Return the guard of partial plans, where the file says that the talk is about a plan."""
    if not isinstance(negotiation.pattern_rules, Constraint):
        return ()
    from orchestrator.analysis.completing import plan_search  # noqa: PLC0415 - only where it is used

    return (can_be_completed(plan_search(negotiation)),)


def completer_for(negotiation: Negotiation) -> Completer | None:
    """Return who completes partial offers at the table, where the file asks for it; the record keeps its answers.

    A plan keeps all policies and the mandate of the offer's sender, and knows nothing of the other roles' mandates. Only
    policies are named where there is none: what a sender's own limits rule out, its guard has told it alone.
    """
    rules = negotiation.pattern_rules
    if not isinstance(rules, Constraint) or not rules.complete:
        return None
    from orchestrator.analysis.completing import plan_search  # noqa: PLC0415 - only where it is used

    search = plan_search(negotiation)

    async def complete(offer: Offer) -> Plan:
        found = search(offer.sender, offer.terms)
        if found.answer == "possible":
            return Plan(terms=found.terms, says=f"completed inside all policies from {offer.id}")
        public = search(None, offer.terms)
        return Plan(rules=tuple(obstacle.rule.id for obstacle in public.obstacles if obstacle.rule))

    return complete
