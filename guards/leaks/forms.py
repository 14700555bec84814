"""Does a sentence say a figure in another form? In another unit or period, rounded, as a share, in parts, or as what it makes.

`2.6 tonnes` is 2,600 kilos, `a good 25,800 a month` is 310,000 in a year, `six days in ten` is 58 percent, and who may
divide by 52 has been told the year. Nobody says such a thing by chance who speaks of the matter: so these forms count only
in sentences whose words point at the figure, which is for the caller to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from types import MappingProxyType
from typing import NamedTuple

from guards.claims.saying import Quantity
from guards.claims.words import NUMBER, PARTS, SMALL
from guards.phrases.fields import APPROXIMATE, PERIOD_WORDS, PERIODS, SCALES

__all__ = ["COINED", "RATED", "Form", "Reading", "forms_of", "multiplies_to", "periods_in", "readings_in", "says_form"]

_MOST = 12
"""Figures of one sentence that are read."""
_NEAR = 0.0005
"""How far the product of two figures that are said may lie from what it stands for."""
_PLAIN = (0.0, 1.0)
_LOOSE = 0.06
"""How far a figure that is announced as rounded may lie from what it stands for."""
_RATE = re.compile(
    r"(?: [a-z]+){0,3}? (?:in|out of|of|per|from|for) (?:each |every |a |one )?(?P<of>ten|hundred|thousand|10|100|1000)\b"
    r"|(?: [a-z]+){0,8}? (?:out of|of|from|for) (?:each|every) (?P<each>ten|hundred|thousand|10|100|1000)\b"
    r"|[ -]?(?:cents?|pence) (?:in|on|of|out of|from|per) (?:the|each|every|a) (?:euro|dollar|pound|franc)\b"
)
_EACH = re.compile(r"\b(?:for|of|from|in) (?:each|every) (?P<of>ten|hundred|thousand|10|100|1000)\b[^.;:!?]{0,40}$")
_OF = MappingProxyType({"ten": 10, "hundred": 100, "thousand": 1000, "10": 10, "100": 100, "1000": 1000})
_PART = re.compile(rf"\b(?:(two|three) )?({'|'.join(PARTS)})(?: of)?(?: an?)? $")
_POINT = re.compile(r"\b([a-z]+(?:-[a-z]+)?) point ([a-z]+)(?: ([a-z]+))?(?: (thousand|million))?\b")
_SMALL = "|".join(SMALL)
_PAIR = re.compile(rf"\b((?:{_SMALL})(?:-[a-z]+)?) ((?:pounds?|euros?|dollars?|francs?|metres?) )?((?:{_SMALL})(?:-[a-z]+)?)\b")
_AFTER = re.compile(
    r" or so\b|-odd\b| odd\b| and (?:a bit|something|a little|some)\b| or thereabouts\b|,? give or take\b|-ish\b"
)
_COINED = re.compile(
    r"\ban? (?:[a-z]+ )?(?:(?P<two>pair|couple)(?: of)?"
    r"|(?:euro|dollar|pound|franc|cent|point|day|week|month|hour|metre|tonne|kilo) and a (?P<half>half|quarter))\b"
)
RATED = frozenset(("ten", "hundred", "thousand", "euro", "dollar", "pound", "franc"))
"""What figures are so many of, in words."""
COINED = frozenset(("half", "quarter", "pair", "couple"))
"""One of these stands in every figure without a number word."""
_COINS = frozenset(("usd", "eur", "gbp", "chf", "metre", "m"))


class Reading(NamedTuple):
    """A figure as a sentence says it, with how far it may lie from what it stands for."""

    value: float
    slack: float
    unit: str
    """As it was said, in small letters; empty where none was."""
    start: int
    end: int
    """Places in the sentence, the second behind its unit."""
    is_rate: bool = False
    """Whether it was said as so many of ten or a hundred."""


class Form(NamedTuple):
    """A figure in which another can be said."""

    value: float
    units: frozenset[str]
    period: str
    """The period that has to be named with it; empty for none."""


def readings_in(text: str, start: int, quantities: tuple[Quantity, ...], bits: int) -> Iterator[Reading]:
    """Yield the figures of a sentence that begins at a place; `bits` are the classes of its words."""
    last: tuple[Quantity, Reading] | None = None
    for one in quantities[:_MOST]:
        first, end = one.start - start, one.end - start
        for found in _read(text, first, end, one):
            yield found
            if last is not None:
                yield from _joined(text[last[0].end - start : first], last, one, found)
            last = (one, found)
    if bits & NUMBER:
        if " point " in text:
            yield from _pointed(text)
        yield from _paired(text)
    if " and a " in text or " pair" in text or " couple" in text:
        yield from _coined(text)


def _read(text: str, first: int, end: int, one: Quantity) -> Iterator[Reading]:
    before = text[max(0, first - 28) : first]
    is_rounded = not APPROXIMATE.isdisjoint(before.split()[-3:]) or _AFTER.match(text, end) is not None
    part = _PART.search(before)
    unit = one.unit or _next(text, end)
    for value in one.values[:2]:
        whole = value * (SMALL.get(part[1], 1) / PARTS[part[2]] if part else 1.0)
        yield Reading(whole, _slack(whole, is_rounded=is_rounded), unit, first, end)
        each = _EACH.search(text, max(0, first - 60), first)
        if each:
            share = value * 100 / _OF[each["of"]]
            yield Reading(share, _slack(share, is_rounded=is_rounded), "percent", first, end, is_rate=True)
        rate = _RATE.match(text, end) or (_RATE.match(text, end - 5) if one.unit else None)
        if rate:
            whole_of = rate["of"] or rate["each"]
            share = value * 100 / _OF[whole_of] if whole_of else value * (100 if value < 1 else 1)
            yield Reading(share, _slack(share, is_rounded=is_rounded), "percent", first, end, is_rate=True)


def _next(text: str, end: int) -> str:
    following = text[end : end + 16].split()
    word = following[0].strip(".,;:") if following else ""
    return word if word in SCALES else ""


def _slack(value: float, *, is_rounded: bool) -> float:
    """Return how far off a figure may be: one of its last digits where it is announced as rounded, else nearly nothing."""
    if not is_rounded:
        return 1e-6 * max(1.0, abs(value))
    return min(_last_digit(value), _LOOSE * abs(value))


def _last_digit(value: float) -> float:
    exponent = Decimal(repr(round(value, 6))).normalize().as_tuple().exponent
    return float(10 ** int(exponent))


def _joined(between: str, last: tuple[Quantity, Reading], one: Quantity, found: Reading) -> Iterator[Reading]:
    """Yield what two figures side by side say together: `ten metres forty`, `a quarter of a million plus ten thousand`."""
    if between == " " and last[0].unit in _COINS and not one.unit and one.is_word and found.value < 100:
        yield Reading(last[1].value + found.value / 100, 1e-6, last[1].unit, last[1].start, found.end)
    if between.strip(" ,") in ("plus", "and"):
        total = last[1].value + found.value
        yield Reading(total, 1e-6 * total, found.unit or last[1].unit, last[1].start, found.end)
        if last[1].value >= 1000 > found.value:
            more = last[1].value + 1000 * found.value
            yield Reading(more, 1e-6 * more, found.unit or last[1].unit, last[1].start, found.end)


def _pointed(text: str) -> Iterator[Reading]:
    """Yield figures with a spoken point: `two point one million`."""
    for found in _POINT.finditer(text):
        whole, tenth = _small(found[1]), SMALL.get(found[2])
        if whole is None or tenth is None or tenth > 9:
            continue
        more = SMALL.get(found[3] or "")
        scale = {"thousand": 1e3, "million": 1e6}.get(found[4] or found[3] or "", 1.0)
        value = (whole + tenth / 10 + (more / 100 if more is not None and more < 10 else 0)) * scale
        yield Reading(value, 1e-6 * value, "", found.start(), found.end())


def _paired(text: str) -> Iterator[Reading]:
    """Yield prices as people say them: `ten sixty`, `one fifty-five`."""
    for found in _PAIR.finditer(text):
        whole, cents = _small(found[1]), _small(found[3])
        if (
            whole
            and cents
            and (9 if not found[2] else 0) < cents < 100
            and not (whole >= 20 and whole % 10 == 0 and cents < 10)
        ):
            yield Reading(whole + cents / 100, 1e-6, "", found.start(), found.end())


def _coined(text: str) -> Iterator[Reading]:
    """Yield what is said without a number word: `a euro and a half`, `a pair of slots`."""
    for found in _COINED.finditer(text):
        value = 2.0 if found["two"] else 1.5 if found["half"] == "half" else 1.25
        yield Reading(value, 1e-6, "", found.start(), found.end())


def _small(words: str) -> int | None:
    """Return what one or two small number words count."""
    first, dash, second = words.partition("-")
    one = SMALL.get(first)
    if one is None or (dash and second not in SMALL):
        return None
    return one + (SMALL[second] if dash else 0)


def forms_of(value: float, units: frozenset[str], period: str) -> Iterator[Form]:
    """Yield a figure in its own unit, and in every period in which it can be said."""
    yield Form(value, units, "")
    for other, times in PERIODS.get(period, {}).items():
        yield Form(value * times, units, other)


def says_form(readings: tuple[Reading, ...], form: Form, named: frozenset[str]) -> bool:
    """Return whether one of the figures says a form, whose period has to be named."""
    return (not form.period or form.period in named) and any(_fits(one, form) for one in readings)


def _fits(one: Reading, form: Form) -> bool:
    times = _measured(one.unit, form.units)
    if times is None:
        return False
    slack = max(one.slack * times, 0.0006 * form.value if form.period and abs(one.value) >= 100 else 0.0)
    return abs(one.value * times - form.value) <= slack


def _measured(unit: str, units: frozenset[str]) -> float | None:
    """Return how many of a form's unit one of the unit is; None where they measure different things."""
    if not unit or not units or unit in units or (unit == "point" and "percent" in units):
        return 1.0
    scale = SCALES.get(unit)
    for other in units:
        like = SCALES.get(other)
        if scale is not None and like is not None and scale[0] == like[0]:
            return scale[1] / like[1]
    return None


def multiplies_to(readings: tuple[Reading, ...], value: float, counts: Iterable[float] = ()) -> bool:
    """Return whether a figure of a sentence makes another with a second one of it, or with a count that all know."""
    return any(abs(product - value) <= slack + _NEAR * value for product, slack in _products(readings[:_MOST], counts))


def _products(readings: tuple[Reading, ...], counts: Iterable[float]) -> Iterator[tuple[float, float]]:
    for one, other in combinations(readings, 2):
        if one.value not in _PLAIN and other.value not in _PLAIN:
            yield one.value * other.value, one.slack * other.value + other.slack * one.value
    for count in counts:
        yield from (
            (one.value * count, one.slack * count) for one in readings if one.value not in _PLAIN and count not in _PLAIN
        )


def periods_in(words: frozenset[str]) -> frozenset[str]:
    """Return the periods that some words name."""
    named = frozenset(PERIOD_WORDS[word] for word in words & PERIOD_WORDS.keys())
    return named | {"year"} if "month" in named and not words.isdisjoint(("twelve", "12")) else named
