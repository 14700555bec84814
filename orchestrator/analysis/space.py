"""Which outcomes are there, and what is each worth to whom? One axis an issue; an outcome is a place on each.

Outcomes are numbered in mixed radix: the last issue of the file changes fastest. Utilities are added measure by measure
in the order of the mandate, just as `orchestrator.messages.utility` does, so that both give the same number to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from math import prod
from typing import TypeAlias, assert_never

import numpy as np

from orchestrator.analysis.arrays import Floats, Integers, Places
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, Mandate, Negotiation, NumberIssue
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms, spoken
from orchestrator.messages.utility import worth
from orchestrator.messages.value import RoleName

__all__ = ["MOST_VALUES", "Axis", "Outcome", "Space", "space_of"]

MOST_VALUES = 5_000
"""Of one issue; finer grids are thinned, and what is found then is not exact."""

_THINNED = 400
"""Values that are looked at where there would be too many."""

Outcome: TypeAlias = tuple[int, ...]
"""For each axis its place, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The values of one issue in their order."""

    issue: Issue
    terms: tuple[Term, ...] = field(repr=False)
    size: int
    """How many values the issue has, also where `terms` holds fewer."""
    places: dict[str, int] = field(repr=False, compare=False)

    @property
    def is_thinned(self) -> bool:
        """Return whether values were left out."""
        return len(self.terms) < self.size

    def place(self, term: Term) -> int | None:
        """Return where a value stands; None where it is not on the axis."""
        return self.places.get(spoken(term))


@dataclass(frozen=True, slots=True)
class Space:
    """The outcomes of a negotiation and their worths to its roles."""

    axes: tuple[Axis, ...]
    roles: tuple[RoleName, ...]
    mandates: tuple[Mandate, ...] = field(repr=False)
    worths: tuple[Floats, ...] = field(repr=False, compare=False)
    """For each axis a table: what each of its values adds to the utility of each role."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Return how many values each axis holds."""
        return tuple(len(axis.terms) for axis in self.axes)

    @property
    def size(self) -> int:
        """Return how many outcomes there are, all values of all issues counted."""
        return prod(axis.size for axis in self.axes)

    @property
    def reserves(self) -> Floats:
        """Return the least utility at which each role may agree."""
        return np.array([mandate.reserve for mandate in self.mandates], dtype=np.float64)

    @property
    def thinned(self) -> tuple[str, ...]:
        """Return the issues whose grids are finer than what is looked at."""
        return tuple(axis.issue.name for axis in self.axes if axis.is_thinned)

    def terms(self, outcome: Sequence[int]) -> Terms:
        """Return what an outcome says."""
        return tuple(axis.terms[place] for axis, place in zip(self.axes, outcome, strict=True))

    def outcome(self, terms: Terms) -> Outcome | None:
        """Return the outcome of complete terms; None where an issue is open or a value is not on its axis."""
        named = {term.issue: term for term in terms}
        places = [axis.place(named[axis.issue.name]) if axis.issue.name in named else None for axis in self.axes]
        found = tuple(place for place in places if place is not None)
        return found if len(found) == len(self.axes) else None

    def chunks(self, most: int = 1 << 18) -> Iterator[Places]:
        """Yield all outcomes in their order, so many at a time, one row each."""
        total = prod(self.shape)
        for start in range(0, total, most):
            yield self.unranked(np.arange(start, min(total, start + most), dtype=np.int64))

    def unranked(self, numbers: Integers) -> Places:
        """Return the outcomes with these numbers."""
        columns: list[Integers] = []
        for size in reversed(self.shape):
            numbers, places = np.divmod(numbers, size)
            columns.append(places)
        return np.stack(columns[::-1], axis=1).astype(np.int32)

    def utilities(self, outcomes: Places) -> Floats:
        """Return the utility of each outcome to each role, equal to the last bit to what the mandates say."""
        found = np.zeros((len(outcomes), len(self.roles)), dtype=np.float64)
        numbers = {axis.issue.name: number for number, axis in enumerate(self.axes)}
        for role, mandate in enumerate(self.mandates):
            for measure in mandate.worths:
                number = numbers[measure.issue]
                found[:, role] += self.worths[number][outcomes[:, number], role]
        return found


def space_of(negotiation: Negotiation) -> Space:
    """Return the space of a negotiation's outcomes."""
    axes = tuple(_axis(issue) for issue in negotiation.issues)
    mandates = tuple(role.mandate for role in negotiation.roles)
    return Space(
        axes=axes,
        roles=tuple(role.name for role in negotiation.roles),
        mandates=mandates,
        worths=tuple(_table(axis, mandates) for axis in axes),
    )


def _table(axis: Axis, mandates: tuple[Mandate, ...]) -> Floats:
    table = np.zeros((len(axis.terms), len(mandates)), dtype=np.float64)
    for role, mandate in enumerate(mandates):
        for measure in mandate.worths:
            if measure.issue == axis.issue.name:
                table[:, role] = [measure.weight * worth(measure, term) for term in axis.terms]
    return table


def _axis(issue: Issue) -> Axis:
    size = _size(issue)
    terms = tuple(_term(issue, place) for place in _looked_at(size))
    return Axis(issue, terms, size, {spoken(term): place for place, term in enumerate(terms)})


def _size(issue: Issue) -> int:
    match issue:
        case NumberIssue():
            return int((issue.max - issue.min) / issue.step) + 1
        case ChoiceIssue():
            return len(issue.options)
        case DateIssue():
            return (issue.max - issue.min).days + 1
        case FlagIssue():
            return 2
        case _:
            assert_never(issue)


def _term(issue: Issue, place: int) -> Term:
    match issue:
        case NumberIssue():
            return Number(issue=issue.name, value=issue.min + place * issue.step)
        case ChoiceIssue():
            option = issue.options[place]
            return Number(issue=issue.name, value=Decimal(option)) if issue.numeric else Choice(issue=issue.name, value=option)
        case DateIssue():
            return Day(issue=issue.name, value=issue.min + timedelta(days=place))
        case FlagIssue():
            return Flag(issue=issue.name, value=bool(place))
        case _:
            assert_never(issue)


def _looked_at(size: int) -> Iterator[int]:
    every = 1 if size <= MOST_VALUES else -(-size // _THINNED)
    yield from range(0, size - 1, every)
    yield size - 1
