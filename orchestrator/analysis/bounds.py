"""Which figures and days in a rule bound something? Its bounds, each with what the rule would be with another in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from orchestrator.analysis.rule_tree import (
    Arithmetic,
    Every,
    Figure,
    Literally,
    Minus,
    Negation,
    NumberOf,
    NumbersCompared,
    Numeric,
    Order,
    PickedNumber,
    PickedTruth,
    Some,
    TextOf,
    TextsCompared,
    Truth,
)
from orchestrator.analysis.smt_numbers import Grains
from orchestrator.messages.value import IssueName

__all__ = ["Bound", "DayBound", "FigureBound", "bounds_of", "constant", "grain_of"]

_MIRRORED: dict[Order, Order] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_RISING = ("<", "<=")
_FALLING = (">", ">=")


@dataclass(frozen=True, slots=True)
class FigureBound:
    """A figure that a number must not pass."""

    of: Numeric
    figure: Fraction
    upwards: bool
    """Whether a larger figure asks for less."""
    moved: Callable[[Fraction], Truth]
    """Returns the whole rule with another figure here."""


@dataclass(frozen=True, slots=True)
class DayBound:
    """A day that the day of an issue must not pass."""

    issue: IssueName
    day: str
    upwards: bool
    moved: Callable[[str], Truth]


Bound: TypeAlias = FigureBound | DayBound
_Rebuild: TypeAlias = Callable[[Truth], Truth]


def bounds_of(rule: Truth) -> tuple[Bound, ...]:
    """Return the bounds of a rule, from left to right; equalities, flags and options bound nothing."""
    return tuple(_bounds(rule, lambda whole: whole, affirmed=True))


def grain_of(tree: Numeric, grains: Grains) -> Fraction | None:  # noqa: PLR0911 - a case for each kind of node
    """Return what all values of a number are multiples of; None where there is no telling."""
    match tree:
        case Figure():
            return Fraction(1, tree.value.denominator)
        case NumberOf():
            return grains[tree.issue]
        case Minus():
            return grain_of(tree.of, grains)
        case PickedNumber():
            return _shared(grain_of(tree.then, grains), grain_of(tree.otherwise, grains))
        case Arithmetic():
            left, right = grain_of(tree.left, grains), grain_of(tree.right, grains)
            if tree.sign == "/":
                divisor = constant(tree.right)
                return abs(left / divisor) if left is not None and divisor else None
            if tree.sign == "*":
                return left * right if left is not None and right is not None else None
            return _shared(left, right)


def constant(tree: Numeric) -> Fraction | None:
    """Return the figure that a number without issues is; None for others."""
    match tree:
        case Figure():
            return tree.value
        case Minus():
            of = constant(tree.of)
            return None if of is None else -of
        case _:
            return None


def _shared(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    if one is None or other is None:
        return None
    bottom = one.denominator * other.denominator
    return Fraction(_gcd(int(one * bottom), int(other * bottom)), bottom)


def _gcd(one: int, other: int) -> int:
    while other:
        one, other = other, one % other
    return one


def _bounds(rule: Truth, whole: _Rebuild, *, affirmed: bool) -> Iterator[Bound]:
    match rule:
        case Negation():
            yield from _bounds(rule.of, lambda of: whole(Negation(of)), affirmed=not affirmed)
        case Every() | Some():
            for place, part in enumerate(rule.parts):
                yield from _bounds(part, _with_part(rule, place, whole), affirmed=affirmed)
        case PickedTruth():
            yield from _bounds(rule.then, lambda then: whole(replace(rule, then=then)), affirmed=affirmed)
            yield from _bounds(rule.otherwise, lambda other: whole(replace(rule, otherwise=other)), affirmed=affirmed)
        case NumbersCompared():
            yield from _figure_bound(rule, whole, affirmed=affirmed)
        case TextsCompared():
            yield from _day_bound(rule, whole, affirmed=affirmed)
        case _:
            return


def _with_part(rule: Every | Some, place: int, whole: _Rebuild) -> _Rebuild:
    return lambda part: whole(replace(rule, parts=(*rule.parts[:place], part, *rule.parts[place + 1 :])))


def _figure_bound(rule: NumbersCompared, whole: _Rebuild, *, affirmed: bool) -> Iterator[Bound]:
    figure, of, order = constant(rule.right), rule.left, rule.order
    if figure is None:
        figure, of, order = constant(rule.left), rule.right, _MIRRORED[rule.order]
    if figure is not None and constant(of) is None and order in (*_RISING, *_FALLING):
        upwards = (order in _RISING) == affirmed
        yield FigureBound(of, figure, upwards, lambda other: whole(NumbersCompared(order, of, Figure(other))))


def _day_bound(rule: TextsCompared, whole: _Rebuild, *, affirmed: bool) -> Iterator[Bound]:
    left, right, order = rule.left, rule.right, rule.order
    if isinstance(left, Literally):
        left, right, order = right, left, _MIRRORED[order]
    if isinstance(left, TextOf) and isinstance(right, Literally) and order in (*_RISING, *_FALLING):
        upwards, issue = (order in _RISING) == affirmed, left
        yield DayBound(left.issue, right.value, upwards, lambda day: whole(TextsCompared(order, issue, Literally(day))))
