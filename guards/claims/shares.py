"""Which shares do words name? `one in three`, `nine in every hundred`, `two thirds of`: percents, as people say them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from guards.claims.saying import Scan
from guards.claims.wordlist import words_of
from guards.claims.words import PARTS, SMALL

__all__ = ["Share", "shares_in"]

_WHOLES = {"hundred": 100, "thousand": 1000}
_LINKS = words_of("in of")
_EACH = words_of("every each a an")
_VAGUE = words_of(
    "about around roughly nearly almost over under than least most some up barely hardly not close good every just"
)
_LOOSE, _ROUND = 0.35, 0.12
"""How far a vague share, and one that is no percent, may be from the exact one, as a part of it."""
_REACH = 4
"""Words from a part to its link: `one marked referral in three`."""


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
    for place, word in enumerate(said.tokens) if not _LINKS.isdisjoint(said.words) else ():
        if word in _LINKS:
            share = _of_whole(said, place) or _of_part(said, place)
            if share:
                yield share


def _of_whole(said: Scan, place: int) -> Share | None:
    """Return the share whose whole stands behind a link: `one in three`, `nine pieces in every hundred`."""
    tokens = said.tokens
    behind = tokens[place + 1 : place + 3]
    size = 2 if len(behind) == 2 and behind[0] in _EACH else 1
    whole = _count(behind[size - 1]) if len(behind) >= size else None
    if not whole or (tokens[place] == "of" and tokens[place - 1] != "out" and behind[0] not in ("every", "each")):
        return None
    before = range(place - 1, max(-1, place - 1 - _REACH), -1)
    first = next((at for at in before if not tokens[at] or _count(tokens[at])), None)
    part = _count(tokens[first]) if first is not None else None
    if first is None or not part or part >= whole:
        return None
    return _share(said, first, place + size, part / whole, tokens[first + 1 : place], slack=_ROUND if whole < 100 else 0.0)


def _of_part(said: Scan, place: int) -> Share | None:
    """Return the share that a part names: `a third of`, `two thirds of`."""
    tokens = said.tokens
    part = PARTS.get(tokens[place - 1]) if tokens[place] == "of" and place else None
    if part is None:
        return None
    before = tokens[place - 2] if place > 1 else ""
    count = _count(before)
    share = (count or 1) / part
    return _share(said, place - (2 if count or before == "a" else 1), place - 1, share, (), slack=_ROUND) if share < 1 else None


def _share(said: Scan, first: int, last: int, value: float, words: tuple[str, ...], *, slack: float) -> Share:
    start, end = said.places[first], said.places[last] + len(said.tokens[last])
    is_vague = not _VAGUE.isdisjoint(said.tokens[max(0, first - 3) : first])
    return Share(start, end, 100 * value, _LOOSE if is_vague else slack, words, bisect_right(said.begins, start) - 1)


def _count(word: str) -> int | None:
    """Return the whole number that a word says."""
    return (int(word[:9]) or None) if word.isdecimal() else _WHOLES.get(word) or SMALL.get(word)
