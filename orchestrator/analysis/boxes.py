"""How do demands stand over a whole box of outcomes? Kept by all of them, by none, or perhaps by some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from orchestrator.analysis.demands import Demand, Kept, Problem, Reached
from orchestrator.analysis.ranges import Places, Range
from orchestrator.analysis.rule_spans import true_within
from orchestrator.messages.negotiation import ByOption, Worth
from orchestrator.messages.terms import RuleValue
from orchestrator.messages.utility import ROUNDING, worth
from orchestrator.messages.value import IssueName, RoleName

__all__ = ["Box", "Measures", "Reading", "whole_box"]

Box: TypeAlias = tuple[tuple[int, int], ...]
"""For each issue the first and the last place in the box."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the demands of a problem stand over a box."""

    answer: bool | None
    """Whether all are kept by every outcome (True), by none (False), or nobody knows."""
    open: tuple[Demand, ...] = ()
    """Those of which nobody knows."""
    broken: tuple[Demand, ...] = ()
    """Where the answer is no, demands that no outcome keeps."""


def whole_box(ranges: tuple[Range, ...]) -> Box:
    """Return the box of all outcomes."""
    return tuple((0, each.size - 1) for each in ranges)


@dataclass(frozen=True, slots=True)
class Measures:
    """Reads the demands of one problem over boxes; what it remembers are values at places."""

    problem: Problem
    _axes: Mapping[IssueName, int] = field(init=False, repr=False, compare=False)
    _needs_all: bool = field(init=False, repr=False, compare=False)
    _plains: dict[tuple[int, int], RuleValue] = field(
        default_factory=dict[tuple[int, int], RuleValue], repr=False, compare=False
    )
    _worths: dict[tuple[RoleName, IssueName, int], float] = field(
        default_factory=dict[tuple[RoleName, IssueName, int], float], repr=False, compare=False
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "_axes", {name: axis for axis, name in enumerate(self.problem.names)})
        object.__setattr__(self, "_needs_all", self.problem.quorum.needs_all)

    def axes(self, demand: Demand) -> tuple[int, ...]:
        """Return the numbers of the issues that a demand is about, in the order of the agenda."""
        return tuple(sorted(self._axes[name] for name in demand.issues if name in self._axes))

    def read(self, box: Box) -> Reading:
        """Return how all demands stand over a box."""
        standing = [(demand, self.stands(demand, box)) for demand in self.problem.demands]
        open_ = tuple(demand for demand, stands in standing if stands is None)
        broken = tuple(demand for demand, stands in standing if stands is False)
        fatal = tuple(demand for demand in broken if self.binds(demand))
        if fatal or not self._enough(broken):
            return Reading(answer=False, broken=fatal or broken)
        kept = not any(self.binds(demand) for demand in open_) and self._enough((*broken, *open_))
        return Reading(answer=True) if kept else Reading(answer=None, open=open_)

    def binds(self, demand: Demand) -> bool:
        """Return whether nothing can be agreed against this demand: with a quorum, some reserves need not be reached."""
        if isinstance(demand, Kept):
            return True
        return self._needs_all or demand.role in self.problem.quorum.always

    def stands(self, demand: Demand, box: Box) -> bool | None:
        """Return whether all outcomes of the box keep one demand, or none, or nobody knows."""
        if isinstance(demand, Kept):
            return true_within(demand.tree, {name: self._ends(self._axes[name], box) for name in demand.issues})
        low, high = self.utility_within(demand, box)
        least = demand.mandate.reserve - ROUNDING
        if low >= least:
            return True
        return False if high < least else None

    def utility_within(self, demand: Reached, box: Box) -> tuple[float, float]:
        """Return the least and the highest utility of a role in a box, at most."""
        low = high = 0.0
        for measure in demand.mandate.worths:
            ends = self._worth_within(demand.role, measure, box)
            low += measure.weight * ends[0]
            high += measure.weight * ends[1]
        return low, high

    def best(self, demand: Reached, box: Box) -> Places:
        """Return the outcome of a box that is worth most to a role; what it does not value is at its first place."""
        places = [low for low, _ in box]
        for measure in demand.mandate.worths:
            axis = self._axes[measure.issue]
            candidates = self._candidates(measure, box[axis])
            places[axis] = max(candidates, key=lambda place, of=measure: self._worth(demand.role, of, place))
        return tuple(places)

    def _enough(self, missing: tuple[Demand, ...]) -> bool:
        quorum = self.problem.quorum
        return quorum.is_enough(frozenset(quorum.roles) - {each.role for each in missing if isinstance(each, Reached)})

    def _worth_within(self, role: RoleName, measure: Worth, box: Box) -> tuple[float, float]:
        values = [self._worth(role, measure, place) for place in self._candidates(measure, box[self._axes[measure.issue]])]
        return min(values), max(values)

    def _candidates(self, measure: Worth, ends: tuple[int, int]) -> tuple[int, ...]:
        low, high = ends
        return tuple(range(low, high + 1)) if isinstance(measure, ByOption) else (low, high)

    def _worth(self, role: RoleName, measure: Worth, place: int) -> float:
        key = (role, measure.issue, place)
        known = self._worths.get(key)
        if known is None:
            known = worth(measure, self.problem.ranges[self._axes[measure.issue]].term(place))
            self._worths[key] = known
        return known

    def _ends(self, axis: int, box: Box) -> tuple[RuleValue, RuleValue]:
        low, high = box[axis]
        return self._plain(axis, low), self._plain(axis, high)

    def _plain(self, axis: int, place: int) -> RuleValue:
        known = self._plains.get((axis, place))
        if known is None:
            known = self.problem.ranges[axis].plain(place)
            self._plains[axis, place] = known
        return known
