"""What does the other seem to like? What it began with, weighed by how seldom it gave it away, as far as one remembers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from orchestrator.models.strategy.axes import OPEN, Axis, Outcome

__all__ = ["Liking", "liking_of"]

_LEAST = 0.05


class Liking:
    """An estimate of another role's utility, issue by issue."""

    __slots__ = ("_tables",)

    def __init__(self, tables: tuple[tuple[float, ...], ...]) -> None:
        self._tables = tables

    def __call__(self, outcome: Outcome) -> float:
        """Return how much the other seems to like an outcome, from 0 to 1."""
        return sum([table[place] for table, place in zip(self._tables, outcome, strict=True)])


def liking_of(axes: tuple[Axis, ...], offered: Sequence[Outcome]) -> Liking | None:
    """Return the estimate from offers, oldest first; None where there are none."""
    if not offered:
        return None
    columns = tuple(tuple(outcome[axis] for outcome in offered) for axis in range(len(axes)))
    firmness = tuple(_firmness(column) for column in columns)
    total = sum(firmness)
    return Liking(
        tuple(
            tuple(firm / total * part for part in _table(axis, column))
            for axis, column, firm in zip(axes, columns, firmness, strict=True)
        )
    )


def _firmness(column: tuple[int, ...]) -> float:
    kept = sum(one == two for one, two in pairwise(column))
    return _LEAST + (kept + 1) / len(column)


def _table(axis: Axis, column: tuple[int, ...]) -> tuple[float, ...]:
    size = len(axis.terms)
    first = column[0]
    if first == OPEN:
        return (0.0,) * size
    if axis.is_ordered:
        return tuple(1.0 - abs(place - first) / max(1, size - 1) for place in range(size))
    counted = Counter(column)
    return tuple(counted[place] / len(column) for place in range(size))
