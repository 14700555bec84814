"""What does a rule without a tree say, where it is about few values? Read of each of them, and written down as a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod

from orchestrator.analysis.demands import Beyond, Kept, Problem
from orchestrator.analysis.ranges import Range
from orchestrator.analysis.rule_tree import (
    Every,
    Figure,
    FlagOf,
    Literally,
    Negation,
    NumberOf,
    NumbersCompared,
    Some,
    TextOf,
    TextsCompared,
    Truth,
)
from orchestrator.messages.negotiation import Rule
from orchestrator.messages.terms import Flag, Number, Term, Terms, spoken
from orchestrator.messages.value import IssueName

__all__ = ["MOST_ROWS", "Runtime", "tabulated"]

MOST_ROWS = 600
"""Combinations of values that a rule without a tree is read of."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """Who reads rules in full."""

    names: Callable[[Rule], frozenset[IssueName]]
    """The issues that a rule names."""
    holds: Callable[[Rule, Terms], bool]
    """Whether a rule is true of terms that settle these issues."""


def tabulated(problem: Problem, runtime: Runtime) -> Problem:
    """Return the problem with rules that had no tree given one, where few values decide them, and a judge of the rest."""
    given = [(beyond, _listed(problem, beyond, runtime)) for beyond in problem.beyond]
    found = tuple(Kept(beyond.kind, beyond.role, beyond.rule, tree) for beyond, tree in given if tree is not None)
    left = tuple(beyond for beyond, tree in given if tree is None)
    if not left:
        return replace(problem, demands=(*found, *problem.demands), beyond=())

    def also(terms: Terms) -> bool:
        return all(runtime.holds(beyond.rule, terms) for beyond in left)

    return replace(problem, demands=(*found, *problem.demands), beyond=left, also=also)


def _listed(problem: Problem, beyond: Beyond, runtime: Runtime) -> Truth | None:
    names = runtime.names(beyond.rule)
    ranges = tuple(each for each in problem.ranges if each.issue.name in names)
    if not ranges or prod(each.size for each in ranges) > MOST_ROWS:
        return None
    rows = tuple(terms for terms in _rows(ranges) if runtime.holds(beyond.rule, terms))
    return Some(tuple(Every(tuple(map(_says, terms))) for terms in rows))


def _rows(ranges: tuple[Range, ...]) -> Iterator[Terms]:
    for places in product(*(range(each.size) for each in ranges)):
        yield tuple(each.term(place) for each, place in zip(ranges, places, strict=True))


def _says(term: Term) -> Truth:
    match term:
        case Number():
            return NumbersCompared("==", NumberOf(term.issue), Figure(Fraction(term.value)))
        case Flag():
            return FlagOf(term.issue) if term.value else Negation(FlagOf(term.issue))
        case _:
            return TextsCompared("==", TextOf(term.issue), Literally(spoken(term)))
