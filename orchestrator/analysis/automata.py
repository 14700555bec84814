"""How is a rule read issue by issue? By an automaton: beginnings of which it will say the same are one class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from orchestrator.analysis.arrays import Integers, Places
from orchestrator.analysis.tables import RuleSum, RuleTable

__all__ = ["Automaton", "automaton_of", "distinct"]


@dataclass(frozen=True, slots=True)
class Automaton:
    """From a class of beginnings, by a value, to a class of those one issue longer; class 0 is a broken rule."""

    axes: tuple[int, ...]
    """In the order of the diagram."""
    moves: tuple[Places, ...]
    start: int


def automaton_of(rule: RuleTable | RuleSum, order: Sequence[int]) -> Automaton:
    """Return the automaton of a rule for issues in this order."""
    axes = tuple(axis for axis in order if axis in rule.axes)
    if isinstance(rule, RuleSum):
        return _of_sum(rule, axes)
    allowed = rule.allowed.transpose([rule.axes.index(axis) for axis in axes])
    classes: Places = allowed.astype(np.int32).ravel()
    moves: list[Places] = []
    for size in reversed(allowed.shape):
        rows, found = _with_broken(classes.reshape(-1, size))
        moves.append(rows)
        classes = found
    return Automaton(axes, tuple(reversed(moves)), int(classes[0]))


def distinct(rows: Places) -> tuple[Places, Places]:
    """Return the distinct rows, zeros first, and for each row the place of its like."""
    wide = np.ascontiguousarray(rows.astype(">i4"))
    _, first, found = np.unique(wide.view(np.dtype((np.void, wide.shape[1] * 4))), return_index=True, return_inverse=True)
    return rows[first], found.reshape(-1).astype(np.int32)


def _of_sum(rule: RuleSum, axes: tuple[int, ...]) -> Automaton:
    """Return the automaton whose classes are the sums that a beginning can have, merged where they come to the same."""
    parts = [rule.sum.parts[rule.axes.index(axis)] for axis in axes]
    levels: list[Integers] = [np.zeros(1, dtype=np.int64)]
    for part in parts:
        levels.append(np.unique(levels[-1][:, None] + part[None, :]))
    classes: Places = rule.sum.holds(levels[-1]).astype(np.int32)
    moves: list[Places] = []
    for part, before, after in zip(reversed(parts), reversed(levels[:-1]), reversed(levels[1:]), strict=True):
        rows, found = _with_broken(classes[np.searchsorted(after, before[:, None] + part[None, :])])
        moves.append(rows)
        classes = found
    return Automaton(axes, tuple(reversed(moves)), int(classes[0]))


def _with_broken(rows: Places) -> tuple[Places, Places]:
    """Return the distinct rows with that of a broken rule as the first, and for each given row the place of its like."""
    found, places = distinct(np.vstack((np.zeros((1, rows.shape[1]), dtype=np.int32), rows)))
    return found, places[1:]
