"""Do a step and the figure that it starts from end at a secret? `thirty short of that`, `twenty below where I must stop`.

What the step starts from is read where grammar puts it: the figure that is named behind `below` or `above`, the one that `that`
points back to, or the offer that is named. Where the words behind are those of a bound or of a cost, the step leads back to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from guards.claims.saying import Quantity
from guards.claims.wordlist import words_of
from guards.claims.words import PARTS, SMALL
from guards.leaks.forms import Reading
from guards.leaks.public import Public

__all__ = ["STEP_WORDS", "Step", "costs_under", "ends_of_steps", "left_of", "parts_in", "steps_in", "wholes_of"]

_UP = r"above|over|beyond|past|higher than|more than|on top of|dearer than|longer than|later than|up on|up from|better than"
_DOWN = (
    r"below|under|beneath|underneath|short of|less than|lower than|fewer than|shy of|off|cheaper than|earlier than|down from"
    r"|inside|within"
)
_STEP = re.compile(rf"(?: [a-z%]+){{0,2}}? (?:(?P<up>{_UP})|(?P<down>{_DOWN})) (?P<rest>[^.;!?\n]{{0,40}})")
_BACK = re.compile(r"(?:that|this|it|which|these|those)\b(?! [a-z]*(?:ly)?price)")
_OFFER = re.compile(r"(?:[a-z]+ ){0,2}?(m\d+)\b")
_ASKED = re.compile(
    r"what (?:i|we|you) (?:first |last |once )?(?:asked|wanted|said|offered|wrote|had|named|quoted|put|proposed)\b"
)
"""Behind `below`, words of an offer that everybody has read."""
_END = re.compile(
    r"(?:what|where|when|our|my|us|i|we"
    r"|the (?:[a-z]+ )?(?:number|price|figure|point|sum|rate|one|level|line|mark|place|spot))\b"
)
_WHOLE = r"(?: of)? (?:what|all|our|my|the (?:sum|most|pot|fund|budget|money|total|whole))\b"
_SHARE = re.compile(
    r"\b(?P<about>(?:about|around|roughly|nearly|almost|some|just) (?:an? )?)?(?:an? |(?P<count>one|two|three|four|nine) )?"
    rf"(?P<share>{'|'.join(PARTS)}){_WHOLE}"
)
_OF_WHOLE = re.compile(_WHOLE)
STEP_WORDS = words_of(f"{_UP} {_DOWN}".replace("|", " ")) - {"on", "of", "up", "from", "down"} | {"up", "down"}
"""One of these stands in every step."""
_ROUGH, _EXACT = 0.02, 0.002
_NEAR = 26
"""Letters behind the word of a step within which its figure stands."""
_LAST = 3
_THOUSAND = 1000
"""So many times more a figure with a mark before its last three digits is than the same with a decimal mark: `2,000`."""


class Step(NamedTuple):
    """A figure by which something lies above or below another, and where that one is to be read."""

    size: float
    """Below zero for a step downwards."""
    start: int
    """Where it begins in its sentence."""
    rest: int
    """Where the words behind `above` or `below` begin."""
    words: str


def steps_in(readings: Sequence[Reading], text: str) -> Iterator[Step]:
    """Yield the steps of a sentence."""
    firsts: dict[int, float] = {}
    for one in readings:
        found = _STEP.match(text, one.end)
        if (
            found is not None
            and not _ASKED.match(found["rest"])
            and firsts.setdefault(one.start, one.value) != one.value * _THOUSAND
        ):
            yield Step(one.value if found["up"] else -one.value, one.start, found.start("rest"), found["rest"])


def ends_of_steps(
    steps: Sequence[Step], said: tuple[int, Sequence[Quantity]], known: Public, bases: Sequence[float]
) -> Iterator[float]:
    """Yield where the steps of a sentence end; `said` is where it begins and the figures of it that may be meant."""
    start, figures = said
    for step in steps:
        beside = [one for one in figures if 0 <= one.start - start - step.rest <= _NEAR]
        offer = _OFFER.match(step.words)
        if beside:
            yield from (base + step.size for base in beside[0].values)
        elif offer:
            yield from (base + step.size for base in known.offered(offer[1]))
        elif _BACK.match(step.words):
            yield from (base + step.size for base in _before(known, start + step.start, bases))
        elif _END.match(step.words):
            subjects = [one for one in figures if one.end - start <= step.start]
            named = [value for one in subjects[-1:] for value in one.values]
            yield from (base - step.size for base in named or _before(known, start + step.start, bases))


def _before(known: Public, place: int, bases: Sequence[float]) -> Iterator[float]:
    """Yield the figures that a word may point back to: the last ones of the text, and those of the sender's terms."""
    earlier = [one for one in known.said.quantities if one.end <= place]
    yield from (value for one in earlier[-_LAST:] for value in one.values)
    yield from bases


def wholes_of(
    shares: Sequence[tuple[int, float, float]], start: int, known: Public, bases: Sequence[float]
) -> Iterator[tuple[float, float]]:
    """Yield what figures are a share of, and how far off it may be: `that is about half of what I may spend`."""
    for place, share, rough in shares:
        yield from ((base / share, rough * base / share) for base in _before(known, start + place, bases))


def parts_in(readings: Sequence[Reading], text: str) -> Iterator[tuple[int, float, float]]:
    """Yield the shares of a whole that a sentence names: where, how much, and how far off it may be."""
    for found in _SHARE.finditer(text):
        share = SMALL.get(found["count"], 1) / PARTS[found["share"]]
        yield found.start(), share, _ROUGH if found["about"] else _EXACT
    for one in readings:
        if one.unit == "percent" and one.value and _OF_WHOLE.match(text, one.end):
            yield one.start, one.value / 100, max(_EXACT, one.slack / one.value)


def costs_under(shares: Sequence[float], known: Public, bases: Sequence[float]) -> Iterator[float]:
    """Yield what something costs of which a share of the price is left, or is put on top."""
    figures = [value for one in known.said.quantities[:12] for value in one.values]
    for share in shares:
        for base in (*figures, *bases):
            yield base * (1 - share)
            yield base / (1 + share)


def left_of(readings: Sequence[Reading], known: Public, bases: Sequence[float]) -> Iterator[float]:
    """Yield what is left of each figure once another is taken from it."""
    figures = [value for one in known.said.quantities[:12] for value in one.values]
    for part in readings:
        yield from (base - part.value for base in (*figures, *bases) if base > part.value)
