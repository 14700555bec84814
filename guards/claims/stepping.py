"""Which figures are said as steps, and from where do they lead? `two below your last paper`, `twenty thousand less`, `a day sooner`."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from guards.claims.context import Context
from guards.claims.known import Offered
from guards.claims.saying import Quantity
from guards.claims.wordlist import words_of
from guards.claims.words import SMALL, UNIT

__all__ = ["Step", "steps_in"]

_AFTER = words_of(
    "more higher up longer dearer above later extra additional slower heavier "
    "less fewer lower down off below under short cheaper shorter sooner earlier faster lighter apart"
)
_BEFORE = words_of("up down lost gained")
_WORDS = _AFTER | _BEFORE | {"too"}
_ONE = words_of("a an full whole")
_NOT = words_of("not half quarter")
_MUCH = words_of("much many little few high low late early long short far")
_MOVED = words_of(
    "moved moves move went gone come came rises rise rose risen raised raises cut cuts fell falls fallen dropped drops lowered climbs "
    "climbed grows grew shrank shrunk shrinks changed increased reduced shortened extended"
)
_OURS = words_of("my our mine ours")
_SIGNS = words_of("less plus minus")
_MEASURES = words_of("eur usd gbp")
_JOINS = words_of("than of from on off under over below above the that what our my your in at to")
_MOST = 16
"""Figures that are looked at."""


class Step(NamedTuple):
    """A figure that is said as a step."""

    found: Quantity
    unit: str
    offers: tuple[Offered, ...]
    """The offers from which it leads, if words name them."""
    figure: Quantity | None
    """The figure from which it leads, if words name it."""
    is_bare: bool
    """Whether nothing behind it says from where it leads."""


def steps_in(context: Context) -> Iterator[Step]:
    """Yield what is said as a step: figures first, then single things, `a day sooner`."""
    said = context.scan
    if said.words.isdisjoint(_WORDS) and ("by" not in said.words or said.words.isdisjoint(_MOVED)):
        return
    for found in said.quantities[:_MOST]:
        step = None if found.unit == "percent" or found.sign else _step(context, found)
        if step and not context.is_open(found):
            yield step
    if not said.words.isdisjoint(_ONE):
        yield from _single(context)


def _single(context: Context) -> Iterator[Step]:
    said = context.scan
    for word in [word for word in said.told if word[2] & UNIT]:
        place = word.order
        if not 0 < place < len(said.tokens) - 1 or said.tokens[place + 1] not in _AFTER:
            continue
        unit = context.lexicon.units.get(word.word, "") if said.tokens[place - 1] in _ONE else ""
        is_one = unit not in ("", "point", "quarter") and said.tokens[place + 1] != "off"
        start = said.places[place - 1]
        if not is_one or said.tokens[place - 2] in _NOT or said.quantities_from(start - 16, start + 1):
            continue
        clause = said.clause_number(start)
        found = Quantity(start, word.end, (1.0,), unit, is_bare=False, is_word=True, sign="", clause=clause)
        step = _led(context, found, unit, place + 2)
        if step and not context.is_open(found):
            yield step


def _step(context: Context, found: Quantity) -> Step | None:
    """Return a figure with the words of a step behind it or before it."""
    said = context.scan
    here, behind = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
    after = (*said.tokens[behind : behind + 3], "", "", "")
    if after[0] in _AFTER and not (here and said.tokens[here - 1] == "from"):
        if after[0] in _SIGNS and _is_number(after[1]):
            return None
        unit = "" if found.unit else context.lexicon.units.get(after[1], "")
        return _led(context, found, unit or found.unit, behind + (2 if unit else 1))
    if after[0] == "too" and after[1] in _MUCH:
        return Step(found, found.unit, (), None, is_bare=False)
    if after[0] and after[1] in _AFTER and after[0] in context.lexicon.known:
        return _led(context, found, found.unit, behind + 2)
    before = said.tokens[max(0, here - 3) : here]
    is_moved = before[-1:] == ("by",) and not _MOVED.isdisjoint(before)
    if is_moved or not _BEFORE.isdisjoint(before[-1:]):
        return _led(context, found, found.unit, behind)
    return None


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word in SMALL or word in _MEASURES


def _led(context: Context, found: Quantity, unit: str, behind: int) -> Step | None:
    """Return a step with what it leads from: offers, a figure, or nothing; None where that is left vague."""
    said = context.scan
    tokens = (*said.tokens[behind : behind + 6], "", "", "", "", "", "")
    length = next(size for size in range(7) if tokens[size] not in _JOINS)
    words, word = tokens[:length], tokens[length]
    if "what" in words:
        return None
    if not word or not words or (words == ("of",) and not _is_number(word)):
        return Step(found, unit, (), None, is_bare=True)
    start = said.places[behind + length]
    named = next((one for one in said.named_from(start, start + 1) if one.sort == "offer"), None)
    figure = next(iter(said.quantities_from(start - 1, start + 1)), None)
    offer = context.known.offer(named.what) if named else None
    offers = (offer,) if offer else () if figure else _offers_of(context, words, word)
    return Step(found, unit, offers, figure, is_bare=False) if offers or figure else None


def _offers_of(context: Context, words: Sequence[str], word: str) -> tuple[Offered, ...]:
    """Return the offers that are called somebody's: `your last paper`, `mine`."""
    if "your" in words or word in ("your", "yours"):
        return tuple(offer for offer in context.known.offers if offer.sender != context.view.role)
    if not _OURS.isdisjoint((*words, word)):
        return tuple(offer for offer in context.known.offers if offer.sender == context.view.role)
    return ()
