"""Of which of many outcomes is a rule true? Reckoned on arrays at once, with doubles, equal to `is_true` place by place.

Give each issue an array along an axis of its own, and the answer has as many axes as the rule has issues: a part of a
rule that names one issue costs no more than that issue has values.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import TypeAlias, TypeVar, assert_never

import numpy as np
from numpy.typing import NDArray

from orchestrator.analysis.rule_tree import (
    Arithmetic,
    Constant,
    Every,
    Figure,
    FlagOf,
    Literally,
    Minus,
    Negation,
    NumberOf,
    NumbersCompared,
    Numeric,
    Order,
    PickedNumber,
    PickedText,
    PickedTruth,
    Some,
    TextOf,
    TextsCompared,
    Textual,
    Truth,
    TruthsCompared,
)
from orchestrator.messages.value import IssueName

__all__ = ["Column", "Columns", "Truths", "where_true"]

Truths: TypeAlias = NDArray[np.bool_]
_Figures: TypeAlias = NDArray[np.float64]
_Texts: TypeAlias = NDArray[np.str_]
Column: TypeAlias = Truths | _Figures | _Texts
"""Values of one issue: numbers as doubles, dates and options as texts, flags as truths."""
Columns: TypeAlias = Mapping[IssueName, Column]

_Ordered = TypeVar("_Ordered", _Figures, _Texts)


def where_true(rule: Truth, columns: Columns) -> Truths:  # noqa: PLR0911 - a case for each kind of node
    """Return where the rule is true; the shape is that of the columns of its issues, broadcast together."""
    match rule:
        case Constant():
            return np.asarray(rule.value)
        case FlagOf():
            return np.asarray(columns[rule.issue], dtype=np.bool_)
        case Negation():
            return np.logical_not(where_true(rule.of, columns))
        case Every():
            return reduce(np.logical_and, (where_true(part, columns) for part in rule.parts), np.asarray(a=True))
        case Some():
            return reduce(np.logical_or, (where_true(part, columns) for part in rule.parts), np.asarray(a=False))
        case NumbersCompared():
            return _in_order(rule.order, _numbers(rule.left, columns), _numbers(rule.right, columns))
        case TextsCompared():
            return _in_order(rule.order, _texts(rule.left, columns), _texts(rule.right, columns))
        case TruthsCompared():
            return np.equal(where_true(rule.left, columns), where_true(rule.right, columns))
        case PickedTruth():
            when = where_true(rule.when, columns)
            return np.where(when, where_true(rule.then, columns), where_true(rule.otherwise, columns))
        case _:
            assert_never(rule)


def _numbers(tree: Numeric, columns: Columns) -> _Figures:
    match tree:
        case Figure():
            return np.asarray(float(tree.value))
        case NumberOf():
            return np.asarray(columns[tree.issue], dtype=np.float64)
        case Minus():
            return np.negative(_numbers(tree.of, columns))
        case Arithmetic():
            return _reckoned(tree, columns)
        case PickedNumber():
            when = where_true(tree.when, columns)
            return np.where(when, _numbers(tree.then, columns), _numbers(tree.otherwise, columns))
        case _:
            assert_never(tree)


def _reckoned(tree: Arithmetic, columns: Columns) -> _Figures:
    left, right = _numbers(tree.left, columns), _numbers(tree.right, columns)
    with np.errstate(all="ignore"):
        match tree.sign:
            case "+":
                return np.add(left, right)
            case "-":
                return np.subtract(left, right)
            case "*":
                return np.multiply(left, right)
            case "/":
                return np.divide(left, right)
            case _:
                assert_never(tree.sign)


def _texts(tree: Textual, columns: Columns) -> _Texts:
    match tree:
        case Literally():
            return np.asarray(tree.value)
        case TextOf():
            return np.asarray(columns[tree.issue], dtype=np.str_)
        case PickedText():
            when = where_true(tree.when, columns)
            return np.where(when, _texts(tree.then, columns), _texts(tree.otherwise, columns))
        case _:
            assert_never(tree)


def _in_order(order: Order, left: _Ordered, right: _Ordered) -> Truths:
    match order:
        case "==":
            return np.equal(left, right)
        case "!=":
            return np.not_equal(left, right)
        case "<":
            return np.less(left, right)
        case "<=":
            return np.less_equal(left, right)
        case ">":
            return np.greater(left, right)
        case ">=":
            return np.greater_equal(left, right)
        case _:
            assert_never(order)
