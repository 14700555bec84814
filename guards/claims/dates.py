"""Do days stand on record, and on their weekdays? Those that follow from nothing are found."""

# ruff: noqa: E501 - messages stay whole

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guards.claims.context import Context, finding
from guards.claims.reached import holds_day
from guards.claims.saying import SpokenDay
from orchestrator.messages.finding import Finding, Kind

__all__ = ["days_on_their_weekdays", "days_out_of_nowhere"]


def days_out_of_nowhere(context: Context) -> Iterator[Finding]:
    """Find days that are stated and neither stand on record nor follow from it."""
    for day in context.scan.days:
        if day.month is None or context.is_open(day) or holds_day(context.known, context.scan, day):
            continue
        kind: Kind = "terms" if context.reports else "fact"
        yield finding(
            context, f"{kind}.date", kind, day.start, day.end,
            f"{context.scan.quote(day.start, day.end)!r} is on no record and follows from nothing that is", "a day that is on record",
        )  # fmt: skip


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""As findings call them, whatever the locale."""


def days_on_their_weekdays(context: Context) -> Iterator[Finding]:
    """Find a day that is said with a weekday on which it does not fall."""
    for day in context.scan.days:
        if day.weekday is None:
            continue
        made = tuple(found for found in _dates(context, day))
        if made and all(found.weekday() != day.weekday for found in made):
            kind: Kind = "terms" if context.reports else "fact"
            falls = _WEEKDAYS[made[0].weekday()] if len(made) == 1 else "another weekday"
            yield finding(
                context, f"{kind}.weekday", kind, day.start, day.end,
                f"{context.scan.quote(day.start, day.end)!r} is no such day: the {day.day} falls on a {falls}", made[0].isoformat(),
            )  # fmt: skip


def _dates(context: Context, day: SpokenDay) -> Iterator[date]:
    own = context.known.own
    terms = [term for term in own.days.values() if day.may_be(term)] if own and day.month is None else []
    if terms:
        yield from terms
        return
    years = {known.value.year for known in context.known.days} if day.year is None else {day.year}
    months = {known.value.month for known in context.known.days} if day.month is None else {day.month}
    for year in sorted(years):
        for month in sorted(months):
            try:
                yield date(year, month, day.day)
            except ValueError:
                continue
