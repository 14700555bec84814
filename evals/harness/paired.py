"""Is a difference more than chance? Pairs whose signs are flipped at random, and a correction for many comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from random import Random

__all__ = ["flipped", "holm", "signs"]

_DRAWS = 9_999


def signs(size: int, *, draws: int = _DRAWS, seed: int = 0) -> tuple[tuple[int, ...], ...]:
    """Return so many rows of random signs, one for each pair."""
    random = Random(seed)  # noqa: S311 - a seed, not a secret
    return tuple(tuple(1 if bit == "1" else -1 for bit in f"{random.getrandbits(size):0{size}b}") for _ in range(draws))


def flipped(differences: Sequence[float], rows: Sequence[Sequence[int]]) -> float:
    """Return how likely a sum at least as far from 0 is where each difference might as well be the other way round."""
    seen = abs(sum(differences)) - 1e-12
    as_far = sum(abs(sum(map(mul, differences, row))) >= seen for row in rows)
    return (as_far + 1) / (len(rows) + 1)


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """Return the chances corrected for their number by Holm's steps, in the order in which they were given."""
    corrected = [0.0] * len(chances)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(chances)), key=lambda place: chances[place])):
        highest = max(highest, min(1.0, chances[place] * (len(chances) - rank)))
        corrected[place] = highest
    return tuple(corrected)
