"""How much backing does an offer have, and how much does it need now? What the engine, guards and strategies ask alike."""

from __future__ import annotations

from collections.abc import Iterable

from orchestrator.messages.pattern import Coalition, TradeSpace
from orchestrator.messages.step import Step
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import Agenda, View

__all__ = ["backed", "fells", "is_asked_to_yield", "needed", "suffices", "voters"]


def voters(agenda: Agenda) -> tuple[RoleName, ...]:
    """Return the roles whose backing counts: all but a mediator."""
    rules = agenda.pattern_rules
    mediator = rules.mediator if isinstance(rules, TradeSpace) else None
    return tuple(role for role in agenda.roles if role != mediator)


def backed(agenda: Agenda, backers: Iterable[RoleName]) -> int:
    """Return how much these roles count together."""
    rules = agenda.pattern_rules
    counted = set(backers).intersection(voters(agenda))
    return sum(rules.weight(role) for role in counted) if isinstance(rules, Coalition) else len(counted)


def needed(agenda: Agenda, step: Step | None) -> int:
    """Return how much an offer needs now: what the last step of a ladder says, or the file's agreement."""
    if step is not None and step.needs:
        return step.needs
    agreement = agenda.agreement
    if agreement.needs == "all" or agreement.quorum is None:
        return backed(agenda, agenda.roles)
    return max(1, agreement.quorum)


def suffices(agenda: Agenda, step: Step | None, backers: tuple[RoleName, ...]) -> bool:
    """Return whether these backers settle an offer: enough of them, with everyone who always must."""
    agreement = agenda.agreement
    has_all = agreement.needs == "all" or set(agreement.always) <= set(backers)
    return has_all and backed(agenda, backers) >= needed(agenda, step)


def fells(agenda: Agenda, role: RoleName) -> bool:
    """Return whether an offer falls when this role rejects it."""
    rules = agenda.pattern_rules
    if isinstance(rules, TradeSpace):
        return not rules.single_text
    return not (isinstance(rules, Coalition) and rules.vetoes) or role in rules.vetoes


def is_asked_to_yield(view: View) -> bool:
    """Return whether this is the role's first turn since a ladder asked it for a concession."""
    step, roles = view.step, view.agenda.roles
    if step is None or step.name != "concede" or step.role != view.role:
        return False
    return view.turn == step.turn + (roles.index(view.role) - step.turn) % len(roles)
