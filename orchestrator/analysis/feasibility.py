"""Is there any agreement at all? Yes with an example and a count, or no with the contradiction and what would open a deal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from orchestrator.analysis.conflict import Conflict, Patience, find_conflict
from orchestrator.analysis.counting import Count, count
from orchestrator.analysis.demands import Beyond, Demand, Problem
from orchestrator.analysis.ranges import Places, size_of
from orchestrator.analysis.relaxing import Relaxation, relaxations
from orchestrator.analysis.verdict import Found, Impossible, Oracle

__all__ = ["Feasibility", "examine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feasibility:
    """What is known about the agreements of a negotiation."""

    problem: Problem
    answer: Literal["feasible", "hopeless", "undecided"]
    outcomes: int
    """All that there are, before any rule."""
    example: Places | None = None
    """An outcome that keeps everything."""
    count: Count | None = None
    conflict: Conflict | None = None
    relaxations: tuple[Relaxation, ...] = ()
    """Each opens a deal by itself."""
    together: tuple[Demand, ...] = ()
    """Where none does: demands that must all give way for a deal, as few as were found."""
    beyond: tuple[Beyond, ...] = ()
    """Rules that have no tree; an example keeps them all the same."""
    why: str = ""
    """Why it is undecided."""
    is_whole: bool = True
    """Whether time sufficed for everything that was looked for."""


def examine(problem: Problem, oracle: Oracle, patience: Patience) -> Feasibility:
    """Return whether there is an agreement, and why, as far as the oracle decides and patience lasts."""
    outcomes = size_of(problem.ranges)
    verdict = oracle(problem)
    if isinstance(verdict, Found):
        return Feasibility(
            problem=problem,
            answer="feasible",
            outcomes=outcomes,
            example=verdict.places,
            count=count(problem),
            beyond=problem.beyond,
        )
    if isinstance(verdict, Impossible):
        return _hopeless(replace(problem, also=None), verdict, oracle, patience)
    return Feasibility(problem=problem, answer="undecided", outcomes=outcomes, beyond=problem.beyond, why=verdict.why)


def _hopeless(problem: Problem, verdict: Impossible, oracle: Oracle, patience: Patience) -> Feasibility:
    conflict = find_conflict(problem, verdict.among, oracle, patience)
    eased = tuple(each for demand in conflict.demands if patience() for each in relaxations(problem, demand, oracle, patience))
    return Feasibility(
        problem=problem,
        answer="hopeless",
        outcomes=size_of(problem.ranges),
        conflict=conflict,
        relaxations=eased,
        together=() if eased or not conflict.ways_out else conflict.ways_out[0],
        beyond=problem.beyond,
        is_whole=patience(),
    )
