"""Is there an outcome in a box that keeps all demands? Halved until each part is known, or too many were looked at.

Depth first: a part that no outcome keeps is dropped, one that all keep is an answer. Before a part is halved it is
narrowed: a half of an issue's values that breaks a demand for certain is cut off. Equal problems give equal answers
everywhere, because the bound is a number of parts and not a time.
"""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.analysis.boxes import Box, Measures, whole_box
from orchestrator.analysis.demands import Demand, Problem, Reached, is_kept
from orchestrator.analysis.ranges import Places
from orchestrator.analysis.verdict import Found, Impossible, Undecided, Verdict

__all__ = ["BoxSearch", "search_box"]

_FEW = 4
"""Issues of so few values are split first: flags and options decide which rules matter."""


@dataclass(frozen=True, slots=True)
class BoxSearch:
    """An oracle that looks at no more than so many parts."""

    most: int

    def __call__(self, problem: Problem, /) -> Verdict:
        """Return whether an outcome keeps all demands, undecided where the parts did not suffice."""
        return search_box(problem, whole_box(problem.ranges), self.most)


def search_box(problem: Problem, box: Box, most: int, favoured: Reached | None = None) -> Verdict:
    """Search a box; among outcomes of a part that all keep the demands, take the best for the favoured."""
    measures = Measures(problem)
    parts = [box]
    blamed: set[Demand] = set()
    is_lost = False
    for _ in range(most):
        if not parts and is_lost:
            return Undecided("rules that cannot be expressed are in the way")
        if not parts:
            return Impossible(tuple(demand for demand in problem.demands if demand in blamed))
        part = _narrowed(measures, parts.pop(), blamed)
        if part is None:
            continue
        reading = measures.read(part)
        if reading.answer is True and is_kept(problem, problem.terms(picked := _picked(measures, part, favoured))):
            return Found(picked)
        if reading.answer is False:
            blamed.update(reading.broken)
            continue
        if all(low == high for low, high in part):
            if reading.answer is None and is_kept(problem, problem.terms(tuple(low for low, _ in part))):
                return Found(tuple(low for low, _ in part))
            is_lost = is_lost or reading.answer is True
            blamed.update(reading.open)
            continue
        parts.extend(_halves(measures, part, reading.open))
    return Undecided(f"looked at {most} parts of the space")


def _picked(measures: Measures, box: Box, favoured: Reached | None) -> Places:
    return measures.best(favoured, box) if favoured else tuple(low for low, _ in box)


def _narrowed(measures: Measures, box: Box, blamed: set[Demand]) -> Box | None:
    """Return the box without ends that break a demand for certain; None where nothing is left."""
    for demand in measures.problem.demands:
        if not measures.binds(demand):
            continue
        stands = measures.stands(demand, box)
        if stands is False:
            blamed.add(demand)
            return None
        if stands is None:
            for axis in measures.axes(demand):
                shaved = _shaved(measures, demand, box, axis)
                if shaved != box:
                    blamed.add(demand)
                    box = shaved
    return box


def _shaved(measures: Measures, demand: Demand, box: Box, axis: int) -> Box:
    """Return the box with an issue's values cut from both ends, by halves, as long as what is cut breaks the demand."""
    low, high = box[axis]
    while low < high and measures.stands(demand, _put(box, axis, low, (low + high) // 2)) is False:
        low = (low + high) // 2 + 1
    while low < high and measures.stands(demand, _put(box, axis, (low + high) // 2 + 1, high)) is False:
        high = (low + high) // 2
    return _put(box, axis, low, high)


def _halves(measures: Measures, box: Box, open_: tuple[Demand, ...]) -> list[Box]:
    """Return both halves of a part, the more promising one last."""
    axis = _split_axis(measures, box, open_)
    low, high = box[axis]
    middle = (low + high) // 2
    halves = [_put(box, axis, middle + 1, high), _put(box, axis, low, middle)]
    return sorted(halves, key=lambda half: _promise(measures, half))


def _split_axis(measures: Measures, box: Box, open_: tuple[Demand, ...]) -> int:
    """Return the issue to halve: the only one of a demand, else one of few values, else the widest of the fewest."""
    choices = [free for demand in open_ if (free := _free(box, measures.axes(demand)))] or [_free(box, tuple(range(len(box))))]
    few = sorted({axis for free in choices for axis in free if measures.problem.ranges[axis].size <= _FEW})
    narrowest = min(choices, key=len)
    if few and len(narrowest) > 1:
        return few[0]
    return max(narrowest, key=lambda axis: (_share(measures, box, axis), -axis))


def _free(box: Box, axes: tuple[int, ...]) -> list[int]:
    return [axis for axis in axes if box[axis][0] < box[axis][1]]


def _share(measures: Measures, box: Box, axis: int) -> float:
    low, high = box[axis]
    return (high - low) / measures.problem.ranges[axis].size


def _promise(measures: Measures, box: Box) -> float:
    """Return how far the middle of a part falls short of reserves; 0 is best."""
    reserves = (demand for demand in measures.problem.demands if isinstance(demand, Reached))
    return sum(min(0.0, sum(measures.utility_within(each, box)) / 2 - each.mandate.reserve) for each in reserves)


def _put(box: Box, axis: int, low: int, high: int) -> Box:
    return (*box[:axis], (low, high), *box[axis + 1 :])
