"""What is legal now, under the pattern of the talk? The guards of its settings; a talk without any has none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from guards.patterns.auction import bids_by_the_rules
from guards.patterns.coalition import keeps_to_the_ladder
from guards.patterns.concession import goes_not_back
from guards.patterns.trade_space import keeps_to_packages
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.view import Guard

__all__ = ["PATTERN_GUARDS", "pattern_guards"]

PATTERN_GUARDS: Mapping[str, Callable[[Negotiation], Guard]] = MappingProxyType(
    {
        "auction": bids_by_the_rules,
        "coalition": keeps_to_the_ladder,
        "concession": goes_not_back,
        "trade_space": keeps_to_packages,
    }
)
"""By the kind of the settings. Rules of turns judge drafts only, never an agreement: see `View.on_agreement`."""


def pattern_guards(negotiation: Negotiation) -> tuple[Guard, ...]:
    """Return the guards that the pattern of a negotiation adds."""
    rules = negotiation.pattern_rules
    if rules is None or rules.kind not in PATTERN_GUARDS:
        return ()
    return (PATTERN_GUARDS[rules.kind](negotiation),)
