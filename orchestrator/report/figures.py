"""How is a value said to a person? With thousands separators, its unit, and days of the week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from orchestrator.messages.move import Ruling
from orchestrator.messages.negotiation import ChoiceIssue, Fact, Issue, NumberIssue
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms, exact, spoken
from orchestrator.messages.value import OfferId

__all__ = [
    "amount",
    "clause",
    "day",
    "duration",
    "label",
    "listed",
    "measured",
    "moment",
    "named",
    "plural",
    "ruled_by",
    "said",
    "short",
    "short_id",
    "stated",
    "unit_of",
]


def amount(number: Decimal | int) -> str:
    """Return a figure in full with thousands separators: `62,000`, `2.65`."""
    whole, point, fraction = exact(Decimal(number)).partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.removeprefix('-')):,}{point}{fraction}"


def ruled_by(ruling: Ruling) -> str:
    """Return who ruled; where nobody did in time, it was time that denied."""
    return "time" if ruling.expired else ruling.by


def said(term: Term, issue: Issue | None) -> str:
    """Return a term's value with its unit: `62,000 USD`, `180 hours`, `Thursday 1 October 2026`, `yes`."""
    match term:
        case Number():
            return measured(term.value, unit_of(issue))
        case Day():
            return day(term.value)
        case Flag():
            return "yes" if term.value else "no"
        case Choice():
            return term.value
        case _:
            assert_never(term)


def short(term: Term, issue: Issue | None) -> str:
    """Return a term's value as briefly as a table wants it, without its unit."""
    if isinstance(term, Number):
        return _figure(term.value, unit_of(issue))
    return ("yes" if term.value else "no") if isinstance(term, Flag) else spoken(term)


def clause(term: Term, issue: Issue | None) -> str:
    """Return what a term says within a sentence: `search spend 62,000 USD`, `180 creative hours`, `no egress review`."""
    name = label(term.issue)
    match term:
        case Number():
            return _counted(name, term.value, unit_of(issue))
        case Day():
            return f"{name.removesuffix(' date')} on {day(term.value)}"
        case Flag():
            return name if term.value else f"no {name}"
        case Choice():
            return f"{name} {term.value}"
        case _:
            assert_never(term)


def label(name: str) -> str:
    """Return the name of an issue as words."""
    return name.replace("_", " ")


def listed(parts: Sequence[str]) -> str:
    """Return the parts as an English list: `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def plural(count: Decimal | int, unit: str) -> str:
    """Return a unit as it follows a count: `1 hour`, `2 hours`; currencies and shares stay as they are."""
    if count == 1 or not unit or unit.isupper() or unit in {"percent", "thousand", "million"} or not unit[-1].isalpha():
        return unit
    if unit.endswith(("s", "x", "ch", "sh")):
        return unit + "es"
    return unit[:-1] + "ies" if unit.endswith("y") and unit[-2:-1] not in set("aeiou") else unit + "s"


def day(value: date) -> str:
    """Return a date in full: `Thursday 1 October 2026`."""
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """Return a time to the second, as its own zone has it: `2026-10-01 09:30:00 UTC`."""
    return f"{value:%Y-%m-%d %H:%M:%S} {value.tzname() or ''}".rstrip()


def duration(seconds: float) -> str:
    """Return a time span in its two greatest units: `9 min 40 s`, `2 h 5 min`, `0.8 s`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def named(terms: Terms | Iterable[Term]) -> dict[str, Term]:
    """Return the terms by the names of their issues."""
    return {term.issue: term for term in terms}


def short_id(offer: OfferId | str | None) -> str:
    """Return the part of an offer's id that tells it from others of its session: `m7` of `m7-k4xq`."""
    return (offer or "").partition("-")[0]


def stated(fact: Fact) -> str:
    """Return the value of a fact with its unit: `320 hours`."""
    return measured(Decimal(fact.value), fact.unit) if fact.kind == "number" else f"{fact.value} {fact.unit}".rstrip()


def unit_of(issue: Issue | None) -> str:
    """Return the unit of an issue's figures; nothing where it has none."""
    return issue.unit if isinstance(issue, NumberIssue | ChoiceIssue) else ""


def measured(value: Decimal, unit: str) -> str:
    """Return a figure with its unit: `62,000 USD`, `180 hours`."""
    return f"{_figure(value, unit)} {plural(value, unit)}".rstrip()


def _figure(value: Decimal, unit: str) -> str:
    figure = amount(value)
    cents = figure.partition(".")[2]
    # Money with a fraction has at least two places: 2.50 EUR.
    return figure + "0" * (2 - len(cents)) if cents and unit.isupper() else figure


def _counted(name: str, value: Decimal, unit: str) -> str:
    head, _, last = name.rpartition(" ")
    if unit and last in {unit, plural(2, unit)}:
        return " ".join(part for part in (amount(value), head, plural(value, unit)) if part)
    return f"{name} {measured(value, unit)}"


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
