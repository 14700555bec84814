"""Who could trade with whom? A market of buyers and sellers, each with a private value for one and the same thing.

A market is known by its distributions. The uniform one is sampled on a jittered grid: one pair at random in each of
512 x 512 cells, so that the error of a mean falls much faster than with loose draws. A listed one is enumerated: every
buyer meets every seller. Long lists are stood for by evenly spaced quantiles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["MOST_LISTED", "Floats", "Market", "listed_market", "uniform_market"]

Floats: TypeAlias = npt.NDArray[np.float64]

MOST_LISTED = 1_000
"""Values of one side that are taken as they are; of more, so many quantiles are taken."""

_CELLS = 512
_ROWS = 64
"""Of the grid that are in memory at once."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Market:
    """What buyers would pay at most and sellers would take at least, sorted; any of them is as likely as any other."""

    buyers: Floats
    sellers: Floats
    is_uniform: bool = False
    """Whether the values stand for all of [0, 1]."""
    shortened: bool = False
    """Whether quantiles stand for a longer list."""

    @property
    def top(self) -> float:
        """Return a price that nobody would pay more than."""
        return 1.0 if self.is_uniform else float(max(self.buyers[-1], self.sellers[-1]))

    @property
    def least_bought(self) -> float:
        """Return the lowest value that a buyer can have."""
        return 0.0 if self.is_uniform else float(self.buyers[0])

    @property
    def most_sold(self) -> float:
        """Return the highest value that a seller can have."""
        return 1.0 if self.is_uniform else float(self.sellers[-1])

    def pairs(self, seed: int) -> Iterator[tuple[Floats, Floats]]:
        """Yield values of buyers and sellers that meet, some rows at a time."""
        source = np.random.default_rng(seed)
        count = _CELLS if self.is_uniform else len(self.buyers)
        for first in range(0, count, _ROWS):
            rows = np.arange(first, min(first + _ROWS, count))
            yield self._jittered(rows, source) if self.is_uniform else self._listed(rows)

    def draw(self, markets: int, traders: int, source: np.random.Generator) -> tuple[Floats, Floats]:
        """Return so many markets with so many buyers and sellers each, a row for each market."""
        shape = (markets, traders)
        if self.is_uniform:
            return source.random(shape), source.random(shape)
        return source.choice(self.buyers, shape), source.choice(self.sellers, shape)

    def _jittered(self, rows: npt.NDArray[np.int64], source: np.random.Generator) -> tuple[Floats, Floats]:
        shape = (len(rows), _CELLS)
        buyers = (rows[:, None] + source.random(shape)) / _CELLS
        sellers = (np.arange(_CELLS)[None, :] + source.random(shape)) / _CELLS
        return buyers, sellers

    def _listed(self, rows: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
        shape = (len(rows), len(self.sellers))
        return np.broadcast_to(self.buyers[rows][:, None], shape), np.broadcast_to(self.sellers[None, :], shape)


def uniform_market() -> Market:
    """Return the market in which both values are uniform on [0, 1] and independent."""
    middle = (np.arange(MOST_LISTED) + 0.5) / MOST_LISTED
    return Market(buyers=middle, sellers=middle, is_uniform=True)


def listed_market(buyers: Sequence[float], sellers: Sequence[float]) -> Market:
    """Return the market of these values: any buyer may meet any seller."""
    return Market(
        buyers=_shortened(buyers),
        sellers=_shortened(sellers),
        shortened=max(len(buyers), len(sellers)) > MOST_LISTED,
    )


def _shortened(values: Sequence[float]) -> Floats:
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    if len(ordered) <= MOST_LISTED:
        return ordered
    return np.quantile(ordered, (np.arange(MOST_LISTED) + 0.5) / MOST_LISTED)
