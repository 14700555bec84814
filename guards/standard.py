"""Which guards judge every draft? The standard set, made once for a negotiation, in a fixed order."""

from __future__ import annotations

from guards.agenthood import owns_up_to_be_an_agent
from guards.approval import claims_approvals_on_record
from guards.claims.grounded import words_are_grounded
from guards.guarantee import guarantees_nothing
from guards.injection import addresses_the_party
from guards.leak import keeps_secrets
from guards.mandate import stays_in_mandate
from guards.patterns.table import pattern_guards
from guards.policy import keeps_policies
from guards.pots import leaves_enough
from guards.quotes import waits_for_offers
from guards.reference import refers_to_what_stands
from guards.wording import keeps_to_words
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.view import Guard

__all__ = ["standard_guards"]


def standard_guards(negotiation: Negotiation) -> tuple[Guard, ...]:
    """Return the guards of a negotiation: those of the move first, then those of its words."""
    pots = leaves_enough(negotiation)
    return (
        refers_to_what_stands,
        keeps_policies(negotiation),
        stays_in_mandate(negotiation),
        *((waits_for_offers,) if negotiation.agreement.min_offers else ()),
        *((pots,) if pots else ()),
        *pattern_guards(negotiation),
        words_are_grounded(negotiation),
        claims_approvals_on_record(negotiation),
        guarantees_nothing(negotiation),
        keeps_secrets(negotiation),
        addresses_the_party(negotiation),
        keeps_to_words(negotiation),
        owns_up_to_be_an_agent,
    )
