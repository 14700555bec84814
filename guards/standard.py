"""Which guards judge every draft? The standard set, made once for a negotiation, in a fixed order."""

from __future__ import annotations

from guards.mandate import stays_in_mandate
from guards.policy import keeps_policies
from guards.reference import refers_to_what_stands
from guards.terms import words_equal_terms
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.view import Guard

__all__ = ["standard_guards"]


def standard_guards(negotiation: Negotiation) -> tuple[Guard, ...]:
    """Return the guards of a negotiation: reference, policy, mandate, terms."""
    return (
        refers_to_what_stands,
        keeps_policies(negotiation),
        stays_in_mandate(negotiation),
        words_equal_terms(negotiation),
    )
