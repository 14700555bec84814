"""Do doubles and exact fractions agree about a comparison? They do on plain figures, and on sums of small whole ones."""

from __future__ import annotations

import math
from fractions import Fraction

from orchestrator.analysis.ranges import Range
from orchestrator.analysis.rule_spans import Spans, number_span
from orchestrator.analysis.rule_tree import (
    Arithmetic,
    Figure,
    Minus,
    NumberOf,
    NumbersCompared,
    Numeric,
    PickedNumber,
    Tree,
    branches,
)
from orchestrator.messages.negotiation import NumberIssue
from orchestrator.messages.terms import Number
from orchestrator.messages.value import IssueName

__all__ = ["Grains", "fraction", "grains_of", "is_exact", "largest"]

Grains = dict[IssueName, Fraction]
"""For each issue that is a number, what all its values are multiples of."""

_MOST_DIGITS = 10**15
"""Decimals of so many digits are told apart by doubles, and put in the right order."""
_MOST_EXACT = 2**53


def fraction(value: Fraction) -> str:
    """Return a fraction as SMT-LIB writes it."""
    size = f"{abs(value.numerator)}.0" if value.denominator == 1 else f"(/ {abs(value.numerator)}.0 {value.denominator}.0)"
    return f"(- {size})" if value < 0 else size


def grains_of(ranges: tuple[Range, ...]) -> Grains:
    """Return the grain of each issue that is a number."""
    grains: Grains = {}
    for each in ranges:
        if isinstance(each.issue, NumberIssue):
            grains[each.issue.name] = _common(Fraction(each.issue.min), Fraction(each.issue.step))
        elif each.terms and isinstance(each.terms[0], Number):
            figures = [Fraction(term.value) for term in each.terms if isinstance(term, Number)]
            grains[each.issue.name] = _common(*figures)
    return grains


def largest(tree: Tree, spans: Spans) -> float | None:
    """Return the largest size of any number within a tree; None where there is no telling."""
    sizes = [0.0]
    for branch in branches(tree):
        inner = largest(branch, spans)
        if inner is None:
            return None
        sizes.append(inner)
    if isinstance(tree, Figure | NumberOf | Minus | Arithmetic | PickedNumber):
        span = number_span(tree, spans)
        if span is None or math.isinf(span.low) or math.isinf(span.high):
            return None
        sizes.extend((abs(span.low), abs(span.high)))
    return max(sizes)


def is_exact(rule: NumbersCompared, grains: Grains, size: float) -> bool:
    """Return whether doubles give the very answer that fractions give, for numbers no larger than `size`."""
    if not (_reckons(rule.left) or _reckons(rule.right)):
        grain = _common(*(_leaf_grain(leaf, grains) for leaf in (*_leaves(rule.left), *_leaves(rule.right))))
        return not grain or size / grain < _MOST_DIGITS
    grains_there = [_grain(side, grains) for side in (rule.left, rule.right)]
    return all(grain is not None and size / grain < _MOST_EXACT for grain in grains_there)


def _reckons(tree: Numeric) -> bool:
    return isinstance(tree, Arithmetic) or any(_reckons(part) for part in _parts(tree))


def _parts(tree: Numeric) -> tuple[Numeric, ...]:
    match tree:
        case Minus():
            return (tree.of,)
        case PickedNumber():
            return (tree.then, tree.otherwise)
        case Arithmetic():
            return (tree.left, tree.right)
        case Figure() | NumberOf():
            return ()


def _leaves(tree: Numeric) -> tuple[Figure | NumberOf, ...]:
    if isinstance(tree, Figure | NumberOf):
        return (tree,)
    return tuple(leaf for part in _parts(tree) for leaf in _leaves(part))


def _leaf_grain(leaf: Figure | NumberOf, grains: Grains) -> Fraction:
    return Fraction(1, leaf.value.denominator) if isinstance(leaf, Figure) else grains[leaf.issue]


def _grain(tree: Numeric, grains: Grains) -> Fraction | None:
    """Return what all values of a tree are multiples of, where that is a whole number of halves, quarters, eighths..."""
    match tree:
        case Figure() | NumberOf():
            grain = _leaf_grain(tree, grains)
            return grain if grain.denominator & (grain.denominator - 1) == 0 and grain else None
        case Minus() | PickedNumber():
            found = [_grain(part, grains) for part in _parts(tree)]
            known = [grain for grain in found if grain is not None]
            return _common(*known) if len(known) == len(found) else None
        case Arithmetic():
            left, right = _grain(tree.left, grains), _grain(tree.right, grains)
            if left is None or right is None or tree.sign == "/":
                return None
            return left * right if tree.sign == "*" else _common(left, right)


def _common(*figures: Fraction) -> Fraction:
    """Return the largest fraction of which all of these are multiples; 0 where all are 0."""
    denominator = math.lcm(*(figure.denominator for figure in figures))
    return Fraction(math.gcd(*(int(figure * denominator) for figure in figures)), denominator)
