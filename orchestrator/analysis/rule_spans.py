"""Is a rule true of every outcome in a box, of none, or of some? Reckoned from the ends of each issue's values.

Doubles are rounded to the nearest, which keeps order: so what sums and products of the ends give, reckoned with doubles
too, bounds what any values between them give. The answer `None` means that some may keep the rule and some may not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar, assert_never

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
from orchestrator.messages.terms import RuleValue
from orchestrator.messages.value import IssueName

__all__ = ["Span", "Spans", "number_span", "true_within"]

_End = TypeVar("_End", float, str)


@dataclass(frozen=True, slots=True)
class Span(Generic[_End]):
    """All values from `low` to `high`."""

    low: _End
    high: _End


Spans: TypeAlias = Mapping[IssueName, tuple[RuleValue, RuleValue]]
"""For each issue its first and its last value in the box."""


def true_within(rule: Truth, spans: Spans) -> bool | None:  # noqa: PLR0911 - a case for each kind of node
    """Return whether the rule is true of all outcomes within the spans (True), of none (False), or maybe of some."""
    match rule:
        case Constant():
            return rule.value
        case FlagOf():
            low, high = spans[rule.issue]
            return (low is True) if low == high else None
        case Negation():
            of = true_within(rule.of, spans)
            return None if of is None else not of
        case Every():
            return _every(tuple(true_within(part, spans) for part in rule.parts))
        case Some():
            of = _every(tuple(_not(true_within(part, spans)) for part in rule.parts))
            return _not(of)
        case NumbersCompared():
            return _numbers_in_order(rule, spans)
        case TextsCompared():
            return _in_order(rule.order, _text(rule.left, spans), _text(rule.right, spans))
        case TruthsCompared():
            left, right = true_within(rule.left, spans), true_within(rule.right, spans)
            return None if left is None or right is None else left == right
        case PickedTruth():
            return _picked(rule, spans)
        case _:
            assert_never(rule)


def number_span(tree: Numeric, spans: Spans) -> Span[float] | None:
    """Return the span of a number; None where it may be no number at all, as zero divided by zero is none."""
    match tree:
        case Figure():
            return Span(float(tree.value), float(tree.value))
        case NumberOf():
            low, high = spans[tree.issue]
            return Span(float(low), float(high))
        case Minus():
            of = number_span(tree.of, spans)
            return None if of is None else Span(-of.high, -of.low)
        case Arithmetic():
            return _reckoned(tree, spans)
        case PickedNumber():
            when = true_within(tree.when, spans)
            then = None if when is False else number_span(tree.then, spans)
            otherwise = None if when is True else number_span(tree.otherwise, spans)
            if when is None:
                return None if then is None or otherwise is None else _hull(then, otherwise)
            return then if when else otherwise
        case _:
            assert_never(tree)


def _reckoned(tree: Arithmetic, spans: Spans) -> Span[float] | None:
    left, right = number_span(tree.left, spans), number_span(tree.right, spans)
    if left is None or right is None:
        return None
    match tree.sign:
        case "+":
            corners = (left.low + right.low, left.high + right.high)
        case "-":
            corners = (left.low - right.high, left.high - right.low)
        case "*":
            corners = tuple(one * other for one in (left.low, left.high) for other in (right.low, right.high))
        case "/":
            if right.low <= 0 <= right.high:
                return None
            corners = tuple(one / other for one in (left.low, left.high) for other in (right.low, right.high))
        case _:
            assert_never(tree.sign)
    return None if any(map(math.isnan, corners)) else Span(min(corners), max(corners))


def _numbers_in_order(rule: NumbersCompared, spans: Spans) -> bool | None:
    left, right = number_span(rule.left, spans), number_span(rule.right, spans)
    return None if left is None or right is None else _in_order(rule.order, left, right)


def _text(tree: Textual, spans: Spans) -> Span[str]:
    match tree:
        case Literally():
            return Span(tree.value, tree.value)
        case TextOf():
            low, high = spans[tree.issue]
            return Span(str(low), str(high))
        case PickedText():
            when = true_within(tree.when, spans)
            if when is None:
                return _hull(_text(tree.then, spans), _text(tree.otherwise, spans))
            return _text(tree.then if when else tree.otherwise, spans)
        case _:
            assert_never(tree)


def _picked(rule: PickedTruth, spans: Spans) -> bool | None:
    when = true_within(rule.when, spans)
    if when is not None:
        return true_within(rule.then if when else rule.otherwise, spans)
    then, otherwise = true_within(rule.then, spans), true_within(rule.otherwise, spans)
    return then if then == otherwise else None


def _in_order(order: Order, left: Span[_End], right: Span[_End]) -> bool | None:
    match order:
        case "<":
            return _below(left, right)
        case "<=":
            return _not(_below(right, left))
        case ">":
            return _below(right, left)
        case ">=":
            return _not(_below(left, right))
        case "==":
            return _alike(left, right)
        case "!=":
            return _not(_alike(left, right))
        case _:
            assert_never(order)


def _below(left: Span[_End], right: Span[_End]) -> bool | None:
    if left.high < right.low:
        return True
    return False if left.low >= right.high else None


def _alike(left: Span[_End], right: Span[_End]) -> bool | None:
    if left.high < right.low or right.high < left.low:
        return False
    return True if left.low == left.high == right.low == right.high else None


def _hull(one: Span[_End], other: Span[_End]) -> Span[_End]:
    return Span(min(one.low, other.low), max(one.high, other.high))


def _every(parts: tuple[bool | None, ...]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _not(truth: bool | None) -> bool | None:  # noqa: FBT001 - a truth, not a switch
    return None if truth is None else not truth
