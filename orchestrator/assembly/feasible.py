"""Who finds out whether there can be an agreement? Box search first, then the solver where the extra is installed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from time import monotonic
from typing import TYPE_CHECKING

from guards.cel import rule_book
from orchestrator.analysis.boxsearch import BoxSearch
from orchestrator.analysis.demands import Problem, problem_of
from orchestrator.analysis.tabulating import Runtime, tabulated
from orchestrator.analysis.verdict import Found, Oracle
from orchestrator.messages.negotiation import Negotiation, Rule
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import IssueName

if TYPE_CHECKING:
    from orchestrator.analysis.feasibility import Feasibility

__all__ = ["SECONDS", "Look", "examine_negotiation", "has_solver", "look_first", "oracle_for", "problem_for"]

SECONDS = 20.0
"""How long is looked for, before what is known then is told."""
_FIRST = 60
"""Parts of the space that are looked at before any library is loaded: enough for most files in which a deal is easy."""
_SHORT = 30
"""Parts looked at before each question to the solver: most questions about bounds are that easy."""
_LATER = 1_500
_SWEPT = 300_000
_QUICK = 3.0


@dataclass(frozen=True, slots=True)
class Look:
    """What was found before a talk."""

    known: Feasibility | None
    """None where an agreement was found at once."""
    by_solver: bool


def look_first(negotiation: Negotiation) -> Look:
    """Return what a first look tells; it is done in some milliseconds where there is room for a deal."""
    by_solver = has_solver()
    problem = problem_for(negotiation)
    if isinstance(BoxSearch(_FIRST)(problem), Found):
        return Look(None, by_solver)
    return Look(examine_negotiation(negotiation, SECONDS if by_solver else _QUICK), by_solver)


def examine_negotiation(negotiation: Negotiation, seconds: float = SECONDS) -> Feasibility:
    """Return whether there is an agreement inside all policies, limits and reserves, and what stands in the way."""
    from orchestrator.analysis.feasibility import examine  # noqa: PLC0415 - numpy, only where it is used

    end = monotonic() + seconds
    return examine(problem_for(negotiation), oracle_for(seconds), lambda: monotonic() < end)


def has_solver() -> bool:
    """Return whether the extra `solver` is installed."""
    return find_spec("z3") is not None


def problem_for(negotiation: Negotiation) -> Problem:
    """Return what an agreement must keep; rules that have no tree are read by the runtime of the guards."""
    return tabulated(problem_of(negotiation), _runtime(negotiation))


def oracle_for(seconds: float = SECONDS) -> Oracle:
    """Return who decides: a short search of boxes, then the solver, then a sweep of all outcomes or a long search."""
    from orchestrator.analysis.asking import SolverOracle, Stepwise  # noqa: PLC0415 - only where it is used
    from orchestrator.analysis.sweeping import Sweep  # noqa: PLC0415 - numpy, only where it is used
    from orchestrator.solving.smtlib import MILLIS, open_solver  # noqa: PLC0415 - an extra

    if not has_solver():
        return Stepwise((BoxSearch(_SHORT), Sweep(_SWEPT), BoxSearch(_LATER)))
    solver = SolverOracle(open_solver(min(MILLIS, max(1, int(seconds * 1_000)))))
    return Stepwise((BoxSearch(_SHORT), solver, Sweep(_SWEPT), BoxSearch(_LATER)))


def _runtime(negotiation: Negotiation) -> Runtime:
    def names(rule: Rule) -> frozenset[IssueName]:
        return frozenset(map(IssueName, rule_book(negotiation.issues, (rule,)).names))

    def holds(rule: Rule, terms: Terms) -> bool:
        (reading,) = rule_book(negotiation.issues, (rule,)).read(terms)
        return reading.answer == "holds"

    return Runtime(names, holds)
