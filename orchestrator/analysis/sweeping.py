"""Which of all outcomes keep the demands? Each demand reckoned at once over the issues that it is about, with doubles.

An issue has an axis of its own, as long as its range, so a demand about two issues costs as much as these two have
values. Sums are made in the order in which the guards make them, so that the answer is theirs to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from orchestrator.analysis.demands import Kept, Problem, Reached, is_kept
from orchestrator.analysis.ranges import Places, Range, size_of
from orchestrator.analysis.rule_array import Column, Truths, where_true
from orchestrator.analysis.verdict import Found, Impossible, Undecided, Verdict
from orchestrator.messages.utility import ROUNDING, worth
from orchestrator.messages.value import IssueName, RoleName

__all__ = ["Sweep", "column", "enough", "kept_within", "reached_within", "worths_along"]

_Figures: TypeAlias = NDArray[np.float64]
_Values = TypeVar("_Values", Column, NDArray[np.float64])
_MOST_JUDGED = 2_000
"""Outcomes whose rules without a tree are read, one by one, before giving up."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """An oracle that looks at all outcomes, where there are no more than so many."""

    most: int

    def __call__(self, problem: Problem, /) -> Verdict:
        """Return the first outcome that keeps all demands; undecided where there are too many outcomes."""
        size = size_of(problem.ranges)
        if size > self.most:
            return Undecided(f"{size:,} outcomes are too many to look at one by one")
        shape = tuple(each.size for each in problem.ranges)
        good = np.flatnonzero(np.broadcast_to(kept_within(problem), shape))
        for flat in good[:_MOST_JUDGED].tolist():
            places = _unravelled(flat, shape)
            if is_kept(problem, problem.terms(places)):
                return Found(places)
        return Impossible(problem.demands) if not good.size else Undecided("rules that cannot be expressed are in the way")


def kept_within(problem: Problem, among: tuple[Places, ...] | None = None) -> Truths:
    """Return where all demands are kept, with an axis for each issue, of length 1 where nothing depends on it.

    With `among`, only those places of each issue are looked at.
    """
    names = problem.names
    picked = {
        each.issue.name: np.arange(each.size) if among is None else np.asarray(among[axis], dtype=np.int64)
        for axis, each in enumerate(problem.ranges)
    }

    def along(name: IssueName, values: _Values) -> _Values:
        shape = tuple(-1 if name == other else 1 for other in names)
        return values[picked[name]].reshape(shape)

    columns = {each.issue.name: along(each.issue.name, column(each)) for each in problem.ranges}
    rules = (where_true(demand.tree, columns) for demand in problem.demands if isinstance(demand, Kept))
    start = np.ones((1,) * len(names), dtype=np.bool_)
    worths = {
        demand.role: {name: along(name, worths_along(problem, demand, name)) for name in demand.issues}
        for demand in problem.demands
        if isinstance(demand, Reached)
    }
    return np.logical_and(reduce(np.logical_and, rules, start), enough(problem, worths))


def enough(problem: Problem, worths: Mapping[RoleName, Mapping[IssueName, _Figures]]) -> Truths:
    """Return where enough roles reach their reserves."""
    quorum = problem.quorum
    reserves = {demand.role: demand for demand in problem.demands if isinstance(demand, Reached)}
    reached = {role: reached_within(demand, worths[role]) for role, demand in reserves.items()}
    everyone = reduce(np.logical_and, (reached[role] for role in reached if role in quorum.always), np.asarray(a=True))
    if quorum.needs_all:
        return reduce(np.logical_and, reached.values(), everyone)
    weights = dict(zip(quorum.roles, quorum.weights, strict=True))
    others = np.asarray(sum(weight for role, weight in weights.items() if role not in reached))
    votes = sum((each.astype(np.int64) * weights[role] for role, each in reached.items()), others)
    return np.logical_and(everyone, np.greater_equal(votes, quorum.needed))


def reached_within(demand: Reached, worths: Mapping[IssueName, _Figures]) -> Truths:
    """Return where a reserve is reached, from what each value adds to the utility."""
    total: _Figures = np.zeros(())
    for measure in demand.mandate.worths:
        total = np.add(total, worths[measure.issue])
    return np.greater_equal(total, demand.mandate.reserve - ROUNDING)


def worths_along(problem: Problem, demand: Reached, name: IssueName) -> _Figures:
    """Return what each value of an issue adds to the utility of a role."""
    each = problem.ranges[problem.names.index(name)]
    measure = next(measure for measure in demand.mandate.worths if measure.issue == name)
    return np.asarray([measure.weight * worth(measure, each.term(place)) for place in range(each.size)])


def column(each: Range) -> Column:
    """Return all values of an issue as rules take them."""
    return np.asarray([each.plain(place) for place in range(each.size)])


def _unravelled(flat: int, shape: tuple[int, ...]) -> Places:
    places: list[int] = []
    for length in reversed(shape):
        flat, place = divmod(flat, length)
        places.append(place)
    return tuple(reversed(places))
