"""Can a partial plan be completed? What a search found, and the port of whoever searches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from orchestrator.messages.negotiation import Rule
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import RoleName

__all__ = ["Completing", "Completion", "Obstacle"]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rule, or the reserve of the role that asks, that takes part in a contradiction."""

    kind: Literal["policy", "limit", "reserve"]
    rule: Rule | None = None
    """None for the reserve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What becomes of partial terms."""

    answer: Literal["possible", "impossible", "undecided"]
    terms: Terms = ()
    """Where it is possible: the terms, and a value for every other issue."""
    obstacles: tuple[Obstacle, ...] = ()
    """Where it is impossible: a set that contradicts the terms, from which no member can be left out."""
    why: str = ""
    """Where it is undecided."""


class Completing(Protocol):
    """Look for a whole plan. Pure and bounded: equal terms get equal answers, everywhere and always."""

    def __call__(self, role: RoleName | None, terms: Terms, /) -> Completion:
        """Return whether the terms can be completed inside all policies and, where a role asks, its own mandate."""
        ...
