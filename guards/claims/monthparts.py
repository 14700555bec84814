"""Which days of a month do words name? `mid-May`, `the last week of June`, `the second Monday in March`, `when June ends`."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from guards.claims.saying import Scan
from guards.claims.words import MONTH, MONTHS, ORDINALS, SMALL, WEEKDAYS

__all__ = ["MonthPart", "names_day", "names_eve", "parts_of_months"]

_Span: TypeAlias = tuple[int, int]
_PARTS: Mapping[str, tuple[_Span, _Span]] = MappingProxyType(
    {
        "early": ((1, 10), (1, 12)),
        **dict.fromkeys(("mid", "middle", "halfway", "midway"), ((10, 20), (8, 23))),
        "late": ((21, 31), (18, 31)),
        **dict.fromkeys(("beginning", "start", "opening", "onset", "outset"), ((1, 7), (1, 10))),
        **dict.fromkeys(("end", "close"), ((31, 31), (22, 31))),
    }
)
"""The days that a part of a month means, and those that it may mean at most; 31 is the last day of any."""
_COUNTS: Mapping[str, int] = MappingProxyType({"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": -1})
_BEFORE = re.compile(
    rf"(?:\b({'|'.join(_PARTS)})[ -](?:(?:of|in|into|through) )?(?:the )?"
    rf"|\b(first|1st|second|2nd|third|3rd|fourth|4th|last) (day|week|half|{'|'.join(WEEKDAYS)}) (?:of|in) )$"
)
_FROM = re.compile(r"\b(?:from|as of|before|until|till|since|by|with) $")
_OVER = re.compile(
    r" (?:ends|closes|is (?:over|out|up|gone|done|through|behind us)|has (?:ended|gone|passed)|runs out|finishes)\b"
)
_BEGUN = re.compile(r" (?:begins|starts|comes|opens)\b")
_DAY = re.compile(r" \d")
_NAME = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_FIRST_DAYS = re.compile(r"\bfirst ([a-z]+|\d{1,2}) days (?:of|in) $")
_ENDS = frozenset(("end", "close"))
_REACH = 32


class MonthPart(NamedTuple):
    """Some days of a month, and where they are named."""

    start: int
    end: int
    month: int
    part: str
    """`early`, `mid` and their like, or the day or week that is counted."""
    nth: int
    """Which day or week; -1 for the last, 0 where none is counted."""
    clause: int = 0

    def holds(self, day: date, *, is_exact: bool = False) -> bool:
        """Return whether a day lies in it, or may: a week begins on any day, and nobody counts how late the middle is."""
        if day.month != self.month:
            return False
        if self.part in WEEKDAYS:
            is_last = (day + timedelta(days=7)).month != day.month
            is_nth = is_last if self.nth < 0 else (day.day + 6) // 7 == self.nth
            return is_nth and day.weekday() == WEEKDAYS[self.part]
        length = monthrange(day.year, day.month)[1]
        first, last = self._span(length, is_exact=is_exact)
        return min(first, length) <= day.day <= last

    def _span(self, length: int, *, is_exact: bool) -> _Span:
        if not self.nth:
            return _PARTS[self.part][not is_exact]
        if self.part == "half":
            return (1, 16) if self.nth == 1 else (14, 31)
        size, slack = (7, 0 if is_exact else 3) if self.part == "week" else (1, 0)
        last = length if self.nth < 0 else size * self.nth
        return last - size + 1 - slack, last + slack


def parts_of_months(said: Scan) -> Iterator[MonthPart]:
    """Yield the parts of months that a text names."""
    for word in said.told:
        if not word.bits & MONTH or any(day.start <= word.start < day.end for day in said.days):
            continue
        found = _part_before(said.text, word.start, word.word)
        if found:
            yield found._replace(clause=bisect_right(said.begins, found.start) - 1)


def names_day(text: str, day: date) -> bool:
    """Return whether a month in words means the day: a part of it, `when June ends`, `from May on`."""
    parts = (_part_at(text, found) for found in _NAME.finditer(text))
    return any(part.holds(day, is_exact=True) for part in parts if part)


def names_eve(text: str, day: date) -> bool:
    """Return whether a text names the very day before a day, as the last on which something is not yet so."""
    eve = day - timedelta(days=1)
    for found in _NAME.finditer(text):
        counted = _FIRST_DAYS.search(text, max(0, found.start() - _REACH), found.start())
        part = None if counted else _part_at(text, found)
        if counted and MONTHS[found.group()] == eve.month and _count(counted[1]) == eve.day:
            return True
        if part and (part.part in _ENDS or part.nth < 0) and part.part not in WEEKDAYS and part.holds(eve, is_exact=True):
            return True
    return False


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else SMALL.get(word, 0)


def _part_at(text: str, found: re.Match[str]) -> MonthPart | None:
    """Return what the words around the name of a month say of it."""
    place, end, word = found.start(), found.end(), found.group()
    part = _part_before(text, place, word)
    if part is not None:
        return part
    is_from = _FROM.search(text, max(0, place - _REACH), place) and not _DAY.match(text, end)
    called = "end" if _OVER.match(text, end) else "start" if _BEGUN.match(text, end) else "day" if is_from else ""
    return MonthPart(place, end, MONTHS[word], called, int(called == "day")) if called else None


def _part_before(text: str, place: int, month: str) -> MonthPart | None:
    """Return the part of a month that the words before its name say."""
    found = _BEFORE.search(text, max(0, place - _REACH), place)
    if found is None:
        return None
    count = _COUNTS.get(found[2] or "", ORDINALS.get(found[2] or "", 0))
    return MonthPart(found.start(), place + len(month), MONTHS[month], found[1] or found[3], count)
