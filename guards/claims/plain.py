"""What do these letters say to a reader? Text in plain small letters, each with its place in the original.

Invisible letters vanish, letters that only look Latin become Latin, all digits become ASCII, and dashes, quotes and
blanks become the plain ones. What had to be changed in a way that honest text rarely needs is kept as oddities.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count
from typing import NamedTuple

from guards.claims.making import maker

__all__ = ["Oddity", "Plain", "plain_text"]

_SAME = {
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u00b4": "'", "`": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u2003": " ", "\t": " ", "\r": " ",
    "\u00d7": "x", "\u2192": ">",
}  # fmt: skip
_TWINS = dict(
    zip(
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u043a\u043c\u043d\u0442\u0432\u0501\u04bb"
        "\u03b1\u03bf\u03c1\u03bd\u03b9\u03ba\u03c4\u03c5\u03b5",
        "aeopcyxijskmhtbdhaopvikTue".lower(),
        strict=True,
    )
)
_WORD = re.compile(r"\w+")
_MAYBE_O = re.compile(r"o(?<=[\d,.]o)")
_NUMBER = re.compile(r"(?<![a-z\d])\d[\do]*(?:[.,][\do]+)*(?![a-z])")
"""Digits, in which letters O may stand for noughts."""


class Oddity(NamedTuple):
    """Letters that a reader does not see, or sees as others."""

    sort: str
    """`invisible`, `direction`, `twin` (a look-alike letter) or `digit` (a letter in a number)."""
    start: int
    end: int
    """In the original text."""


_oddity_made = maker(Oddity)


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain small letters, and where each of them stood."""

    text: str
    places: tuple[int, ...] | None
    """The place of each letter in the original; None where all stand where they stood."""
    oddities: tuple[Oddity, ...] = ()

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original of the letters from `start` to `end`."""
        if self.places is None or start >= end:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def plain_text(text: str) -> Plain:
    """Return the plain letters of a text; ASCII text without a letter O in a number keeps its places."""
    if text.isascii():
        return _with_digits(text.lower().replace("\t", " ").replace("\r", " ").replace("`", "'"), None, ())
    letters = [_plain_letter(letter) for letter in text]
    gone = [place for place, letter in enumerate(letters) if not letter]
    oddities = tuple([_oddity_made((_sort_of(text[place]), place, place + 1)) for place in gone])
    places = tuple(compress(count(), letters)) if oddities else None
    return _with_digits(*_with_latin("".join(letters), places, oddities))


@lru_cache(maxsize=256)
def _sort_of(letter: str) -> str:
    """Return which oddity a letter is that nobody sees."""
    return "direction" if unicodedata.bidirectional(letter) not in ("BN", "NSM") else "invisible"


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    """Return the plain form of one letter: one letter, or none for what is invisible."""
    same = _SAME.get(letter)
    if same is not None:
        return same
    category = unicodedata.category(letter)
    if category == "Cf" or letter in "\u034f\u115f\u1160\u3164\ufe0f":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(letter))
    if category == "Zs":
        return " "
    folded = unicodedata.normalize("NFKC", letter).lower()
    return folded if len(folded) == 1 else letter if len(letter.lower()) != 1 else letter.lower()


def _with_latin(
    text: str, places: tuple[int, ...] | None, oddities: tuple[Oddity, ...]
) -> tuple[str, tuple[int, ...] | None, tuple[Oddity, ...]]:
    """Turn look-alikes into Latin letters in words that mix them with Latin letters or stand alone among them."""
    if text.isascii() or not any(letter in _TWINS for letter in text):
        return text, places, oddities
    found = [match for match in _WORD.finditer(text) if _is_disguised(match.group())]
    if not found:
        return text, places, oddities
    letters = list(text)
    for match in found:
        letters[match.start() : match.end()] = (_TWINS.get(letter, letter) for letter in match.group())
    plain = Plain(text, places)
    odd = (Oddity("twin", *plain.at(match.start(), match.end())) for match in found)
    return "".join(letters), places, (*oddities, *odd)


def _is_disguised(word: str) -> bool:
    twins = sum(letter in _TWINS for letter in word)
    return twins > 0 and any("a" <= letter <= "z" or "0" <= letter <= "9" for letter in word)


def _with_digits(text: str, places: tuple[int, ...] | None, oddities: tuple[Oddity, ...]) -> Plain:
    """Turn each letter O inside a number into a nought."""
    if not _MAYBE_O.search(text):
        return Plain(text, places, oddities)
    found = [place for number in _NUMBER.finditer(text) for place in range(*number.span()) if text[place] == "o"]
    if not found:
        return Plain(text, places, oddities)
    plain = Plain(text, places)
    odd = tuple(_oddity_made(("digit", *plain.at(place, place + 1))) for place in found)
    letters = list(text)
    for place in found:
        letters[place] = "0"
    return Plain("".join(letters), places, (*oddities, *odd))
