"""How are the values of one issue said to a solver? Figures, days and options as functions of their places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from orchestrator.analysis.ranges import Range
from orchestrator.analysis.rule_tree import Literally, Order, TextsCompared
from orchestrator.analysis.rule_truth import is_true
from orchestrator.analysis.smt_numbers import fraction
from orchestrator.messages.negotiation import ByOption, DateIssue, LinearDay, LinearNumber, NumberIssue, Worth
from orchestrator.messages.terms import Number
from orchestrator.messages.utility import worth

__all__ = ["Placed", "beside", "figure", "in_order", "texts_in_order", "two_issues", "weighed"]

_MOST_PAIRS = 400
"""Two issues of options are compared option by option up to so many pairs."""

Placed = tuple[str, Range]
"""The name of the place of an issue, and its range."""


def weighed(measure: Worth, issue: Placed) -> str:
    """Say what the value of an issue adds to the utility of a role."""
    name, each = issue
    weight = Fraction(str(measure.weight))
    if isinstance(measure, ByOption) or each.terms:
        values = _values(measure, each)
        return _by_place(name, [fraction(weight * value) for value in values])
    best, worst = _ends(measure)
    if best == worst:
        return fraction(weight)
    slope = weight / (best - worst)
    along = f"(* {fraction(slope)} (- {figure(issue)} {fraction(worst)}))"
    return f"(ite (<= {along} 0.0) 0.0 (ite (>= {along} {fraction(weight)}) {fraction(weight)} {along}))"


def figure(issue: Placed) -> str:
    """Say the value of an issue: a figure, or the number of a day."""
    name, each = issue
    match each.issue:
        case NumberIssue():
            return f"(+ {fraction(Fraction(each.issue.min))} (* {fraction(Fraction(each.issue.step))} (to_real {name})))"
        case DateIssue():
            return f"(+ {each.issue.min.toordinal()}.0 (to_real {name}))"
        case _:
            figures = [term.value if isinstance(term, Number) else 0 for term in each.terms]
            return _by_place(name, [fraction(Fraction(figure)) for figure in figures])


def beside(order: Order, issue: Placed, text: str) -> str:
    """Say how a text of an issue stands to one that is written: its places are in the order of their texts."""
    name, each = issue
    first = each.first(text)
    after = first + 1 if first < each.size and each.plain(first) == text else first
    match order:
        case "<":
            return f"(< {name} {first})"
        case "<=":
            return f"(< {name} {after})"
        case ">":
            return f"(>= {name} {after})"
        case ">=":
            return f"(>= {name} {first})"
        case "==":
            return f"(and (>= {name} {first}) (< {name} {after}))"
        case "!=":
            return f"(or (< {name} {first}) (>= {name} {after}))"
        case _:
            assert_never(order)


def two_issues(order: Order, left: Placed, right: Placed) -> str | None:
    """Say how the texts of two issues stand to each other; None where there are too many to say."""
    (one, ones), (other, others) = left, right
    if isinstance(ones.issue, DateIssue) and isinstance(others.issue, DateIssue):
        return in_order(order, figure(left), figure(right))
    if ones.size * others.size > _MOST_PAIRS:
        return None
    pairs = (
        f"(and (= {one} {here}) (= {other} {there}))"
        for here in range(ones.size)
        for there in range(others.size)
        if texts_in_order(order, str(ones.plain(here)), str(others.plain(there)))
    )
    return f"(or false {' '.join(pairs)})"


def in_order(order: Order, left: str, right: str) -> str:
    """Say that two numbers stand in an order."""
    match order:
        case "==":
            return f"(= {left} {right})"
        case "!=":
            return f"(not (= {left} {right}))"
        case _:
            return f"({order} {left} {right})"


def texts_in_order(order: Order, left: str, right: str) -> bool:
    """Return whether two texts stand in an order."""
    return is_true(TextsCompared(order, Literally(left), Literally(right)), {})


def _ends(measure: LinearNumber | LinearDay) -> tuple[Fraction, Fraction]:
    return _end(measure.best), _end(measure.worst)


def _end(value: Decimal | date) -> Fraction:
    return Fraction(value.toordinal()) if isinstance(value, date) else Fraction(value)


def _values(measure: Worth, each: Range) -> list[Fraction]:
    return [Fraction(str(worth(measure, term))) for term in each.terms]


def _by_place(name: str, values: list[str]) -> str:
    said = values[-1]
    for place in range(len(values) - 2, -1, -1):
        said = f"(ite (= {name} {place}) {values[place]} {said})"
    return said
