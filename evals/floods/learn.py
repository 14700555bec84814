"""Which weights tell floods from honest talk? Logistic regression with signs, by coordinate descent, in plain Python.

The loss is the mean over conversations of the mean over their messages, so that long ones do not count more. The first message
of an attack is seldom one yet and counts a tenth. The penalty is on weights of standardised traits; a weight whose sign
would say that an attack is honest because it is empty is held at nought. Each step minimises the bound that the logistic loss
has in one weight, so the loss never rises and no step size is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt

from evals.floods.rows import Talk
from guards.monitor.traits import SIGNS, TRAITS

__all__ = ["Model", "learn"]

_PENALTY = 0.5
_PASSES = 150
_CLOSE = 1e-3
_LEAST_SPREAD = 0.05
_FIRST_OF_ATTACK = 0.1


@dataclass(frozen=True, slots=True)
class Model:
    """A bias and a weight for each trait."""

    bias: float
    weights: tuple[float, ...]

    def total(self, traits: Sequence[float]) -> float:
        """Return the log odds of an attack."""
        return self.bias + sum(map(float.__mul__, self.weights, traits))

    def scores(self, talk: Talk) -> tuple[float, ...]:
        """Return the likelihood of an attack after each message, as the monitor rounds it."""
        return tuple(round(_logistic(self.total(traits)), 3) for traits in talk.traits)

    def top(self, talk: Talk) -> float:
        """Return the highest log odds in a conversation."""
        return max(self.total(traits) for traits in talk.traits)


def learn(talks: Sequence[Talk]) -> Model:
    """Return the weights that fit the conversations best."""
    rows = [traits for talk in talks for traits in talk.traits]
    labels = [1.0 if talk.is_attack else 0.0 for talk in talks for _ in talk.traits]
    shares = [share for talk in talks for share in _shares(talk)]
    means, spreads = _scales(rows)
    columns = [[(row[number] - means[number]) / spreads[number] for row in rows] for number in range(len(TRAITS))]
    bias, weights = _descend(columns, labels, shares)
    raw = tuple(weight / spread for weight, spread in zip(weights, spreads, strict=True))
    return Model(bias - sum(weight * mean for weight, mean in zip(raw, means, strict=True)), raw)


def _shares(talk: Talk) -> list[float]:
    count = len(talk.traits)
    first = _FIRST_OF_ATTACK if talk.is_attack and count > 1 else 1.0
    return [talk.weight * (first if number == 0 else 1.0) / count for number in range(count)]


def _scales(rows: Sequence[Sequence[float]]) -> tuple[list[float], list[float]]:
    columns = list(zip(*rows, strict=True))
    means = [sum(column) / len(column) for column in columns]
    spreads = [
        sqrt(sum((value - mean) ** 2 for value in column) / len(column)) + _LEAST_SPREAD
        for column, mean in zip(columns, means, strict=True)
    ]
    return means, spreads


def _descend(columns: list[list[float]], labels: list[float], shares: list[float]) -> tuple[float, list[float]]:
    signs = list(SIGNS.values())
    curves = [0.25 * sum(share * value * value for share, value in zip(shares, column, strict=True)) for column in columns]
    level = 0.25 * sum(shares)
    odds = [0.0] * len(labels)
    bias, weights = 0.0, [0.0] * len(columns)
    for _ in range(_PASSES):
        step = -sum(_errors(odds, labels, shares)) / level
        bias += step
        odds = [total + step for total in odds]
        largest = abs(step)
        for number, column in enumerate(columns):
            errors = _errors(odds, labels, shares)
            slope = sum(map(float.__mul__, errors, column)) + _PENALTY * weights[number]
            wanted = weights[number] - slope / (curves[number] + _PENALTY)
            wanted = wanted if wanted * signs[number] > 0 else 0.0
            step, weights[number] = wanted - weights[number], wanted
            if step:
                odds = [total + step * value for total, value in zip(odds, column, strict=True)]
                largest = max(largest, abs(step))
        if largest < _CLOSE:
            break
    return bias, weights


def _errors(odds: list[float], labels: list[float], shares: list[float]) -> list[float]:
    return [share * (_logistic(total) - label) for total, label, share in zip(odds, labels, shares, strict=True)]


def _logistic(total: float) -> float:
    return 1.0 / (1.0 + exp(-max(-60.0, min(60.0, total))))
