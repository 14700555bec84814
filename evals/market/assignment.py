"""What is the most that a matching can be worth? The best assignment of rows to columns, each column at most once.

The Hungarian method in its form of shortest augmenting paths: rows are added one at a time, and prices of rows and columns
are kept such that no pair costs less than its prices; a pair that is part of a best matching costs exactly them. A row may
stay alone, which is worth 0: a column of its own stands for that.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["best_assignment"]

_FAR = float("inf")
_BARRED = 1e9
"""What it costs to be alone in another's stead."""


def best_assignment(worths: Sequence[Sequence[float]]) -> tuple[int | None, ...]:
    """Return for each row its column in a matching of the highest total, None for a row that is better left alone."""
    if not worths:
        return ()
    columns = len(worths[0])
    costs = [
        [-worth for worth in row] + [0.0 if other == at else _BARRED for other in range(len(worths))]
        for at, row in enumerate(worths)
    ]
    matched = _matched(costs)
    return tuple(column if column < columns else None for column in matched)


def _matched(costs: list[list[float]]) -> list[int]:
    rows, columns = len(costs), len(costs[0])
    row_prices, column_prices = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    """Of each column, counted from 1: its row, counted from 1; 0 where it is free."""
    for row in range(1, rows + 1):
        owner[0] = row
        before, end = _path(costs, row_prices, column_prices, owner)
        while end:
            owner[end] = owner[before[end]]
            end = before[end]
    found = [0] * rows
    for column in range(1, columns + 1):
        if owner[column]:
            found[owner[column] - 1] = column - 1
    return found


def _path(
    costs: list[list[float]], row_prices: list[float], column_prices: list[float], owner: list[int]
) -> tuple[list[int], int]:
    """Return, for each column on the shortest path to a free one, the column before it, and that free column."""
    size = len(column_prices)
    least, before, is_used = [_FAR] * size, [0] * size, [False] * size
    here = 0
    while owner[here]:
        is_used[here] = True
        row = owner[here]
        base, price = costs[row - 1], row_prices[row]
        gap, following = _FAR, 0
        for column in range(1, size):
            if is_used[column]:
                continue
            length = base[column - 1] - price - column_prices[column]
            if length < least[column]:
                least[column], before[column] = length, here
            if least[column] < gap:
                gap, following = least[column], column
        for column in range(size):
            if is_used[column]:
                row_prices[owner[column]] += gap
                column_prices[column] -= gap
            else:
                least[column] -= gap
        here = following
    return before, here
