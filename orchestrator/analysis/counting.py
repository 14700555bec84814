"""How many outcomes keep all demands? Exactly, where issues fall into groups small enough to sweep; else from draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod, sqrt
from typing import Literal

import numpy as np

from orchestrator.analysis.demands import Kept, Problem, Reached
from orchestrator.analysis.ranges import Places, Range, size_of
from orchestrator.analysis.rule_array import where_true
from orchestrator.analysis.sweeping import column, enough, kept_within, worths_along
from orchestrator.messages.value import IssueName

__all__ = ["Count", "count"]

_MOST_SWEPT = 2_000_000
"""Outcomes of one group of issues that are looked at one by one."""
_LONGEST = 200_000
"""Issues of more values are neither swept nor drawn from."""
_DRAWS = 100_000
_SEED = 20_260_101
_Z = 1.96
"""For 95 of 100."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many outcomes keep all demands that can be expressed."""

    kind: Literal["exact", "estimate", "at most"]
    number: int
    low: int
    high: int
    """With `low`, where the number is in 95 of 100 such estimates."""
    outcomes: int
    """All that there are."""


def count(problem: Problem) -> Count:
    """Count the outcomes that keep all demands of a problem which can be kept."""
    outcomes = size_of(problem.ranges)
    parts = [_counted(group) for group in _groups(problem)]
    low, number, high = (prod(part[at] for part in parts) for at in range(3))
    if low == high:
        return Count("exact", number, number, number, outcomes)
    return Count("estimate" if number else "at most", number or high, low, high, outcomes)


def _counted(problem: Problem) -> tuple[int, int, int]:
    """Return the least, the likeliest and the greatest number of outcomes of a group."""
    size = size_of(problem.ranges)
    if not problem.demands:
        return size, size, size
    if any(each.size > _LONGEST for each in problem.ranges):
        return 0, 0, size
    allowed = tuple(_allowed(problem, each) for each in problem.ranges)
    if prod(map(len, allowed)) > _MOST_SWEPT:
        return _drawn(problem, allowed)
    kept = kept_within(problem, allowed)
    free = prod(len(places) for places, length in zip(allowed, kept.shape, strict=True) if length == 1)
    number = int(np.count_nonzero(kept)) * free
    return number, number, number


def _drawn(problem: Problem, allowed: tuple[Places, ...]) -> tuple[int, int, int]:
    """Estimate from draws among the values that keep the rules about one issue."""
    size = prod(map(len, allowed))
    draw = np.random.default_rng(_SEED)
    picks = {
        name: np.asarray(places, dtype=np.int64)[draw.integers(0, len(places), _DRAWS)]
        for name, places in zip(problem.names, allowed, strict=True)
    }
    columns = {each.issue.name: column(each)[picks[each.issue.name]] for each in problem.ranges}
    kept = np.ones(_DRAWS, dtype=np.bool_)
    for demand in problem.demands:
        if isinstance(demand, Kept):
            kept = np.logical_and(kept, where_true(demand.tree, columns))
    worths = {
        demand.role: {name: worths_along(problem, demand, name)[picks[name]] for name in demand.issues}
        for demand in problem.demands
        if isinstance(demand, Reached)
    }
    hits = int(np.count_nonzero(np.logical_and(kept, enough(problem, worths))))
    low, high = _interval(hits)
    return int(low * size), round(hits / _DRAWS * size), min(size, int(high * size) + 1)


def _interval(hits: int) -> tuple[float, float]:
    """Return Wilson's interval for a share of the draws."""
    share, square = hits / _DRAWS, _Z * _Z / _DRAWS
    middle = share + square / 2
    reach = _Z * sqrt(share * (1 - share) / _DRAWS + square / (4 * _DRAWS))
    return max(0.0, (middle - reach) / (1 + square)), min(1.0, (middle + reach) / (1 + square))


def _allowed(problem: Problem, each: Range) -> Places:
    """Return the places of an issue that keep all rules about it alone."""
    own = tuple(
        demand for demand in problem.demands if isinstance(demand, Kept) and demand.issues == frozenset({each.issue.name})
    )
    alone = replace(problem, ranges=(each,), demands=own)
    kept = np.broadcast_to(kept_within(alone), (each.size,))
    return tuple(np.flatnonzero(kept).tolist())


def _groups(problem: Problem) -> Iterator[Problem]:
    """Yield the issues that demands tie together, with these demands, as problems of their own."""
    bare = tuple(demand for demand in problem.demands if not demand.issues)
    if bare:
        yield replace(problem, ranges=(), demands=bare)
    ties = _ties(problem)
    left = list(problem.ranges)
    while left:
        names = _tied(ties, left[0].issue.name)
        ranges = tuple(each for each in problem.ranges if each.issue.name in names)
        demands = tuple(demand for demand in problem.demands if demand.issues & names)
        left = [each for each in left if each.issue.name not in names]
        yield replace(problem, ranges=ranges, demands=demands)


def _ties(problem: Problem) -> tuple[frozenset[IssueName], ...]:
    """Return sets of issues that cannot be counted apart: with a quorum, all reserves that others may make up for are one."""
    quorum = problem.quorum
    loose = [
        demand
        for demand in problem.demands
        if isinstance(demand, Reached) and not quorum.needs_all and demand.role not in quorum.always
    ]
    single = (demand.issues for demand in problem.demands if demand not in loose)
    return (*single, frozenset[IssueName]().union(*(demand.issues for demand in loose)))


def _tied(ties: tuple[frozenset[IssueName], ...], name: IssueName) -> frozenset[IssueName]:
    names: frozenset[IssueName] = frozenset({name})
    while True:
        wider = names.union(*(tie for tie in ties if tie & names))
        if wider == names:
            return names
        names = wider
