"""Which values can each issue take? Its places in order, counted without being listed: a range may have 10^15 of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import timedelta
from decimal import Context, Decimal
from math import prod
from typing import TypeAlias, assert_never

from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.terms import Choice, Day, Flag, Number, RuleValue, Term, Terms, in_rules

__all__ = ["Places", "Range", "places_of", "ranges_of", "size_of", "terms_at"]

_EXACT = Context(prec=60)

Places: TypeAlias = tuple[int, ...]
"""For each issue, in the order of the agenda, the place of a value in its range."""


@dataclass(frozen=True, slots=True)
class Range:
    """The values of one issue, from place 0 on: figures and days rising, options in the order of their characters."""

    issue: Issue
    size: int
    terms: tuple[Term, ...] = ()
    """All values, where they are options or truths."""

    def term(self, place: int) -> Term:
        """Return the value at a place."""
        match self.issue:
            case NumberIssue():
                return Number(issue=self.issue.name, value=_EXACT.fma(self.issue.step, place, self.issue.min))
            case DateIssue():
                return Day(issue=self.issue.name, value=self.issue.min + timedelta(days=place))
            case ChoiceIssue() | FlagIssue():
                return self.terms[place]
            case _:
                assert_never(self.issue)

    def plain(self, place: int) -> RuleValue:
        """Return the value at a place as rules take it."""
        match self.issue:
            case NumberIssue():
                return float(_EXACT.fma(self.issue.step, place, self.issue.min))
            case DateIssue():
                return (self.issue.min + timedelta(days=place)).isoformat()
            case ChoiceIssue() | FlagIssue():
                return in_rules(self.terms[place])
            case _:
                assert_never(self.issue)

    def place(self, term: Term) -> int | None:
        """Return the place of a value; None where the issue cannot take it."""
        match self.issue, term:
            case NumberIssue(), Number():
                steps = _EXACT.divide(_EXACT.subtract(term.value, self.issue.min), self.issue.step)
                found = int(steps) if steps == steps.to_integral_value() else -1
            case DateIssue(), Day():
                found = (term.value - self.issue.min).days
            case _:
                found = self.terms.index(term) if term in self.terms else -1
        return found if 0 <= found < self.size else None

    def first(self, least: RuleValue) -> int:
        """Return the first place whose value is not below `least`; the size where all are."""
        return bisect_left(range(self.size), least, key=self.plain)


def ranges_of(issues: tuple[Issue, ...]) -> tuple[Range, ...]:
    """Return the range of each issue."""
    return tuple(_range(issue) for issue in issues)


def size_of(ranges: tuple[Range, ...]) -> int:
    """Return how many outcomes there are, before any rule."""
    return prod(issue.size for issue in ranges)


def terms_at(ranges: tuple[Range, ...], places: Places) -> Terms:
    """Return the terms of an outcome."""
    return tuple(issue.term(place) for issue, place in zip(ranges, places, strict=True))


def places_of(ranges: tuple[Range, ...], terms: Terms) -> dict[int, int | None]:
    """Return the place of each term by the number of its issue; None for a value that the issue cannot take."""
    named = {term.issue: term for term in terms}
    return {axis: issue.place(named[issue.issue.name]) for axis, issue in enumerate(ranges) if issue.issue.name in named}


def _range(issue: Issue) -> Range:
    match issue:
        case NumberIssue():
            return Range(issue, int(_EXACT.divide_int(_EXACT.subtract(issue.max, issue.min), issue.step)) + 1)
        case DateIssue():
            return Range(issue, (issue.max - issue.min).days + 1)
        case ChoiceIssue() if issue.numeric:
            figures = sorted(map(Decimal, issue.options))
            return Range(issue, len(figures), tuple(Number(issue=issue.name, value=figure) for figure in figures))
        case ChoiceIssue():
            options = sorted(issue.options)
            return Range(issue, len(options), tuple(Choice(issue=issue.name, value=option) for option in options))
        case FlagIssue():
            return Range(issue, 2, tuple(Flag(issue=issue.name, value=value) for value in (False, True)))
        case _:
            assert_never(issue)
