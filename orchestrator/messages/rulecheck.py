"""What is wrong with a rule, before anybody negotiates under it? Mistakes, and the port of what finds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.value import RoleName

__all__ = ["RuleCheck", "RuleMistake"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMistake:
    """A rule that does not compile, names no issue, or can never be decided."""

    where: Literal["policies", "limits", "gates", "budgets", "triggers"]
    """`budgets` for the amount that is taken of the pot `id`."""
    role: RoleName | None
    """Whose limit it is."""
    id: str
    problem: str
    expected: str = ""


RuleCheck: TypeAlias = Callable[[Negotiation], tuple[RuleMistake, ...]]
