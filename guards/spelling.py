"""Do the words say this very value, in one of the usual ways? The short road for honest words, before any parsing."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from orchestrator.messages.terms import Day, Number, Term, exact, spoken

__all__ = ["ends_with", "starts_with"]

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_YEAR = re.compile(r",?\s+\d{4}")
_SIGNED = frozenset("$\u20ac\u00a3")
_OPENERS = frozenset(" ($\u20ac\u00a3")


def starts_with(text: str, place: int, term: Term) -> bool:
    """Return whether the value of the term stands whole at `place`, in lower-case text."""
    if text[place : place + 1] in _SIGNED:
        place += 1
    ends = [place + len(way) for way in _ways(term) if text.startswith(way, place)]
    return any(_is_end(text, end) and not (isinstance(term, Day) and _YEAR.match(text, end)) for end in ends)


def ends_with(text: str, place: int, term: Term) -> bool:
    """Return whether the value of the term stands whole right before `place`, but for a blank."""
    if text[place - 1 : place] != " ":
        return False
    return any(text.endswith(way, 0, place - 1) and _is_start(text, place - 1 - len(way)) for way in _ways(term))


def _is_end(text: str, place: int) -> bool:
    following = text[place : place + 2]
    return not following[:1].isalnum() and not (following[:1] in ",." and following[1:].isdigit())


def _is_start(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] in _OPENERS


def _ways(term: Term) -> tuple[str, ...]:
    if isinstance(term, Number):
        return _of_number(term.value)
    return _of_day(term.value) if isinstance(term, Day) else (spoken(term).lower(),)


@lru_cache(maxsize=4096)
def _of_number(value: Decimal) -> tuple[str, ...]:
    text = exact(value)
    ways = [text]
    if value == value.to_integral_value():
        grouped = f"{int(value):,}"
        ways += [grouped, grouped.replace(",", " ")]
        ways += [f"{text[:-3]}k"] if text.endswith("000") else []
    return tuple(dict.fromkeys(ways))


@lru_cache(maxsize=4096)
def _of_day(value: date) -> tuple[str, ...]:
    month = _MONTHS[value.month - 1]
    return (value.isoformat(), f"{value.day} {month}", f"{month} {value.day}")
