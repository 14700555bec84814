"""Which days does a fact tell? Its value, its own date, and those that its words name in full: `until 30 April 2026`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from guards.claims.words import MONTHS
from guards.kept import Once
from orchestrator.messages.negotiation import Fact

__all__ = ["days_of", "days_told"]

_DAY = re.compile(r"\b(\d{1,2}) ([a-z]+) (\d{4})\b")


def days_of(fact: Fact) -> tuple[date, ...]:
    """Return every day that a fact tells."""
    return (fact.as_of, *((date.fromisoformat(fact.value),) if fact.kind == "date" else ()), *days_told(fact))


def _told(fact: Fact) -> Iterator[date]:
    for day, month, year in _DAY.findall(fact.says.lower()):
        if month in MONTHS:
            with suppress(ValueError):
                yield date(int(year), MONTHS[month], int(day))


days_told = Once[Fact, tuple[date, ...]](lambda fact: tuple(_told(fact)))
"""Gives the days that the words of a fact name."""
