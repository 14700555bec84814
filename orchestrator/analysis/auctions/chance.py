"""How probable is what was seen, if nobody did anything wrong? Exact tails of counts, and a tail of likeness."""

from __future__ import annotations

from collections.abc import Sequence
from math import atanh, comb, erfc, sqrt

__all__ = ["as_alike", "at_least", "at_most", "overlap_at_least"]


def at_least(count: int, trials: int, chance: float) -> float:
    """Return the probability of so many successes or more in independent trials."""
    return sum(comb(trials, each) * chance**each * (1 - chance) ** (trials - each) for each in range(count, trials + 1))


def at_most(count: int, trials: int, chance: float) -> float:
    """Return the probability of so many successes or fewer in independent trials."""
    return sum(comb(trials, each) * chance**each * (1 - chance) ** (trials - each) for each in range(count + 1))


def overlap_at_least(both: int, first: int, second: int, total: int) -> float:
    """Return the probability that two subsets of these sizes, drawn from so many things, have so many or more in common."""
    most = min(first, second)
    ways = sum(comb(first, each) * comb(total - first, second - each) for each in range(both, most + 1))
    return ways / comb(total, second)


def as_alike(ones: Sequence[float], others: Sequence[float], rest: Sequence[float]) -> float:
    """Return the probability of figures being so alike, or more, beyond what both have in common with the rest.

    By Fisher's transformation of the partial correlation; figures that never change are alike to none.
    """
    direct, one, other = _likeness(ones, others), _likeness(ones, rest), _likeness(others, rest)
    below = (1 - one * one) * (1 - other * other)
    if below <= 0 or len(ones) <= _LEAST:
        return 1.0
    partial = max(-_NEARLY_ALL, min(_NEARLY_ALL, (direct - one * other) / sqrt(below)))
    return 0.5 * erfc(atanh(partial) * sqrt(len(ones) - _LEAST) / sqrt(2))


_LEAST = 4
"""Three, as the transformation has it, and one for the figures that are held constant."""
_NEARLY_ALL = 0.999_999


def _likeness(ones: Sequence[float], others: Sequence[float]) -> float:
    """Return the correlation of figures; 0 where some never change."""
    first, second = _deviations(ones), _deviations(others)
    size = sqrt(sum(each * each for each in first) * sum(each * each for each in second))
    return sum(one * other for one, other in zip(first, second, strict=True)) / size if size else 0.0


def _deviations(figures: Sequence[float]) -> list[float]:
    middle = sum(figures) / len(figures)
    return [figure - middle for figure in figures]
