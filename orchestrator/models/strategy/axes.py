"""Which values can each issue take, and as which term? One axis an issue, with its values in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias, assert_never

from orchestrator.messages.negotiation import (
    ByOption,
    ChoiceIssue,
    DateIssue,
    FlagIssue,
    Issue,
    LinearDay,
    LinearNumber,
    NumberIssue,
)
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms, position, spoken
from orchestrator.messages.utility import worth

__all__ = ["OPEN", "Axis", "Outcome", "axes_of", "outcome_of", "put", "terms_of", "worths_of"]

_MOST_VALUES = 401
"""Finer grids are thinned to about so many values; a strategy then proposes every second, third, ... value."""

OPEN = -1
"""Stands in an outcome for an issue without a value."""

Outcome: TypeAlias = tuple[int, ...]
"""For each axis, in the order of the agenda, the place of a value on it, or `OPEN`."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The values that one issue can take."""

    issue: Issue
    terms: tuple[Term, ...]
    is_ordered: bool
    """Whether neighbours are alike: figures and dates, not named options."""
    places: dict[str, int] = field(repr=False, compare=False)

    def position(self, term: Term) -> int:
        """Return the place of a term's value, or of the value next to it; `OPEN` for a value of another type."""
        found = self.places.get(spoken(term))
        if found is not None:
            return found
        here = position(term)
        if here is None or not self.is_ordered:
            return OPEN
        return min(range(len(self.terms)), key=lambda at: abs((position(self.terms[at]) or Decimal(0)) - here))


@lru_cache(maxsize=32)
def axes_of(issues: tuple[Issue, ...]) -> tuple[Axis, ...]:
    """Return the axes of an agenda's issues."""
    return tuple(_axis(issue) for issue in issues)


def outcome_of(axes: tuple[Axis, ...], terms: Terms) -> Outcome:
    """Return the outcome that is, or is next to, these terms."""
    named = {term.issue: term for term in terms}
    return tuple(axis.position(named[axis.issue.name]) if axis.issue.name in named else OPEN for axis in axes)


def terms_of(axes: tuple[Axis, ...], outcome: Outcome) -> Terms:
    """Return the terms of an outcome; open issues have none."""
    return tuple(axis.terms[place] for axis, place in zip(axes, outcome, strict=True) if place != OPEN)


def put(outcome: Outcome, axis: int, place: int) -> Outcome:
    """Return the outcome with one issue changed."""
    return (*outcome[:axis], place, *outcome[axis + 1 :])


def worths_of(axis: Axis, measures: tuple[LinearNumber | LinearDay | ByOption, ...]) -> tuple[float, ...]:
    """Return what each value of an axis adds to the utility of a role with these measures."""
    measure = next((measure for measure in measures if measure.issue == axis.issue.name), None)
    if measure is None:
        return (0.0,) * len(axis.terms)
    return tuple(measure.weight * worth(measure, term) for term in axis.terms)


def _axis(issue: Issue) -> Axis:
    terms = tuple(_terms(issue))
    is_ordered = not isinstance(issue, FlagIssue) and (not isinstance(issue, ChoiceIssue) or issue.numeric)
    return Axis(issue, terms, is_ordered, {spoken(term): place for place, term in enumerate(terms)})


def _terms(issue: Issue) -> Iterator[Term]:
    match issue:
        case NumberIssue():
            last = int((issue.max - issue.min) / issue.step)
            yield from (Number(issue=issue.name, value=issue.min + place * issue.step) for place in _thinned(last))
        case ChoiceIssue():
            if issue.numeric:
                yield from (Number(issue=issue.name, value=figure) for figure in sorted(map(Decimal, issue.options)))
            else:
                yield from (Choice(issue=issue.name, value=option) for option in issue.options)
        case DateIssue():
            last = (issue.max - issue.min).days
            yield from (Day(issue=issue.name, value=issue.min + timedelta(days=place)) for place in _thinned(last))
        case FlagIssue():
            yield from (Flag(issue=issue.name, value=value) for value in (False, True))
        case _:
            assert_never(issue)


def _thinned(last: int) -> Iterator[int]:
    every = -(-last // (_MOST_VALUES - 1)) or 1
    yield from range(0, last, every)
    yield last
