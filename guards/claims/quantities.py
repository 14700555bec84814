"""Which figures with which units do words name? Digits and number words, with scales, currencies and nouns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from guards.claims.figures import SUFFIXES, counted, read_digits
from guards.claims.lexicon import CURRENCIES, Lexicon
from guards.claims.saying import Quantity, quantity_made
from guards.claims.telling import Word
from guards.claims.wordlist import words_of
from guards.claims.words import NUMBER, SMALL

__all__ = ["quantities_in"]

_SIGN_UNITS = {"$": "usd", "\u20ac": "eur", "\u00a3": "gbp"}
_CODE = re.compile(r"(usd|eur|gbp|chf|us\$)\s?$")
_CODE_ENDS = "drpf$"
"""The last letters of these codes."""
_UNIT_AFTER = re.compile(r"[ -]?([a-z%\u20ac\u00a3$']+)([23](?![\da-z])|/[a-z]+)?(?:[ -]([a-z]+))?")
_ORDINAL_ENDS = frozenset(("st", "nd", "rd", "th"))
_YEARS = range(1990, 2101)

_CENTS = re.compile(rf" and ((?:{'|'.join(SMALL)})(?:-(?:{'|'.join(SMALL)}))?)(?: (?:cents?|pence))")

_COINS = ("euro ", "dollar ", "pound ", "franc ")
"""What stands before cents: `a euro fifty`."""

_Span = tuple[int, int]


def quantities_in(
    text: str,
    told: Sequence[Word],
    used: Sequence[_Span],
    starts: Sequence[int],
    lexicon: Lexicon,
    *,
    numerals: Sequence[re.Match[str]],
) -> Iterator[Quantity]:
    """Yield the figures of a text that are no days, those in digits first; none in words where no words are told."""
    for found in numerals:
        start = found.start()
        before = text[start - 1] if start else " "
        if _is_in_name(text, start, before) or (used and _is_used(used, start)):
            continue
        one = _one(text, found, starts, lexicon)
        if one is not None:
            yield one
    if told:
        yield from _in_words(text, told, used, starts, lexicon)


def _is_in_name(text: str, start: int, before: str) -> bool:
    """Return whether digits belong to a name such as `m3`, `rfq-18` or `v1.2`, and are no figure."""
    if before.isalpha() or before == "_":
        return True
    return before in "-." and start > 1 and text[start - 2].isalnum() and not (before == "-" and text[start - 2].isdigit())


def _is_used(used: Sequence[_Span], place: int) -> bool:
    """Return whether a day takes a place."""
    last = bisect_right(used, (place, 1 << 60)) - 1
    return last >= 0 and used[last][0] <= place < used[last][1]


def _one(text: str, found: re.Match[str], starts: Sequence[int], lexicon: Lexicon) -> Quantity | None:
    """Return the figure that digits say with what stands around them; None where they are an ordinal, a year or a code."""
    start, end = found.start(), found.end(1)
    onto = found[2]
    if onto and text[found.end() : found.end() + 1] in ("2", "3") and f"{onto}{text[found.end()]}" in lexicon.units:
        onto = f"{onto}{text[found.end()]}"
    if onto in _ORDINAL_ENDS or (onto and onto not in SUFFIXES and onto not in lexicon.units):
        return None
    values = read_digits(found[1])
    unit, scaled, behind = "", bool(onto in SUFFIXES), [found[3] or "", found[4] or ""]
    sign = text[start - 1] if start and text[start - 1] in "+-" and (start < 2 or not text[start - 2].isalnum()) else ""
    start, unit = _currency(text, start - len(sign))
    if onto in SUFFIXES:
        values, end = tuple(value * SUFFIXES[onto] for value in values), found.end()
    elif onto:
        unit, end = unit or lexicon.units[onto], found.end(1) + len(onto)
    elif behind[0] in SUFFIXES and behind[0] != "m":
        values, scaled = tuple(value * SUFFIXES[behind[0]] for value in values), True
        end += 1 + len(behind[0])
        behind = [behind[1], ""]
    if not unit:
        unit, end = _unit(text, end, lexicon)
    is_year = (
        len(values) == 1 and not (unit or scaled or start < found.start()) and len(found[1]) == 4 and int(values[0]) in _YEARS
    )
    if is_year:
        return None
    return _quantity((start, end), values, unit, starts, lexicon, scaled=scaled, sign=sign)


def _quantity(
    span: _Span,
    values: tuple[float, ...],
    unit: str,
    starts: Sequence[int],
    lexicon: Lexicon,
    *,
    scaled: bool,
    is_word: bool = False,
    sign: str = "",
) -> Quantity:
    if unit == "cent":
        values, unit = tuple(value / 100 for value in values), lexicon.currency or "cent"
    is_bare = not scaled and (not unit or unit in CURRENCIES) and values[0] < 1000 and values[-1] < 1000
    return quantity_made((*span, values, unit, is_bare, is_word, sign, bisect_right(starts, span[0]) - 1))


def _currency(text: str, start: int) -> tuple[int, str]:
    """Return where a figure begins with the currency before it, and that currency."""
    before = text[start - 1] if start else ""
    if before in _SIGN_UNITS:
        return start - 1, _SIGN_UNITS[before]
    if before == " " and start > 3 and text[start - 2] in _CODE_ENDS:
        found = _CODE.search(text, max(0, start - 4), start)
        if found and not (found.start() and text[found.start() - 1].isalnum()):
            return found.start(), "usd" if found[1] == "us$" else found[1]
    return start, ""


def _unit(text: str, end: int, lexicon: Lexicon) -> tuple[str, int]:
    """Return the unit behind a figure and where it ends; one word may stand between: `200 studio days`."""
    found = _UNIT_AFTER.match(text, end)
    if found is None:
        return "", end
    first, second = found[1], found[3] or ""
    whole = lexicon.units.get(f"{first}{found[2]}") if found[2] else None
    if whole:
        return whole, found.end(2)
    both = _BOTH.get((first, second)) or (lexicon.units.get(f"{first} {second}") if first in _SHAPES else None)
    if both:
        return both, found.end(3)
    unit = lexicon.units.get(first) or (lexicon.units.get(first.removesuffix("'s").rstrip("'")) if "'" in first else None)
    if unit:
        return unit, found.end(1)
    if second in lexicon.units and first not in _LINKS:
        return lexicon.units[second], found.end(3)
    return "", end


_BOTH = {("per", "cent"): "percent", ("percentage", "point"): "point", ("percentage", "points"): "point"}
_SHAPES = frozenset(("cubic", "square"))
_LINKS = words_of(
    "a an the and or to of for in on at by from as is are was were be per over under above below more less fewer than "
    "with within would will that which if so but not x a our your their its this these those now then instead into "
    "until till before after i we you each every plus minus about around roughly nearly almost some search social "
    "email all two three four makes make gives give comes come equals leaves leave costs cost saves save means"
)


def _in_words(
    text: str, told: Sequence[Word], used: Sequence[_Span], starts: Sequence[int], lexicon: Lexicon
) -> Iterator[Quantity]:
    place, last, reached = 0, len(told), 0
    while place < last:
        word = told[place]
        if not word.bits & NUMBER:
            place += 1
            continue
        run = [word]
        place += 1
        while place < last and told[place].bits & NUMBER and _joined(text, run[-1].end, told[place].start):
            run.append(told[place])
            place += 1
        is_scale = run[0].word not in SMALL and len(run) < 2 and text[max(0, run[0].start - 2) : run[0].start] != "a "
        if is_scale or _is_used(used, run[0].start):
            continue
        value = counted([found.word for found in run])
        if value is None or run[0].start < reached:
            continue
        if run[0].word == "dozen" and text[max(0, run[0].start - 7) : run[0].start] == "half a ":
            value = 6.0
        end, value = _half(text, run[-1].end, value)
        unit, end = _unit(text, end, lexicon)
        end, value = _half(text, end, value)
        if (value <= 1 and not unit) or text[max(0, run[0].start - 8) : run[0].start].endswith(_COINS):
            continue
        cents = _CENTS.match(text, end) if unit in CURRENCIES else None
        if cents:
            value, end = value + (counted(cents[1].split("-")) or 0) / 100, cents.end()
        reached = end
        yield _quantity((run[0].start, end), (value,), unit, starts, lexicon, scaled=value >= 1000, is_word=True)


def _half(text: str, end: int, value: float) -> tuple[int, float]:
    for words, part in ((" and a half", 0.5), (" and a quarter", 0.25)):
        if text.startswith(words, end):
            return end + len(words), value + part
    return end, value


def _joined(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return between in (" ", "-", " and ")
