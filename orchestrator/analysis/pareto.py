"""Which points does no other beat? The Pareto front, by sorting for two utilities and for three, by filtering for more.

A point is beaten by one that is at least as good for everybody and better for somebody. Equal points don't beat each other:
`front` keeps them all.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from orchestrator.analysis.arrays import Booleans, Floats, Integers
from orchestrator.analysis.stairs import Stairs

__all__ = ["directions", "front", "unbeaten"]

_BLOCK = 256
_CHAMPIONS = 24


def front(points: Floats) -> Integers:
    """Return the rows of the points that no other point beats, in their order."""
    if not len(points):
        return np.zeros(0, dtype=np.int64)
    match points.shape[1]:
        case 0:
            return np.arange(len(points), dtype=np.int64)
        case 1:
            return np.flatnonzero(points[:, 0] == points[:, 0].max())
        case 2:
            return _of_two(points[:, 0], points[:, 1])
        case 3:
            return _of_distinct(points, _of_three)
        case _:
            return _of_distinct(points, _of_many)


def unbeaten(points: Floats, by: Floats) -> Booleans:
    """Return for each point whether none of the points in `by` beats it."""
    at_least = np.ones((len(points), len(by)), dtype=np.bool_)
    better = np.zeros((len(points), len(by)), dtype=np.bool_)
    for own, other in zip(points.T, by.T, strict=True):
        at_least &= other[None, :] >= own[:, None]
        better |= other[None, :] > own[:, None]
    return np.logical_not((at_least & better).any(axis=1))


def directions(count: int) -> Floats:
    """Return weights that point everywhere between the axes, the same each time."""
    places = np.arange(1, _CHAMPIONS * count + 1, dtype=np.float64) * ((5**0.5 - 1) / 2)
    found: Floats = -np.log(places % 1.0).reshape(_CHAMPIONS, count)
    found[0] = 1.0
    return found


def _of_two(first: Floats, second: Floats) -> Integers:
    """Walk down the first utility: who stays is as good in the second as all of equal first, and better than all before."""
    best = int(np.argmax(first + second))
    kept = np.flatnonzero((first >= first[best]) | (second >= second[best]))
    first, second = first[kept], second[kept]
    order = np.argsort(-first)
    first, second = first[order], second[order]
    starts = np.flatnonzero(np.concatenate(([True], first[1:] != first[:-1])))
    tops = np.maximum.reduceat(second, starts)
    before = np.concatenate(([-np.inf], np.maximum.accumulate(tops)[:-1]))
    least = np.where(tops > before, tops, np.inf)
    found = second == np.repeat(least, np.diff(np.append(starts, len(first))))
    return np.sort(kept[order[found]])


def _of_distinct(points: Floats, walk: Callable[[Floats], Booleans]) -> Integers:
    """Drop what a few strong points beat; hand the rest, once each and the greatest first, to what is exact."""
    kept = _not_beaten_by_champions(points)
    left = points[kept]
    order = np.lexsort(tuple(-column for column in left.T[::-1]))
    ordered = left[order]
    is_new = np.concatenate(([True], (ordered[1:] != ordered[:-1]).any(axis=1)))
    stays = walk(ordered[is_new])
    return np.sort(kept[order[stays[np.cumsum(is_new) - 1]]])


def _not_beaten_by_champions(points: Floats) -> Integers:
    kept = np.arange(len(points), dtype=np.int64)
    span = np.ptp(points, axis=0)
    scaled = points / np.where(span > 0, span, 1.0)
    for weights in directions(points.shape[1]):
        champion = points[kept[int(np.argmax(scaled[kept] @ weights))]]
        left = points[kept]
        kept = kept[(left > champion).any(axis=1) | (left == champion).all(axis=1)]
    return kept


def _of_three(points: Floats) -> Booleans:
    """Walk down the first utility; the other two make a staircase, and who stands under it is beaten."""
    stairs = Stairs[float]()
    rows: list[list[float]] = points[:, 1:].tolist()
    return np.array([stairs.takes(second, third) for second, third in rows], dtype=np.bool_)


def _of_many(points: Floats) -> Booleans:
    """Take the points by falling sum, so that nothing later beats what is earlier, and compare block by block."""
    order = np.argsort(-points.sum(axis=1), kind="stable")
    ordered = points[order]
    kept = np.zeros(0, dtype=np.int64)
    for start in range(0, len(ordered), _BLOCK):
        rows = np.arange(start, min(len(ordered), start + _BLOCK), dtype=np.int64)
        rows = rows[unbeaten(ordered[rows], ordered[kept])]
        rows = rows[unbeaten(ordered[rows], ordered[rows])]
        kept = np.concatenate((kept, rows))
    stays = np.zeros(len(points), dtype=np.bool_)
    stays[order[kept]] = True
    return stays
