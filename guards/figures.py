"""Which figure or date do these words say? Digits, thousands, scales, number words and calendar days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

__all__ = ["Figure", "SpokenDay", "day_in", "figure_in"]

_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f,.'\u2019]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: value for value, word in enumerate(_ONES)} | {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_NUMBER_WORDS = frozenset((*_SMALL, *_SCALES))
_WORD = "|".join(sorted([*_SMALL, *_SCALES], key=len, reverse=True))
_SUFFIXES = {"k": 1000, "thousand": 1000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000}

_FIGURE = re.compile(
    rf"(?P<sign>[$\u20ac\u00a3]|(?:usd|eur|gbp)\b)?[ ]?"
    rf"(?:(?P<digits>{_DIGITS})(?:\s?(?P<scale>k|mn|m|thousand|million)\b)?"
    rf"|\b(?P<words>(?:{_WORD})(?:(?:[ -]|\sand\s)(?:{_WORD}))*)\b)"
)
_WORD_START = r"(?<![^\s(])"
_FIGURE_WORD = re.compile(_WORD_START + _FIGURE.pattern)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?:\.(?=\s+\d))?"
)
_DAY = re.compile(
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:the\s+)?"
    rf"(?:(?P<iso>\d{{4}}-\d\d-\d\d)\b"
    rf"|(?P<day>\d{{1,2}})(?:[snrt][tdh])?\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>\d{{4}})\b)?"
    rf"|(?P<month2>{_MONTH})\s+(?:the\s+)?(?P<day2>\d{{1,2}})(?:[snrt][tdh])?\b(?:,?\s+(?P<year2>\d{{4}})\b)?"
    rf"|(?P<day3>\d{{1,2}})[snrt][tdh]\b)"
)
_DAY_WORD = re.compile(_WORD_START + _DAY.pattern)
_BLANKS = str.maketrans("", "", " \u00a0\u202f'\u2019")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in lower-case words, with every value that the words may mean."""

    values: tuple[Decimal, ...]
    start: int
    end: int
    sign: str
    """The sign or code of the currency before it, if any."""
    is_bare: bool
    """Whether thousands may have been left out: `60` for 60,000."""


@dataclass(frozen=True, slots=True)
class SpokenDay:
    """A day as it was said: perhaps without its month or year."""

    day: int
    month: int | None
    year: int | None
    start: int
    end: int

    def may_be(self, value: date) -> bool:
        """Return whether the words fit the date."""
        return (self.day, self.month or value.month, self.year or value.year) == (value.day, value.month, value.year)


def figure_in(text: str, start: int, end: int, *, last: bool = False) -> Figure | None:
    """Return the figure at `start`, or the last figure between `start` and `end`."""
    found = _last(_FIGURE_WORD, text, start, end) if last else _FIGURE.match(text, start, end)
    if found is None:
        return None
    if found["words"] is not None:
        value = None if found["words"] in _SCALES else _counted(found["words"])
        values: tuple[Decimal, ...] = () if value is None else (Decimal(value),)
    else:
        values = _read_digits(found["digits"], _SUFFIXES.get(found["scale"] or "", 1))
    sign = found["sign"] or ""
    is_bare = not sign and not found["scale"] and all(value < 1000 for value in values)
    return Figure(values, found.start(), found.end(), sign, is_bare) if values else None


def day_in(text: str, start: int, end: int, *, last: bool = False) -> SpokenDay | None:
    """Return the day at `start`, or the last day between `start` and `end`."""
    found = _last(_DAY_WORD, text, start, end) if last else _DAY.match(text, start, end)
    if found is None:
        return None
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split("-"))
        return SpokenDay(day, month, year, found.start(), found.end())
    day = int(found["day"] or found["day2"] or found["day3"])
    named = found["month"] or found["month2"]
    year = found["year"] or found["year2"]
    month = _MONTHS.index(named[:3]) + 1 if named else None
    return SpokenDay(day, month, int(year) if year else None, found.start(), found.end())


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    if not any(map(_hints_at_figure, text[start:end].split())):
        return None
    matches = tuple(pattern.finditer(text, start, end))
    return matches[-1] if matches else None


def _hints_at_figure(word: str) -> bool:
    return word[-1].isdigit() or word[0].isdigit() or word[0] in "$\u20ac\u00a3" or word.split("-", 1)[0] in _NUMBER_WORDS


def _read_digits(digits: str, scale: int) -> tuple[Decimal, ...]:
    if digits.isdecimal():
        return (Decimal(digits) * scale,)
    bare = digits.translate(_BLANKS)
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        thousands = "," if bare.rindex(".") > bare.rindex(",") else "."
        readings = {bare.replace(thousands, "").replace(",", ".")}
    elif points + commas == 0:
        readings = {bare}
    else:
        tail = len(bare) - 1 - max(bare.rfind("."), bare.rfind(","))
        whole, decimal = bare.replace(",", "").replace(".", ""), bare.replace(",", ".")
        readings = {whole} if points + commas > 1 else {whole, decimal} if tail == 3 else {decimal}
    return tuple(Decimal(reading) * scale for reading in sorted(readings))


def _counted(words: str) -> int | None:
    """Return the count that number words say, or None where they are no one number: `two three`."""
    total = part = 0
    for word in re.split(r"\s+and\s+|[\s-]+", words):
        if word in _SMALL:
            value = _SMALL[word]
            if part % 100 and not (part % 10 == 0 and value < 10):
                return None
            part += value
        elif word == "hundred":
            part = max(part, 1) * 100
        else:
            total, part = total + max(part, 1) * _SCALES[word], 0
    return total + part
