"""What is an agreement worth to a role? A weighted sum over the issues, from 0 to 1."""

from __future__ import annotations

from typing import assert_never

from orchestrator.messages.negotiation import ByOption, LinearDay, LinearNumber, Mandate, Worth
from orchestrator.messages.terms import Day, Number, Term, Terms, spoken

__all__ = ["ROUNDING", "reaches_reserve", "utility", "worth"]

ROUNDING = 1e-9
"""Utilities that differ by less are equal: so much goes astray in sums of floating point."""


def worth(measure: Worth, term: Term) -> float:
    """Return what one term is worth by one measure, from 0 to 1; a term of the wrong type is worth 0."""
    match measure:
        case LinearNumber():
            return _along(float(measure.best), float(measure.worst), float(term.value)) if isinstance(term, Number) else 0.0
        case LinearDay():
            if not isinstance(term, Day):
                return 0.0
            return _along(measure.best.toordinal(), measure.worst.toordinal(), term.value.toordinal())
        case ByOption():
            text = spoken(term)
            return next((value for option, value in measure.values if option == text), 0.0)
        case _:
            assert_never(measure)


def utility(mandate: Mandate, terms: Terms) -> float:
    """Return the utility of the terms; an issue that is open counts as its worst."""
    named = {term.issue: term for term in terms}
    total = 0.0
    # One after the other: `sum` adds floats in other ways in later versions of Python, and a replay must not notice.
    for measure in mandate.worths:
        total += measure.weight * (worth(measure, named[measure.issue]) if measure.issue in named else _worst(measure))
    return total


def reaches_reserve(mandate: Mandate, terms: Terms) -> bool:
    """Return whether the terms are worth at least the reserve (to within rounding of floating point)."""
    return utility(mandate, terms) >= mandate.reserve - ROUNDING


def _along(best: float, worst: float, value: float) -> float:
    if best == worst:
        return 1.0
    return min(1.0, max(0.0, (value - worst) / (best - worst)))


def _worst(measure: Worth) -> float:
    return min((value for _, value in measure.values), default=0.0) if isinstance(measure, ByOption) else 0.0
