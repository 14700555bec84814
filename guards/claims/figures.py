"""Which number do these digits or number words say? Every number that the spelling may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guards.byword import ByWord
from guards.claims.words import SMALL

__all__ = ["NUMERAL", "SUFFIXES", "counted", "read_digits"]

NUMERAL = re.compile(
    r"(\d(?:\d{3}-\d\d-\d\d(?!\d)|\d?\.\d{1,2}\.\d{4}(?!\d)|\d{0,2}(?:[ ,.']\d{3}){1,6}(?!\d)(?:[.,]\d+(?![.,]*\d))?"
    r"|\d*(?:[.,]\d+)?))"
    r"([a-z%\u20ac\u00a3$\u00a2]*)(?=[ -]?([a-z%\u20ac\u00a3$\u00a2']+)?(?:[ -]([a-z%]+))?)"
)
"""Digits with what is written onto them, and the next two words, which are only looked at."""

SUFFIXES = {"k": 1e3, "thousand": 1e3, "grand": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "bn": 1e9, "hundred": 1e2,
            "tsd": 1e3, "tausend": 1e3, "millionen": 1e6, "dozen": 12.0}  # fmt: skip
"""What each word behind a figure multiplies it by."""

_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "grand": 1000}
_MOST_WORDS = 40
"""Number words in a row; nobody says a count in more."""
_BLANKS = str.maketrans("", "", " '")


def _read(digits: str) -> tuple[float, ...]:
    """Return every number that the digits may mean: `1.500` is 1500 and 1.5, `1.500,00` only 1500."""
    if digits.isdigit():
        return (float(digits[:300]),)
    bare = digits.translate(_BLANKS)
    points, commas = bare.count("."), bare.count(",")
    if points + commas == 0:
        return (_number(bare),)
    if points and commas:
        thousands = "," if bare.rindex(".") > bare.rindex(",") else "."
        return (_number(bare.replace(thousands, "").replace(",", ".")),)
    tail = len(bare) - 1 - max(bare.rfind("."), bare.rfind(","))
    whole = bare.replace(",", "").replace(".", "")
    if points + commas > 1:
        return (_number(whole),)
    decimal = bare.replace(",", ".")
    return (_number(whole), _number(decimal)) if tail == 3 else (_number(decimal),)


read_digits = ByWord(_read).__getitem__
"""Gives every number that the digits may mean; people come back to the same figures."""


def _number(text: str) -> float:
    try:
        return float(text[:300])
    except ValueError:
        return float("nan")


def counted(words: Sequence[str]) -> float | None:
    """Return the count that number words say, or None where they are no one number: `two three`."""
    if len(words) > _MOST_WORDS:
        return None
    total = part = 0
    for word in words:
        small = SMALL.get(word)
        if small is not None and word != "dozen":
            if part % 100 and not (part % 10 == 0 and part % 100 >= 20 and 0 < small < 10):
                return None
            part += small
        elif word == "dozen":
            part = max(part, 1) * 12
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word != "and":
            total, part = total + max(part, 1) * _SCALES[word], 0
    return float(total + part)
