"""Which of many beginnings are worth following? Within each node those that no other beats or equals.

Sums are whole numbers, so that what is equal is equal.
"""

from __future__ import annotations

import numpy as np

from orchestrator.analysis.arrays import Booleans, Integers
from orchestrator.analysis.pareto import directions
from orchestrator.analysis.stairs import Stairs

__all__ = ["undominated"]

_STEPWISE = 300_000
"""Beginnings that are compared one after the other where there are three roles."""
_FEW_CHAMPIONS = 6
_WIDE = 4 * 10**12
"""More than any two sums lie apart."""


def undominated(keys: Integers, sums: Integers) -> Integers:
    """Return the rows to keep: of those with the same key, none that another beats or equals. Some beaten ones may stay."""
    order = np.lexsort((*(-column for column in sums.T[::-1]), keys))
    keys, sums = keys[order], sums[order]
    starts = np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)]
    match sums.shape[1]:
        case 1:
            kept = starts
        case 2:
            kept = _steps_of_two(np.cumsum(starts), sums[:, 1])
        case _:
            kept = _above_champions(starts, sums)
            rows = np.flatnonzero(kept)
            if sums.shape[1] == 3 and len(rows) <= _STEPWISE:
                kept = np.zeros(len(keys), dtype=np.bool_)
                kept[rows[_steps_of_three(keys[rows], sums[rows])]] = True
    return np.sort(order[kept])


def _steps_of_two(groups: Integers, second: Integers) -> Booleans:
    """Each key in turn, the first utility falling: who stays is better in the second than all before."""
    lifted = groups * _WIDE + second
    before = np.concatenate(([np.iinfo(np.int64).min], np.maximum.accumulate(lifted)[:-1]))[: len(lifted)]
    return np.greater(lifted, before)


def _above_champions(starts: Booleans, sums: Integers) -> Booleans:
    """Drop what the best of the same key, by weights of many kinds, is at least as good as for everybody."""
    rows = np.arange(len(sums), dtype=np.int64)
    firsts = starts
    for weights in directions(sums.shape[1])[: _FEW_CHAMPIONS if sums.shape[1] == 3 else None]:
        own = sums[rows]
        score = own @ weights
        heads = np.flatnonzero(firsts)
        lengths = np.diff(np.append(heads, len(rows)))
        top = np.flatnonzero(score == np.repeat(np.maximum.reduceat(score, heads), lengths)) if len(rows) else rows
        group = np.cumsum(firsts) - 1
        champions = top[np.unique(group[top], return_index=True)[1]]
        champion = np.repeat(champions, lengths)
        stays: Booleans = np.asarray((own > own[champion]).any(axis=1), dtype=np.bool_)
        stays[champions] = True
        firsts = np.concatenate(([True], group[stays][1:] != group[stays][:-1]))[: int(stays.sum())]
        rows = rows[stays]
    kept: Booleans = np.zeros(len(sums), dtype=np.bool_)
    kept[rows] = True
    return kept


def _steps_of_three(keys: Integers, sums: Integers) -> Booleans:
    """Each key in turn, the first utility falling: the other two make a staircase, and who stands under it goes."""
    stays = np.zeros(len(sums), dtype=np.bool_)
    stairs = Stairs[int]()
    last = -1
    rows: list[list[int]] = np.column_stack((keys, sums[:, 1:])).tolist()
    for row, (key, second, third) in enumerate(rows):
        if key != last:
            stairs, last = Stairs[int](), key
        stays[row] = stairs.takes(second, third)
    return stays
