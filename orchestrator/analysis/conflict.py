"""Which demands contradict each other? The fewest that cannot be kept together, and the fewest to give up for a deal.

Every set of demands to give up must hit every contradiction, so a smallest set that hits all ways out that are known is
either a contradiction itself, then a smallest one, or can be kept, which shows another way out (implicit hitting sets).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from orchestrator.analysis.demands import Demand, Kept, Problem, Reached, failing, without
from orchestrator.analysis.verdict import Found, Impossible, Oracle, Undecided

__all__ = ["Conflict", "Patience", "find_conflict", "is_minimal"]

Patience: TypeAlias = Callable[[], bool]
"""Whether there is time for another question."""

_MOST_WAYS = 200
_LARGEST = 6
"""Contradictions of more demands are made minimal, but no smaller one is looked for."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands that cannot be kept together."""

    demands: tuple[Demand, ...]
    """In the order of the file."""
    minimal: bool
    """Whether any one of them given up lets the others be kept."""
    smallest: bool
    """Whether no contradiction has fewer members."""
    ways_out: tuple[tuple[Demand, ...], ...] = ()
    """Sets of demands without which all others can be kept, as they were met; the smallest first."""


def find_conflict(problem: Problem, among: tuple[Demand, ...], oracle: Oracle, patience: Patience) -> Conflict:
    """Return a smallest contradiction among demands that cannot be kept together, or as small a one as time allows."""
    core, minimal = _deleted(problem, among, oracle, patience)
    ways: list[frozenset[Demand]] = []
    while minimal and patience() and len(ways) < _MOST_WAYS:
        guess = _smallest_hit(problem.demands, ways, min(_LARGEST, len(core)))
        if guess is None:
            break
        verdict = oracle(_only(problem, guess))
        if isinstance(verdict, Impossible):
            return _conflict(problem, guess, ways, minimal=True, smallest=True)
        if isinstance(verdict, Undecided):
            break
        ways.append(_way_out(problem, guess, verdict, oracle, patience))
    else:
        return _conflict(problem, core, ways, minimal=minimal, smallest=False)
    return _conflict(problem, core, ways, minimal=minimal, smallest=minimal and len(core) == 1)


def is_minimal(problem: Problem, demands: tuple[Demand, ...], oracle: Oracle) -> bool:
    """Return whether the demands contradict each other, and no longer do without any one of them."""
    if not isinstance(oracle(_only(problem, demands)), Impossible):
        return False
    rest = (tuple(other for other in demands if other != demand) for demand in demands)
    return all(isinstance(oracle(_only(problem, others)), Found) for others in rest)


def _deleted(
    problem: Problem, among: tuple[Demand, ...], oracle: Oracle, patience: Patience
) -> tuple[tuple[Demand, ...], bool]:
    """Return a contradiction from which no member can be left out, and whether that is known of all of them."""
    core = among
    sure = True
    for demand in reversed(among):
        if demand not in core:
            continue
        if not patience():
            return core, False
        verdict = oracle(_only(problem, tuple(other for other in core if other != demand)))
        if isinstance(verdict, Impossible):
            core = verdict.among
        sure = sure and not isinstance(verdict, Undecided)
    return core, sure


def _smallest_hit(demands: tuple[Demand, ...], ways: list[frozenset[Demand]], largest: int) -> tuple[Demand, ...] | None:
    """Return the first smallest set with a member of every way out."""
    candidates = [demand for demand in demands if any(demand in way for way in ways)]
    sizes = range(min(largest, len(candidates)) + 1)
    sets = (chosen for size in sizes for chosen in combinations(candidates, size))
    return next((chosen for chosen in sets if all(not way.isdisjoint(chosen) for way in ways)), None)


def _way_out(problem: Problem, kept: tuple[Demand, ...], found: Found, oracle: Oracle, patience: Patience) -> frozenset[Demand]:
    """Return demands without which all others can be kept, none of which could be kept too."""
    lost = _lost(problem, found)
    for demand in problem.demands:
        if demand not in lost or demand in kept or not patience():
            continue
        verdict = oracle(_only(problem, tuple(each for each in problem.demands if each not in lost or each == demand)))
        if isinstance(verdict, Found):
            lost = _lost(problem, verdict)
    return lost


def _lost(problem: Problem, found: Found) -> frozenset[Demand]:
    """Return what must be given up for an outcome: the rules that it breaks, and reserves as far as a quorum misses them."""
    failed = failing(problem, problem.terms(found.places))
    lost: list[Demand] = [demand for demand in failed if isinstance(demand, Kept)]
    reserves = [demand for demand in failed if isinstance(demand, Reached)]
    backing = frozenset(problem.quorum.roles) - {demand.role for demand in reserves}
    for demand in sorted(reserves, key=lambda each: each.role not in problem.quorum.always):
        if not problem.quorum.is_enough(backing):
            lost.append(demand)
            backing |= {demand.role}
    return frozenset(lost)


def _only(problem: Problem, demands: tuple[Demand, ...]) -> Problem:
    return without(problem, frozenset(problem.demands) - frozenset(demands))


def _conflict(
    problem: Problem, members: tuple[Demand, ...], ways: list[frozenset[Demand]], *, minimal: bool, smallest: bool
) -> Conflict:
    ordered = tuple(demand for demand in problem.demands if demand in members)
    listed = {tuple(demand for demand in problem.demands if demand in way) for way in ways}
    place = {demand: at for at, demand in enumerate(problem.demands)}
    ways_out = tuple(sorted(listed, key=lambda way: (len(way), [place[demand] for demand in way])))
    return Conflict(ordered, minimal, smallest, ways_out)
