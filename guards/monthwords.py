"""Which days may a month in words mean? `when June ends`, `mid-May`, `from May on`, `the first nine days of September`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from guards.claims.words import MONTHS

__all__ = ["names_day"]

_NAMES = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug"
    r"|sept?|oct|nov|dec)"
)
_OVER = r"(?:ends|closes|is (?:over|out|up|gone|done|through|behind us)|has (?:ended|gone|passed)|runs out|finishes|goes out)"
_WORDED = re.compile(
    rf"\b(?P<end>(?:end|close|turn|last(?: days?)?) (?:of|in) |(?:end|late)[ -](?:in |of )?)(?P<ended>{_NAMES})\b"
    rf"|\b(?P<ends>{_NAMES}) {_OVER}\b"
    rf"|\b(?:mid[ -]|middle of |half(?:way)? (?:of|through|into) |midway through )(?P<mid>{_NAMES})\b"
    rf"|\b(?:start|beginning|first days?|opening|outset|onset) (?:of|in) (?P<start>{_NAMES})\b"
    rf"|\bearly(?: in)?[ -](?P<early>{_NAMES})\b"
    rf"|\b(?P<starts>{_NAMES}) (?:begins|starts|comes|opens)\b"
    rf"|\b(?:from|as of|as from|before|until|till|since|by|with) (?P<from>{_NAMES})\b(?! \d)"
    rf"|\b(?P<week>first|second|third|fourth|last) week (?:of|in) (?P<weekly>{_NAMES})\b"
)
_WEEKS = {"first": (1, 7), "second": (8, 14), "third": (15, 21), "fourth": (22, 28), "last": (22, 31)}


def names_day(text: str, day: date) -> bool:
    """Return whether a month in words may mean the day."""
    length = monthrange(day.year, day.month)[1]
    return any(first <= day.day <= min(last, length) for first, last in _spans(text, day.month, length))


def _spans(text: str, month: int, length: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last day of each span of a month that a text names."""
    for found in _WORDED.finditer(text):
        named = next(value for name, value in found.groupdict().items() if value and name not in ("end", "week"))
        if MONTHS.get(named) != month:
            continue
        if found["ended"] or found["ends"]:
            yield (21, length) if found["end"] and found["end"].startswith("late") else (length, length)
        elif found["mid"]:
            yield 10, 20
        elif found["start"] or found["early"] or found["starts"]:
            yield 1, 10 if found["early"] else 7
        elif found["from"]:
            yield 1, 1
        else:
            yield _WEEKS[found["week"]]
