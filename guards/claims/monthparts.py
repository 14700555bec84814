"""Which part of a month do words name? `mid-May`, `the last week of June`, `the second Monday in March`."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from guards.claims.saying import Scan
from guards.claims.words import MONTH, MONTHS, ORDINALS, WEEKDAYS

__all__ = ["MonthPart", "parts_of_months"]

_PARTS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "early": (1, 12),
        "mid": (8, 23),
        "middle": (8, 23),
        "late": (18, 31),
        "beginning": (1, 10),
        "start": (1, 10),
        "end": (22, 31),
    }
)
"""The days that a part of a month may mean at most."""
_NTH = r"(first|1st|second|2nd|third|3rd|fourth|4th|last)"
_COUNTS: Mapping[str, int] = MappingProxyType({"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": -1})
_BEFORE = re.compile(
    rf"(?:\b(early|mid|late|middle|beginning|start|end)[ -](?:(?:of|in) )?(?:the )?"
    rf"|\b{_NTH} (day|week|half|{'|'.join(WEEKDAYS)}) (?:of|in) )$"
)
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
    clause: int

    def holds(self, day: date) -> bool:
        """Return whether a day lies in it."""
        if day.month != self.month:
            return False
        length = monthrange(day.year, day.month)[1]
        if not self.nth:
            first, last = _PARTS[self.part]
            return first <= day.day <= last
        if self.part == "half":
            return (day.day <= 16) if self.nth == 1 else day.day >= 14
        if self.part == "week":
            return day.day >= length - 8 if self.nth < 0 else 7 * self.nth - 9 <= day.day <= 7 * self.nth + 3
        if self.part == "day":
            return day.day == (length if self.nth < 0 else self.nth)
        is_last = (day + timedelta(days=7)).month != day.month
        return day.weekday() == WEEKDAYS[self.part] and (is_last if self.nth < 0 else (day.day + 6) // 7 == self.nth)


def parts_of_months(said: Scan) -> Iterator[MonthPart]:
    """Yield the parts of months that a text names."""
    for word in said.told:
        if not word.bits & MONTH:
            continue
        found = _BEFORE.search(said.text, max(0, word.start - _REACH), word.start)
        if found is None or any(day.start <= word.start < day.end for day in said.days):
            continue
        part, count = found[1] or found[3], _COUNTS.get(found[2] or "", ORDINALS.get(found[2] or "", 0))
        place = bisect_right(said.begins, found.start()) - 1
        yield MonthPart(found.start(), word.end, MONTHS[word.word], part, count, place)
