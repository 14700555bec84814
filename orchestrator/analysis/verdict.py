"""Can all demands be kept at once? The answer, and the port of whoever finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from orchestrator.analysis.demands import Demand, Problem
from orchestrator.analysis.ranges import Places

__all__ = ["Found", "Impossible", "Oracle", "Undecided", "Verdict"]


@dataclass(frozen=True, slots=True)
class Found:
    """Yes: this outcome keeps them all."""

    places: Places


@dataclass(frozen=True, slots=True)
class Impossible:
    """No, and already these demands cannot be kept together; they need not be the fewest."""

    among: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """Nobody knows, for this reason: undecided is neither yes nor no."""

    why: str


Verdict: TypeAlias = Found | Impossible | Undecided


class Oracle(Protocol):
    """Decide problems. Equal problems get equal verdicts, unless time runs out."""

    def __call__(self, problem: Problem, /) -> Verdict:
        """Return whether an outcome keeps all demands of the problem."""
        ...
