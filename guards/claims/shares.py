"""Which shares do words name? `one in three`, `nine in every hundred`, `two thirds of the loads`: percents, as people say them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from guards.claims.saying import Scan
from guards.claims.wordlist import words_of
from guards.claims.words import SMALL

__all__ = ["Share", "shares_in"]

_WHOLES = {"hundred": 100, "thousand": 1000}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_LINKS = words_of("in of out")
_FILLERS = words_of("of every each a an the")
_VAGUE = words_of("about around roughly nearly almost over under than least most some up barely hardly not close good every just")
_REACH = 3
"""Words that may stand between a share and its whole: `one referral in three`."""


class Share(NamedTuple):
    """A part of a whole, as it was said."""

    start: int
    end: int
    percent: float
    slack: float
    """How far from it the exact share may be, as a part of it."""
    words: tuple[str, ...]
    """Those between the part and the whole."""
    clause: int

    def may_be(self, percent: float) -> bool:
        """Return whether an exact share may be said so."""
        return abs(self.percent - percent) <= self.slack * max(percent, self.percent) + 0.5


def shares_in(said: Scan) -> Iterator[Share]:
    """Yield the shares that are named as so many of so many, or as a part."""
    if _LINKS.isdisjoint(said.words):
        return
    for place, word in enumerate(said.tokens):
        if word in _LINKS:
            share = _of_whole(said, place) or _of_part(said, place)
            if share:
                yield share


def _of_whole(said: Scan, place: int) -> Share | None:
    """Return the share whose whole stands behind a link: `one in three`, `nine pieces in every hundred`."""
    tokens = said.tokens
    behind = place + 1
    while behind < len(tokens) - 1 and tokens[behind] in _FILLERS and tokens[behind] != "the" and behind < place + 3:
        behind += 1
    whole = _count(tokens[behind]) if behind < len(tokens) else None
    before = next((at for at in range(place - 1, max(-1, place - 2 - _REACH), -1) if not tokens[at] or _count(tokens[at])), None)
    part = _count(tokens[before]) if before is not None else None
    if not whole or not part or before is None or part >= whole or (tokens[place] == "of" and "out" not in tokens[before:place] and tokens[behind-1] not in ("every", "each")):
        return None
    return _share(said, before, behind, part / whole, tokens[before + 1 : place], is_round=whole < 100)


def _of_part(said: Scan, place: int) -> Share | None:
    """Return the share that a part names: `a third of`, `two thirds of`."""
    tokens = said.tokens
    if tokens[place] != "of" or place < 1:
        return None
    part = _PARTS.get(tokens[place - 1].removesuffix("s"))
    if part is None:
        return None
    count = _count(tokens[place - 2]) if place > 1 else None
    first = place - 2 if place > 1 and (count or tokens[place - 2] == "a") else place - 1
    return _share(said, first, place - 1, (count or 1) / part, (), is_round=True)


def _share(said: Scan, first: int, last: int, value: float, words: tuple[str, ...], *, is_round: bool) -> Share | None:
    if value >= 1:
        return None
    start, end = said.places[first], said.places[last] + len(said.tokens[last])
    is_vague = not _VAGUE.isdisjoint(said.tokens[max(0, first - 3) : first])
    slack = 0.35 if is_vague else 0.12 if is_round else 0.0
    return Share(start, end, 100 * value, slack, words, bisect_right(said.begins, start) - 1)


def _count(word: str) -> int | None:
    if word.isdecimal():
        return int(word[:9]) or None
    return _WHOLES.get(word) or SMALL.get(word)
