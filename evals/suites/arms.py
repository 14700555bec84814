"""What is control worth? Six arms, each the rules of a negotiation with less or more of them in force."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

from guards.mandate import StaysInMandate, stays_in_mandate
from orchestrator.assembly import rules_for
from orchestrator.engine import Rules
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.gates import GateReading
from orchestrator.messages.negotiation import ChoiceIssue, Fallback, Mandate, Negotiation, NumberIssue, Role
from orchestrator.messages.terms import Terms
from orchestrator.messages.view import View

__all__ = ["ARMS", "Arm", "PriceGuard", "changed"]

_Without: TypeAlias = Callable[[Negotiation], Rules]
_NAME = re.compile(r"[a-z_]\w*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One way to control a talk."""

    says: str
    rules: _Without
    told: bool = True
    """Whether prompts state the rules."""
    repairs: int | None = None
    """How often a refused draft may be mended; None as the file says."""
    fallback: Fallback | None = None
    """What acts after the last refusal; None as the file says."""


@dataclass(frozen=True, slots=True)
class PriceGuard:
    """Keeps a sender to those of its own limits that are about figures, and asks about nothing else."""

    limits: StaysInMandate

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Judge the terms by the limits, whatever they are worth."""
        return self.limits(draft, replace(view, mandate=view.mandate.model_copy(update={"reserve": 0.0})))


def changed(arm: Arm, negotiation: Negotiation) -> Negotiation:
    """Return the negotiation as an arm has it: with its repairs and its fallback."""
    repairs = negotiation.stop.repairs if arm.repairs is None else arm.repairs
    roles = negotiation.roles
    if arm.fallback is not None:
        roles = tuple(role.model_copy(update={"fallback": arm.fallback}) for role in roles)
    stop = negotiation.stop.model_copy(update={"repairs": repairs})
    return negotiation.model_copy(update={"stop": stop, "roles": roles})


def _no_gates(terms: Terms, /) -> GateReading:  # noqa: ARG001 - the protocol's argument
    return GateReading(())


def _unguarded(negotiation: Negotiation) -> Rules:
    return replace(rules_for(negotiation), guards=(), gates=_no_gates, monitor=None)


def _priced(negotiation: Negotiation) -> Rules:
    figures = {issue.name for issue in negotiation.issues if isinstance(issue, NumberIssue)}
    figures |= {issue.name for issue in negotiation.issues if isinstance(issue, ChoiceIssue) and issue.numeric}
    roles = tuple(_with_limits_on(figures, role) for role in negotiation.roles)
    guard = PriceGuard(stays_in_mandate(negotiation.model_copy(update={"roles": roles})))
    return replace(_unguarded(negotiation), guards=(guard,))


def _with_limits_on(figures: Collection[str], role: Role) -> Role:
    limits = tuple(rule for rule in role.mandate.limits if any(name in figures for name in _NAME.findall(rule.rule)))
    return role.model_copy(update={"mandate": Mandate(limits=limits)})


ARMS: Mapping[str, Arm] = MappingProxyType(
    {
        "none": Arm(says="no control: whatever can be read is done", rules=_unguarded, told=False, repairs=0, fallback="hold"),
        "prompt": Arm(says="the rules stand in the prompts, and nowhere else", rules=_unguarded, repairs=0, fallback="hold"),
        "price": Arm(says="own limits on figures are checked, and nothing else", rules=_priced, repairs=0, fallback="hold"),
        "refuse": Arm(says="all guards; a refused draft loses its turn", rules=rules_for, repairs=0, fallback="hold"),
        "repair": Arm(says="all guards; a refused draft may be mended", rules=rules_for, fallback="hold"),
        "all": Arm(says="all guards, repair, then a strategy inside the mandate", rules=rules_for),
    }
)
"""By name, from none to all."""
