"""Which permitted outcomes can still be the ones sought? Beginnings are drawn out issue by issue, most of them dropped.

A beginning is dropped where another, at the same node of the diagram, is at least as good for everybody: whatever follows the
one may follow the other. It is dropped too where not even the best that can follow brings a role to its floor, or a weighted
sum of all utilities to its bar. What is left at the end holds every outcome sought, up to others with equal utilities.
Only where more beginnings are left than fit are the least promising dropped as well, and the result says so.

Utilities are whole numbers here, of `UNIT` parts, so that equal sums are equal in whatever order they were added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from orchestrator.analysis.arrays import Floats, Integers, Places
from orchestrator.analysis.diagram import Diagram
from orchestrator.analysis.dominance import undominated
from orchestrator.analysis.space import Space

__all__ = ["UNIT", "Cut", "Found", "Ground", "ground_of", "trails"]

UNIT = 10**12
_CHUNK = 1_000_000
_MOST_DRAWN = 4_000_000
"""Beginnings that one issue may be added to, times its values: what takes a few seconds."""
_LEAST = 500
_WIDE = 4 * UNIT
_FEW = 4
_GRAIN = 1e-12
"""Of what is compared, lost in floats."""
_DIRECTIONS = 40


@dataclass(frozen=True, slots=True)
class Cut:
    """What is sought has a sum of utilities, weighted so, of at least `bar`."""

    weights: Floats
    bar: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A diagram with what each value adds for each role, and the most that each role can still get from each node."""

    diagram: Diagram
    worths: tuple[Integers, ...]
    """For each layer: values by roles."""
    most: tuple[Integers, ...]
    """For each layer, and behind the last: nodes by roles."""
    reserves: Integers

    @property
    def roles(self) -> int:
        """Return how many roles there are."""
        return len(self.reserves)

    @property
    def is_empty(self) -> bool:
        """Return whether no outcome is permitted."""
        return bool(self.most[0].size == 0 or self.most[0].min() < 0)

    def parts(self) -> tuple[Ground, ...]:
        """Return the ground in parts, one for each value of the issue with fewest left; none where all have many."""
        open_values = [np.flatnonzero((layer.step >= 0).any(axis=0)) for layer in self.diagram.layers]
        few = [(len(values), number) for number, values in enumerate(open_values) if 1 < len(values) <= _FEW]
        if not few:
            return ()
        number = min(few)[1]
        return tuple(self._only(number, int(value)) for value in open_values[number])

    def _only(self, number: int, value: int) -> Ground:
        steps = [layer.step for layer in self.diagram.layers]
        only = np.full_like(steps[number], -1)
        only[:, value] = steps[number][:, value]
        diagram = self.diagram.with_steps((*steps[:number], only, *steps[number + 1 :]))
        return replace(self, diagram=diagram, most=_most(diagram, self.worths))

    def ends(self, weights: Floats) -> tuple[Floats, ...]:
        """Return for each layer and node the greatest weighted sum that can follow."""
        return self.diagram.most([worths @ weights for worths in self.worths])

    def supported(self, weights: Floats) -> Integers:
        """Return the utilities of an outcome whose weighted sum no other exceeds."""
        found = self.diagram.path([worths @ weights for worths in self.worths])
        return sum((worths[value] for worths, value in zip(self.worths, found, strict=True)), np.zeros(self.roles, np.int64))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is left at the end: outcomes, their utilities in parts of `UNIT`, and whether nothing was dropped unjustly."""

    outcomes: Places
    utilities: Integers
    is_whole: bool


def ground_of(space: Space, diagram: Diagram) -> Ground:
    """Return the ground of a space under its rules; values that another one beats at each node are left out."""
    worths = tuple(np.rint(space.worths[layer.axis][layer.places] * UNIT).astype(np.int64) for layer in diagram.layers)
    lean = diagram.with_steps(tuple(_lean(layer.step, worth) for layer, worth in zip(diagram.layers, worths, strict=True)))
    return Ground(
        diagram=lean,
        worths=worths,
        most=_most(lean, worths),
        reserves=np.rint(space.reserves * UNIT).astype(np.int64),
    )


def _most(diagram: Diagram, worths: Sequence[Integers]) -> tuple[Integers, ...]:
    """Return the most that each role can still get, for each layer and node."""
    roles = worths[0].shape[1]
    columns = (diagram.most([worth[:, role].astype(np.float64) for worth in worths]) for role in range(roles))
    layers = zip(*columns, strict=True)
    return tuple(np.stack([np.maximum(column, -_WIDE) for column in layer], axis=1).astype(np.int64) for layer in layers)


def _lean(step: Places, worths: Integers) -> Places:
    """Return the step without values that lead to the same node as one which is as good for everybody."""
    nodes, values = np.nonzero(step >= 0)
    keys = nodes.astype(np.int64) * (int(step.max(initial=0)) + 1) + step[nodes, values]
    kept = undominated(keys, worths[values])
    lean = np.full_like(step, -1)
    lean[nodes[kept], values[kept]] = step[nodes[kept], values[kept]]
    return lean


def trails(ground: Ground, floors: Integers, cuts: Sequence[Cut], most: int) -> Found:
    """Return the outcomes that reach all floors and bars and that no other beats, keeping at most so many beginnings."""
    ends = [ground.ends(cut.weights) for cut in cuts]
    begun = _Begun(np.zeros(1, dtype=np.int32), np.zeros((1, ground.roles), dtype=np.int64))
    back: list[tuple[Integers, Places]] = []
    is_whole = True
    for number, (layer, worths) in enumerate(zip(ground.diagram.layers, ground.worths, strict=True), 1):
        goal = _Goal(ground.most[number], floors, [(cut, end[number]) for cut, end in zip(cuts, ends, strict=True)])
        parts = _parts(len(begun.nodes), len(worths))
        found = [(part.start, *_drawn_out(layer.step, worths, begun.rows(part), goal)) for part in parts]
        parents = np.concatenate([own + start for start, own, _, _ in found])
        values = np.concatenate([own for _, _, own, _ in found])
        begun = _Begun.joined([own for _, _, _, own in found])
        following = len(ground.worths[number]) if number < len(ground.worths) else 1
        kept, is_all = _worth_following(begun, goal, min(most, max(_LEAST, _MOST_DRAWN // following)))
        is_whole = is_whole and is_all
        begun = begun.rows(kept)
        back.append((parents[kept], values[kept]))
    return Found(outcomes=_traced(ground.diagram, back), utilities=begun.sums, is_whole=is_whole)


@dataclass(frozen=True, slots=True)
class _Begun:
    """Beginnings: where each has come to, and what it is worth so far to each role."""

    nodes: Places
    sums: Integers

    @classmethod
    def joined(cls, parts: Sequence[_Begun]) -> _Begun:
        return cls(np.concatenate([part.nodes for part in parts]), np.concatenate([part.sums for part in parts]))

    def rows(self, rows: Integers | slice) -> _Begun:
        return _Begun(self.nodes[rows], self.sums[rows])


@dataclass(frozen=True, slots=True)
class _Goal:
    """What beginnings of one length must still be able to reach."""

    most: Integers
    floors: Integers
    bars: Sequence[tuple[Cut, Floats]]
    """Each with the greatest weighted sum that can follow each node."""


def _parts(rows: int, values: int) -> list[slice]:
    size = max(1, _CHUNK // max(1, values))
    return [slice(start, min(rows, start + size)) for start in range(0, rows, size)] or [slice(0, 0)]


def _drawn_out(step: Places, worths: Integers, begun: _Begun, goal: _Goal) -> tuple[Integers, Places, _Begun]:
    """Return the beginnings that are one issue longer and may still get there, each with its parent and the value added."""
    parents, values = np.nonzero(step[begun.nodes] >= 0)
    nodes = step[begun.nodes[parents], values]
    for role, floor in enumerate(goal.floors):
        reaches = begun.sums[parents, role] + worths[values, role] + goal.most[nodes, role] >= floor
        parents, values, nodes = parents[reaches], values[reaches], nodes[reaches]
    for cut, ends in goal.bars:
        reached = (begun.sums @ cut.weights)[parents] + (worths @ cut.weights)[values] + ends[nodes]
        reaches = reached >= cut.bar - abs(cut.bar) * _GRAIN - 1.0
        parents, values, nodes = parents[reaches], values[reaches], nodes[reaches]
    longer = _Begun(nodes, begun.sums[parents] + worths[values])
    if len(nodes) > _CHUNK // 4:
        kept = undominated(nodes.astype(np.int64), longer.sums)
        parents, values, longer = parents[kept], values[kept], longer.rows(kept)
    return parents, values.astype(np.int32), longer


def _worth_following(begun: _Begun, goal: _Goal, most: int) -> tuple[Integers, bool]:
    """Return the rows to go on with, at most so many, and whether none was dropped that might have mattered."""
    rows = np.arange(len(begun.nodes), dtype=np.int64)
    is_all = True
    if len(rows) > 8 * most:
        rows, is_all = _promising(begun, goal, 4 * most), False
    own = begun.rows(rows)
    rows = rows[undominated(own.nodes.astype(np.int64), own.sums)]
    if len(rows) > most:
        rows, is_all = rows[_promising(begun.rows(rows), goal, most)], False
    return rows, is_all


def _promising(begun: _Begun, goal: _Goal, count: int) -> Integers:
    """Return those beginnings that may come farthest above the bars; without bars, the farthest of every direction."""
    if goal.bars:
        above = [begun.sums @ cut.weights + ends[begun.nodes] - cut.bar for cut, ends in goal.bars]
        return np.sort(np.argpartition(-np.min(above, axis=0), count - 1)[:count])
    reach = (begun.sums + goal.most[begun.nodes]).astype(np.float64)
    gains = reach - reach.min(axis=0) + 1.0
    shares = np.floor(gains / gains.sum(axis=1, keepdims=True) * _DIRECTIONS).astype(np.int64)
    keys = shares[:, :-1] @ (_DIRECTIONS + 1) ** np.arange(shares.shape[1] - 1, dtype=np.int64)
    order = np.lexsort((-reach.sum(axis=1), keys))
    starts = np.flatnonzero(np.concatenate(([True], keys[order][1:] != keys[order][:-1])))
    ranks = np.arange(len(order), dtype=np.int64) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    return np.sort(order[np.argsort(ranks, kind="stable")[:count]])


def _traced(diagram: Diagram, back: Sequence[tuple[Integers, Places]]) -> Places:
    rows = np.arange(len(back[-1][0]) if back else 1, dtype=np.int64)
    columns: dict[int, Places] = {}
    for layer, (parents, values) in zip(reversed(diagram.layers), reversed(back), strict=True):
        columns[layer.axis] = layer.places[values[rows]]
        rows = parents[rows]
    return np.stack([columns[axis] for axis in sorted(columns)], axis=1)
