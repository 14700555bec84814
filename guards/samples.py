"""Which full terms show how a rule behaves? The corners and the middle of every issue, and a seeded spread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import assert_never

from guards.grid import EXACT
from orchestrator.messages.digest import sha256
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms

__all__ = ["SPREAD", "samples_of"]

SPREAD = 64
"""How many terms are drawn besides the corners."""


def samples_of(issues: tuple[Issue, ...]) -> tuple[Terms, ...]:
    """Return full terms: all at their first, last and middle value, each option in turn, and a fixed spread."""
    spectra = tuple(_spectrum(issue) for issue in issues)
    return tuple(_rows(spectra))


def _rows(spectra: tuple[tuple[Term, ...], ...]) -> Iterator[Terms]:
    longest = max((len(spectrum) for spectrum in spectra), default=0)
    for place in range(longest):
        yield tuple(spectrum[place % len(spectrum)] for spectrum in spectra)
    for draw in range(SPREAD):
        yield tuple(spectrum[_drawn(draw, place) % len(spectrum)] for place, spectrum in enumerate(spectra))


def _drawn(draw: int, place: int) -> int:
    return int(sha256(f"{draw}:{place}".encode())[:8], 16)


def _spectrum(issue: Issue) -> tuple[Term, ...]:
    match issue:
        case NumberIssue():
            return tuple(Number(issue=issue.name, value=value) for value in _figures(issue))
        case ChoiceIssue() if issue.numeric:
            return tuple(Number(issue=issue.name, value=Decimal(option)) for option in issue.options)
        case ChoiceIssue():
            return tuple(Choice(issue=issue.name, value=option) for option in issue.options)
        case DateIssue():
            return tuple(Day(issue=issue.name, value=day) for day in _days(issue))
        case FlagIssue():
            return (Flag(issue=issue.name, value=True), Flag(issue=issue.name, value=False))
        case _:
            assert_never(issue)


def _figures(issue: NumberIssue) -> Iterator[Decimal]:
    steps = int(EXACT.divide_int(EXACT.subtract(issue.max, issue.min), issue.step)) if issue.step > 0 else 0
    yield issue.min
    yield EXACT.fma(issue.step, steps, issue.min)
    for eighth in (4, 2, 6, 1, 7, 3, 5):
        yield EXACT.fma(issue.step, steps * eighth // 8, issue.min)


def _days(issue: DateIssue) -> Iterator[date]:
    days = max(0, (issue.max - issue.min).days)
    yield issue.min
    yield issue.min + timedelta(days=days)
    for eighth in (4, 2, 6, 1, 7, 3, 5):
        yield issue.min + timedelta(days=days * eighth // 8)
