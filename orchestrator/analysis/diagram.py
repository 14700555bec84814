"""Which outcomes do all rules permit? A layered diagram: one layer an issue, one node for all beginnings alike to the rules.

Two beginnings of an outcome are alike where every rule that is still undecided says the same of all that may follow them.
So each path from the root is one permitted outcome, none is a dead end, and what holds of all 10^11 outcomes is worked out
over a few thousand nodes: how many are permitted, the most that one of them is worth, which one that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log, prod

import numpy as np

from orchestrator.analysis.arrays import Floats, Places
from orchestrator.analysis.automata import Automaton, automaton_of, distinct
from orchestrator.analysis.tables import RuleSum, RuleTable, Tables
from orchestrator.messages.negotiation import Rule

__all__ = ["Diagram", "Layer", "diagram_of"]

_MOST_EDGES = 6_000_000
"""In one layer, before those that lead nowhere are dropped."""
_COUNTED_IN_FLOATS = 1 << 53
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Layer:
    """The step over one issue: from each node, by each value that is left, to a node of the next layer, or nowhere (-1)."""

    axis: int
    places: Places
    step: Places = field(repr=False)


@dataclass(frozen=True, slots=True)
class Diagram:
    """All permitted outcomes. Each has exactly one path from the one node of the first layer to the one after the last."""

    layers: tuple[Layer, ...]

    def counts(self) -> tuple[Floats, ...]:
        """Return for each layer and node how many ends it has, as a float: exact up to 2^53."""
        counts: list[Floats] = [np.ones(1, dtype=np.float64)]
        for layer in reversed(self.layers):
            counts.append(np.append(counts[-1], 0.0)[layer.step].sum(axis=1))
        return tuple(reversed(counts))

    def count(self) -> int:
        """Return how many outcomes are permitted."""
        most = prod(len(layer.places) for layer in self.layers)
        if most < _COUNTED_IN_FLOATS:
            return int(self.counts()[0][0])
        ends = [1]
        for layer in reversed(self.layers):
            ends = _summed(layer.step, ends)
        return ends[0]

    def most(self, worths: Sequence[Floats]) -> tuple[Floats, ...]:
        """Return for each layer and node the most that the issues from there on can add; `worths` goes by layers and values."""
        most: list[Floats] = [np.zeros(1, dtype=np.float64)]
        for layer, worth in zip(reversed(self.layers), reversed(worths), strict=True):
            ends = np.append(most[-1], -np.inf)
            most.append((ends[layer.step] + worth[None, :]).max(axis=1, initial=-np.inf))
        return tuple(reversed(most))

    def path(self, worths: Sequence[Floats]) -> tuple[int, ...]:
        """Return, for each layer, the value of an outcome that is worth most; there must be a permitted one."""
        most = self.most(worths)
        node, values = 0, list[int]()
        for layer, worth, ends in zip(self.layers, worths, most[1:], strict=True):
            values.append(int(np.argmax(np.append(ends, -np.inf)[layer.step[node]] + worth)))
            node = int(layer.step[node, values[-1]])
        return tuple(values)

    def permits(self, outcome: Sequence[int]) -> bool:
        """Return whether an outcome is one of these."""
        node = 0
        for layer in self.layers:
            values = np.flatnonzero(layer.places == outcome[layer.axis])
            node = int(layer.step[node, values[0]]) if len(values) and node >= 0 else -1
        return node >= 0

    def with_steps(self, steps: Sequence[Places]) -> Diagram:
        """Return the diagram with other steps between the same nodes."""
        layers = zip(self.layers, steps, strict=True)
        return Diagram(tuple(Layer(layer.axis, layer.places, step) for layer, step in layers))

    def outcomes(self) -> Places:
        """Return all outcomes in the order of the file, one row each: only for as many as memory holds."""
        nodes = np.zeros(1, dtype=np.int32)
        columns: dict[int, Places] = {}
        for layer in self.layers:
            paths, values = np.nonzero(layer.step[nodes] >= 0)
            columns = {axis: column[paths] for axis, column in columns.items()} | {layer.axis: layer.places[values]}
            nodes = layer.step[nodes[paths], values]
        rows = np.stack([columns[axis] for axis in sorted(columns)], axis=1)
        return rows[np.lexsort(tuple(rows.T[::-1]))]

    def sample(self, most: int) -> Places:
        """Return so many permitted outcomes, spread evenly over all of them, always the same."""
        counts = self.counts()
        total = float(counts[0][0])
        if not total:
            return np.zeros((0, len(self.layers)), dtype=np.int32)
        parts = (np.arange(most, dtype=np.float64) * ((5**0.5 - 1) / 2) + 0.5) % 1.0
        nodes = np.zeros(most, dtype=np.int32)
        rows = np.zeros((most, len(self.layers)), dtype=np.int32)
        for layer, ends in zip(self.layers, counts[1:], strict=True):
            shares = np.cumsum(np.append(ends, 0.0)[layer.step[nodes]], axis=1)
            wanted = parts * shares[:, -1]
            values = np.minimum((shares <= wanted[:, None]).sum(axis=1), len(layer.places) - 1)
            upper = np.take_along_axis(shares, values[:, None], axis=1)[:, 0]
            own = np.append(ends, 0.0)[layer.step[nodes, values]]
            parts = np.clip((wanted - (upper - own)) / own, 0.0, np.nextafter(1.0, 0.0))
            rows[:, layer.axis] = layer.places[values]
            nodes = layer.step[nodes, values]
        return rows


def diagram_of(tables: Tables) -> tuple[Diagram, tuple[Rule, ...]]:
    """Return the diagram of what the tables permit, and the rules left out of it because it would have been too large."""
    sizes = [len(places) for places in tables.values]
    if not all(sizes):
        return Diagram(tuple(_dead(axis, places) for axis, places in enumerate(tables.values))), ()
    kept, left_out = list(tables.rules), list[Rule]()
    while (found := _over(tables, sizes, kept)) is None:
        widest = max(kept, key=lambda rule: (len(rule.axes), prod(sizes[axis] for axis in rule.axes)))
        kept.remove(widest)
        left_out.append(widest.rule)
    return found, tuple(left_out)


def _over(tables: Tables, sizes: Sequence[int], rules: Sequence[RuleTable | RuleSum]) -> Diagram | None:
    for order in _orders(sizes, rules):
        steps = _steps(order, sizes, [automaton_of(table, order) for table in rules])
        if steps is not None:
            layers = zip(order, _reduced(steps), strict=True)
            return Diagram(tuple(Layer(axis, tables.values[axis], step) for axis, step in layers))
    return None


def _summed(step: Places, ends: Sequence[int]) -> list[int]:
    """Return how many ends the nodes of a layer have, in whole numbers of any size."""
    found: list[int] = []
    for row in step:
        targets, times = np.unique(row[row >= 0], return_counts=True)
        found.append(sum(ends[int(target)] * int(count) for target, count in zip(targets, times, strict=True)))
    return found


def _dead(axis: int, places: Places) -> Layer:
    return Layer(axis, places, np.full((1, len(places)), -1, dtype=np.int32))


def _steps(order: Sequence[int], sizes: Sequence[int], automata: Sequence[Automaton]) -> list[Places] | None:
    """Return the steps over each issue, from the front; a node is what all open rules have come to."""
    steps: list[Places] = []
    state: dict[int, Places] = {}
    nodes = 1
    for axis in order:
        if nodes * sizes[axis] > _MOST_EDGES:
            return None
        step, state, nodes = _layer(axis, (nodes, sizes[axis]), state, automata)
        steps.append(step)
    return steps


def _layer(
    axis: int, shape: tuple[int, int], state: dict[int, Places], automata: Sequence[Automaton]
) -> tuple[Places, dict[int, Places], int]:
    alive = np.ones(shape, dtype=np.bool_)
    after: dict[int, Places] = {}
    for number, automaton in enumerate(automata):
        if axis in automaton.axes:
            level = automaton.axes.index(axis)
            classes = state.get(number, np.full(shape[0], automaton.start, dtype=np.int32))
            moved = automaton.moves[level][classes]
            alive &= moved != 0
            if level < len(automaton.axes) - 1:
                after[number] = moved
        elif number in state:
            after[number] = np.broadcast_to(state[number][:, None], shape)
    found = {number: classes[alive] for number, classes in after.items()}
    keys = np.zeros(int(alive.sum()), dtype=np.int64)
    for classes in found.values():
        keys = np.unique(keys * (int(classes.max(initial=0)) + 1) + classes, return_inverse=True)[1].reshape(-1)
    _, first, targets = np.unique(keys, return_index=True, return_inverse=True)
    step = np.full(shape, -1, dtype=np.int32)
    step[alive] = targets.reshape(-1)
    return step, {number: classes[first] for number, classes in found.items()}, len(first)


def _reduced(steps: Sequence[Places]) -> list[Places]:
    """Return the steps without those that end nowhere, and with nodes that are alike put together, from the end."""
    reduced: list[Places] = []
    renamed: Places = np.zeros(1, dtype=np.int32)
    for step in reversed(steps):
        moved = np.append(renamed, np.int32(-1))[step].astype(np.int32)
        leads = (moved >= 0).any(axis=1)
        rows, found = distinct(moved[leads] + 1)
        renamed = np.full(len(step), -1, dtype=np.int32)
        renamed[leads] = found
        reduced.append(rows - 1)
    reduced.reverse()
    if not len(reduced[0]):
        reduced[0] = np.full((1, steps[0].shape[1]), -1, dtype=np.int32)
    return reduced


def _orders(sizes: Sequence[int], tables: Sequence[RuleTable | RuleSum]) -> list[list[int]]:
    """Return a few orders of the issues, the one that seems to need the smallest layers first; free issues come last."""
    orders = [_greedy(first, sizes, tables) for first in range(len(sizes))]
    distinct = [list(order) for order in dict.fromkeys(map(tuple, orders))]
    return sorted(distinct, key=lambda order: _width(order, sizes, tables))[:_TRIES]


def _greedy(first: int, sizes: Sequence[int], tables: Sequence[RuleTable | RuleSum]) -> list[int]:
    order = [first]
    while len(order) < len(sizes):
        left = [axis for axis in range(len(sizes)) if axis not in order]
        order.append(
            min(left, key=lambda axis: (not _is_bound(axis, tables), _open({*order, axis}, sizes, tables), sizes[axis]))
        )
    return order


def _is_bound(axis: int, tables: Sequence[RuleTable | RuleSum]) -> bool:
    return any(axis in table.axes for table in tables)


def _width(order: Sequence[int], sizes: Sequence[int], tables: Sequence[RuleTable | RuleSum]) -> float:
    edges = (_open(set(order[:end]), sizes, tables) + log(sizes[order[end]]) for end in range(len(order)))
    return max(edges)


def _open(before: set[int], sizes: Sequence[int], tables: Sequence[RuleTable | RuleSum]) -> float:
    """Return the logarithm of how many nodes there may be: a rule has no more classes than beginnings, or ends and one."""
    total = 0.0
    for table in tables:
        begun = prod(sizes[axis] for axis in table.axes if axis in before)
        ends = prod(sizes[axis] for axis in table.axes if axis not in before)
        if begun > 1 and ends > 1:
            span = table.sum.span if isinstance(table, RuleSum) else begun
            total += log(min(begun, ends + 1, span))
    return total
