"""What makes a deal a good one? Four ways of weighing the gains of all parties against each other.

A gain is what a party gets above its point of disagreement. With gains g:

- utilitarian: the greatest sum of gains;
- egalitarian: the greatest gain of whoever gains least;
- Kalai-Smorodinsky: the same, each gain taken as a share of the most that the party could gain;
- Nash: the greatest product of gains; its n-th root, the geometric mean, is what is shown.

Each is taken over permitted outcomes that give everybody at least the point of disagreement. Of those that are equal in it
(within a billionth), the greatest sum of gains decides, then the order of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from orchestrator.analysis.arrays import Floats

__all__ = ["Aim", "Kind"]

Kind: TypeAlias = Literal["sum", "least", "product"]
"""Kalai-Smorodinsky's point has the greatest `least` of gains in shares of the most."""

_TINY = 1e-12
_STRIDE = 2.0
"""The greatest step, as a logarithm."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A way of weighing gains; of a sum, `shares` says how much each party's gain counts."""

    kind: Kind
    shares: Floats

    @classmethod
    def of(cls, kind: Kind, parties: int) -> Aim:
        """Return the aim in which every party counts the same."""
        return cls(kind, np.ones(parties, dtype=np.float64))

    def value(self, gains: Floats) -> Floats:
        """Return how well each row of gains does."""
        if self.kind == "sum":
            return gains @ self.shares
        if self.kind == "least":
            return gains.min(axis=1)
        root = np.exp(np.log(np.maximum(gains, _TINY**2)).mean(axis=1))
        return np.where(gains.min(axis=1) > 0, root, 0.0)

    def bar(self, weights: Floats, value: float) -> float:
        """Return the least weighted sum of gains that goes with a value, where no gain is below 0 (or below the value)."""
        if self.kind == "sum":
            counted = self.shares > 0
            return value * float((weights[counted] / self.shares[counted]).min())
        if self.kind == "least":
            return value * float(weights.sum())
        return value * len(weights) * float(np.exp(np.log(weights).mean()))

    def bound(self, weights: Floats, most: float) -> float:
        """Return the greatest value that goes with a weighted sum of gains of at most so much."""
        return most / max(self.bar(weights, 1.0), _TINY)

    def floors(self, value: float, most: Floats) -> Floats:
        """Return the least gain of each party that goes with a value, where no party gains more than `most`."""
        if self.kind == "least":
            return np.full(len(most), value)
        if self.kind == "sum":
            others = float(most @ self.shares) - most * self.shares
            return np.maximum(0.0, (value - others) / np.where(self.shares > 0, self.shares, np.inf))
        rest = np.array([np.prod(np.delete(most, party)) for party in range(len(most))])
        return np.where(rest > _TINY, value ** len(most) / np.maximum(rest, _TINY), 0.0)

    def uphill(self, gains: Floats) -> Floats:
        """Return the weights in which the value grows fastest from these gains."""
        if self.kind == "sum":
            return self.shares + 30.0 * np.maximum(0.0, -gains)
        found = np.exp(-60.0 * (gains - gains.min())) if self.kind == "least" else 1.0 / np.maximum(gains, 0.02)
        weights: Floats = np.maximum(found / found.sum(), 1e-9)
        return weights

    def stepped(self, weights: Floats, gains: Floats, value: float) -> Floats:
        """Return weights one step on towards those that bound the value most tightly; `gains` are greatest in those so far.

        The step is Polyak's: as long as the distance of the bound from a value that is known to be reached, over the slope.
        """
        most = float(gains @ weights)
        if self.kind == "sum":
            step = max(most - value, 0.0) / max(float(gains @ gains), _TINY)
            return np.maximum(self.shares, weights - step * gains)
        if self.kind == "least":
            slope = gains - gains.mean()
            moved = weights - slope * max(most - value, 0.0) / max(float(slope @ slope), _TINY)
        else:
            slope = weights * gains / max(most, _TINY) - 1.0 / len(weights)
            far = np.log(max(self.bound(weights, most), _TINY) / max(value, _TINY))
            moved = weights * np.exp(np.clip(-slope * far / max(float(slope @ slope), _TINY), -_STRIDE, _STRIDE))
        kept = np.maximum(moved, 1e-9)
        found: Floats = kept / kept.sum()
        return found
