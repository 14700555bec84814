"""Which days do words name? ISO and figures with points, days with months in three languages, and ordinals."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from guards.claims.saying import SpokenDay
from guards.claims.telling import Word
from guards.claims.words import MONTH, MONTHS, NUMBER, ORDINAL, ORDINAL_ENDS, ORDINALS, SMALL, WEEKDAY, WEEKDAYS

__all__ = ["days_in"]

_ISO = re.compile(r"(\d(?<!\d\d)\d{3})-(\d\d)-(\d\d)(?!\d)")
_POINTED = re.compile(r"(\d(?<![\d.]\d)\d?)[./](\d{1,2})[./](\d{4})(?!\d)")
_BEFORE = re.compile(r"(?<![\d.,])(\d{1,2})(?:st|nd|rd|th|\.|er)?\s(?:of\s|de\s)?$")
_AFTER = re.compile(r"\.?\s(?:the\s)?(\d{1,2})(?:st|nd|rd|th)?(?![\d%]|[.,]\d|\s\d{3}\b|k\b)")
_BEHIND = re.compile(r",? ?(?:\(|a |which is a |that is a |that's a |being a )")
_FROM = re.compile(r"(?<![\d.,:])(\d{1,2})(?:st|nd|rd|th)?(?: to | and | until | or | till |[-\u2013])(?:the )?$")
"""A day before another of the same month: `22 to 26 February`."""
_YEAR = re.compile(r",?\s(\d{4})(?!\d)")
_NTH = re.compile(r"\d\d?(?:st|nd|rd|th)\b")
_YEARS = (".20", "/20", ".19", "/19")
"""How a year begins behind a day and a month in figures."""
_LINK = re.compile(r"(?:,?\s|\sthe\s|,\sthe\s)(?:the\s)?$")

_ON = (" on the ", " by the ", " until the ", " till the ", " from the ", " after the ", " before the ")
_NOTHING = re.compile(r"(?=[.,;:!?)]|$| (?:and|or|so|but|as|with|at|in|if|is|was|would|will|already|instead|because|then)\b)")
"""What stands behind an ordinal that counts no thing."""
_MOST = 1000

_Span = tuple[int, int]
_DAYS = MONTH | ORDINAL
"""The classes of words without which no day is said in words."""


def days_in(
    text: str, told: Sequence[Word], starts: Sequence[int], kinds: int, numerals: Sequence[re.Match[str]]
) -> tuple[list[SpokenDay], list[_Span]]:
    """Return the days that a text names, in order, and the places that they take; `kinds` are the classes of all its words."""
    if not numerals and not kinds & _DAYS:
        return [], []
    has_figures = "-0" in text or "-1" in text or any(map(text.__contains__, _YEARS))
    has_nth = not ORDINAL_ENDS.isdisjoint([numeral[2][:2] for numeral in numerals])
    if not (has_figures or has_nth or kinds & _DAYS):
        return [], []
    found: list[SpokenDay] = []
    every = chain(
        _by_figures(text, starts) if has_figures else (),
        _by_months(text, told, starts) if kinds & MONTH else (),
        _by_ordinals(text, starts) if has_nth else (),
        _by_names(text, told, starts) if kinds & ORDINAL else (),
    )
    for day in sorted(islice(every, _MOST), key=_place):
        if not found or day.start >= found[-1].end:
            found.append(day)
    days = _with_weekdays(text, found, told) if found else []
    return days, [(day.start, day.end) for day in days]


def _by_figures(text: str, starts: Sequence[int]) -> Iterator[SpokenDay]:
    if "-0" in text or "-1" in text:
        for found in _ISO.finditer(text):
            year, month, day = map(int, found.groups())
            yield SpokenDay(found.start(), found.end(), day, month, year, None, _clause(starts, found.start()))
    if any(map(text.__contains__, _YEARS)):
        for found in _POINTED.finditer(text):
            day, month = int(found[1]), int(found[2])
            if 1 <= day <= 31 and 1 <= month <= 12:
                yield SpokenDay(found.start(), found.end(), day, month, int(found[3]), None, _clause(starts, found.start()))


def _by_months(text: str, told: Sequence[Word], starts: Sequence[int]) -> Iterator[SpokenDay]:
    for place, word in enumerate(told):
        if not word.bits & MONTH:
            continue
        start, end, day = _beside(text, told, place)
        if day is None:
            continue
        year = _YEAR.match(text, end)
        ends = year.end() if year else end
        said = MONTHS[word.word], int(year[1]) if year else None, None
        yield SpokenDay(start, ends, day, *said, _clause(starts, start))
        first = _FROM.search(text, max(0, start - 16), start)
        if first and 1 <= int(first[1]) < day:
            yield SpokenDay(first.start(), first.end(1), int(first[1]), *said, _clause(starts, first.start()))


def _beside(text: str, told: Sequence[Word], place: int) -> tuple[int, int, int | None]:
    """Return where a day with its month begins and ends, and the day: `1 October`, `October 1`, `first of October`."""
    word = told[place]
    before = _BEFORE.search(text, max(0, word.start - 8), word.start)
    if before:
        return before.start(), word.end, int(before[1])
    named = _ordinal_before(text, told, place)
    if named:
        return named[0], word.end, named[1]
    after = _AFTER.match(text, word.end)
    if after:
        return word.start, after.end(), int(after[1])
    return word.start, word.end, None


def _ordinal_before(text: str, told: Sequence[Word], place: int) -> tuple[int, int] | None:
    """Return the place and the day of an ordinal in words before a month: `the twenty-fifth of September`."""
    word = told[place]
    if not place or not told[place - 1].bits & ORDINAL or told[place - 1].word == "second":
        return None
    last = told[place - 1]
    if text[last.end : word.start].strip() not in ("", "of"):
        return None
    day, start = ORDINALS[last.word], last.start
    if place > 1 and told[place - 2].bits & NUMBER and told[place - 2].end + 1 == last.start and day < 10:
        day, start = day + SMALL.get(told[place - 2].word, 0), told[place - 2].start
    return start, day


def _by_ordinals(text: str, starts: Sequence[int]) -> Iterator[SpokenDay]:
    for found in _NTH.finditer(text):
        start = found.start()
        day = int(found.group()[:-2])
        is_part = start and (text[start - 1] in ".," or text[start - 1].isdigit())
        if 1 <= day <= 31 and not is_part and not text.startswith(" percentile", found.end()):
            yield SpokenDay(start, found.end(), day, None, None, None, _clause(starts, start))


def _by_names(text: str, told: Sequence[Word], starts: Sequence[int]) -> Iterator[SpokenDay]:
    """Yield ordinals in words that stand alone where a day stands: `on the ninth`, `until the twenty-first`."""
    for place, word in enumerate(told):
        if not word.bits & ORDINAL or not _NOTHING.match(text, word.end):
            continue
        day, start = ORDINALS[word.word], word.start
        tens = told[place - 1] if place else word
        if tens.bits & NUMBER and tens.end + 1 == start and day < 10:
            day, start = day + SMALL.get(tens.word, 0), tens.start
        if day <= 31 and text[max(0, start - 10) : start].endswith(_ON):
            yield SpokenDay(start, word.end, day, None, None, None, _clause(starts, start))


def _with_weekdays(text: str, days: Sequence[SpokenDay], told: Sequence[Word]) -> list[SpokenDay]:
    """Join each day with the weekday that stands before it, or behind it: `the 17th, a Wednesday`."""
    weekdays = [word for word in told if word.bits & WEEKDAY]
    if not weekdays:
        return list(days)
    joined: list[SpokenDay] = []
    for day in days:
        place = bisect_right(weekdays, day.start, key=_start)
        near = weekdays[place - 1] if place and 0 < day.start - weekdays[place - 1].end <= 6 else None
        behind = weekdays[place] if place < len(weekdays) and 0 <= weekdays[place].start - day.end <= 14 else None
        if near and _LINK.fullmatch(text, near.end, day.start):
            joined.append(day._replace(start=near.start, weekday=WEEKDAYS[near.word]))
        elif behind and _BEHIND.fullmatch(text, day.end, behind.start):
            joined.append(day._replace(end=behind.end, weekday=WEEKDAYS[behind.word]))
        else:
            joined.append(day)
    return joined


def _place(day: SpokenDay) -> tuple[int, int]:
    return day.start, -day.end


def _start(word: Word) -> int:
    return word.start


def _clause(starts: Sequence[int], place: int) -> int:
    return bisect_right(starts, place) - 1
