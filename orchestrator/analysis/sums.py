"""Is a rule a sum over many issues, such as a cap on all spending? Then it needs no table: what counts is the sum so far.

Only sums of whole numbers are taken: in doubles these are exact, so the order in which CEL adds them does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

import numpy as np

from orchestrator.analysis.arrays import Booleans, Floats, Integers
from orchestrator.analysis.rule_array import where_true
from orchestrator.analysis.rule_tree import (
    Arithmetic,
    Figure,
    Minus,
    NumberOf,
    NumbersCompared,
    Numeric,
    Order,
    PickedNumber,
    Truth,
    issues_in,
)
from orchestrator.messages.value import IssueName

__all__ = ["Sum", "sum_of"]

_EXACT = float(1 << 53)
_SUM = IssueName("sum")


@dataclass(frozen=True, slots=True)
class Sum:
    """A rule that compares a sum with 0: what each value of each of its issues adds, and a number beside them."""

    order: Order
    parts: tuple[Integers, ...]
    beside: int

    @property
    def span(self) -> int:
        """Return how many values the sum may have at most."""
        step = int(np.gcd.reduce(np.concatenate([part - part.min() for part in self.parts]))) or 1
        return sum(int(np.ptp(part)) for part in self.parts) // step + 1

    def holds(self, sums: Integers) -> Booleans:
        """Return where the rule holds, for sums without the number beside them."""
        values = (sums + self.beside).astype(np.float64)
        return where_true(NumbersCompared(self.order, NumberOf(_SUM), Figure(Fraction(0))), {_SUM: values})


def sum_of(rule: Truth, columns: Mapping[IssueName, Floats]) -> Sum | None:
    """Return a rule as a sum over the issues of these columns; None where it is none, or not one of whole numbers."""
    if not isinstance(rule, NumbersCompared):
        return None
    parts = {name: np.zeros(len(column), dtype=np.float64) for name, column in columns.items()}
    beside = 0.0
    for sign, tree in (*_added(1.0, rule.left), *_added(-1.0, rule.right)):
        own = tuple(issues_in(tree))
        if len(own) > 1:
            return None
        values = sign * _values(tree, columns)
        if own:
            parts[own[0]] = parts[own[0]] + values
        else:
            beside += float(values)
    every = (*parts.values(), np.array([beside]))
    are_whole = all(bool(np.equal(values, np.rint(values)).all()) for values in every)
    if not are_whole or sum(float(np.abs(values).max(initial=0.0)) for values in every) > _EXACT / 2:
        return None
    return Sum(rule.order, tuple(np.rint(part).astype(np.int64) for part in parts.values()), round(beside))


def _added(sign: float, tree: Numeric) -> Iterator[tuple[float, Numeric]]:
    """Yield what a sum adds up, each with its sign."""
    if isinstance(tree, Minus):
        yield from _added(-sign, tree.of)
    elif isinstance(tree, Arithmetic) and tree.sign in ("+", "-"):
        yield from _added(sign, tree.left)
        yield from _added(sign if tree.sign == "+" else -sign, tree.right)
    else:
        yield sign, tree


def _values(tree: Numeric, columns: Mapping[IssueName, Floats]) -> Floats:
    match tree:
        case Figure():
            return np.asarray(float(tree.value), dtype=np.float64)
        case NumberOf():
            return columns[tree.issue]
        case Minus():
            return -_values(tree.of, columns)
        case PickedNumber():
            return np.where(where_true(tree.when, columns), _values(tree.then, columns), _values(tree.otherwise, columns))
        case Arithmetic():
            return _reckoned(tree, columns)
        case _:
            assert_never(tree)


def _reckoned(tree: Arithmetic, columns: Mapping[IssueName, Floats]) -> Floats:
    left, right = _values(tree.left, columns), _values(tree.right, columns)
    with np.errstate(all="ignore"):
        match tree.sign:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                return left / right
            case _:
                assert_never(tree.sign)
