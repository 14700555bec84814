"""Is a rule true of one full set of values? Reckoned on its tree with doubles, as CEL does."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeAlias, TypeVar, assert_never

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
from orchestrator.messages.terms import RuleValue, Terms, in_rules
from orchestrator.messages.value import IssueName

__all__ = ["Given", "given", "is_true", "quotient"]

Given: TypeAlias = Mapping[IssueName, RuleValue]

_Ordered = TypeVar("_Ordered", float, str)


def given(terms: Terms) -> dict[IssueName, RuleValue]:
    """Return what a rule is told of terms."""
    return {term.issue: in_rules(term) for term in terms}


def is_true(rule: Truth, values: Given) -> bool:  # noqa: PLR0911 - a case for each kind of node
    """Return whether the rule is true of the values, among which is one for every issue that it names."""
    match rule:
        case Constant():
            return rule.value
        case FlagOf():
            return values[rule.issue] is True
        case Negation():
            return not is_true(rule.of, values)
        case Every():
            return all(is_true(part, values) for part in rule.parts)
        case Some():
            return any(is_true(part, values) for part in rule.parts)
        case NumbersCompared():
            return _in_order(rule.order, _number(rule.left, values), _number(rule.right, values))
        case TextsCompared():
            return _in_order(rule.order, _text(rule.left, values), _text(rule.right, values))
        case TruthsCompared():
            return is_true(rule.left, values) == is_true(rule.right, values)
        case PickedTruth():
            return is_true(rule.then if is_true(rule.when, values) else rule.otherwise, values)
        case _:
            assert_never(rule)


def quotient(left: float, right: float) -> float:
    """Return a quotient of doubles; division by zero gives infinity, or no number at all, as in CEL."""
    if right:
        return left / right
    if not left or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _number(tree: Numeric, values: Given) -> float:
    match tree:
        case Figure():
            return float(tree.value)
        case NumberOf():
            value = values[tree.issue]
            return value if isinstance(value, float) else math.nan
        case Minus():
            return -_number(tree.of, values)
        case Arithmetic():
            return _reckoned(tree, values)
        case PickedNumber():
            return _number(tree.then if is_true(tree.when, values) else tree.otherwise, values)
        case _:
            assert_never(tree)


def _reckoned(tree: Arithmetic, values: Given) -> float:
    left, right = _number(tree.left, values), _number(tree.right, values)
    match tree.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return quotient(left, right)
        case _:
            assert_never(tree.sign)


def _text(tree: Textual, values: Given) -> str:
    match tree:
        case Literally():
            return tree.value
        case TextOf():
            return str(values[tree.issue])
        case PickedText():
            return _text(tree.then if is_true(tree.when, values) else tree.otherwise, values)
        case _:
            assert_never(tree)


def _in_order(order: Order, left: _Ordered, right: _Ordered) -> bool:
    match order:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
        case _:
            assert_never(order)
