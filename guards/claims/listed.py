"""Which figures stand in one row? Lists of figures and days with what they count, read word by word from where they begin."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TypeAlias

from guards.claims.context import Context
from guards.claims.saying import Named, Quantity, SpokenDay
from guards.claims.wordlist import words_of
from orchestrator.messages.negotiation import FlagIssue

__all__ = ["STILL", "Item", "behind_nouns", "ended_by", "is_choice", "is_ended", "listed", "value_at"]

Item: TypeAlias = Quantity | SpokenDay | Named
"""A figure, a day, an option or a flag."""
STILL = words_of("still only even also now already once just then first originally both again exactly all")
"""What may stand between a verb and its figure, and says nothing of it."""
_TOWARDS = words_of("at for of with on to in as the a an out") | STILL
_WHOM = words_of("us me you them")
_JOINS = words_of("and with plus over for on at in but")
_MOST = 24
"""Figures of one list."""


def listed(context: Context, place: int) -> Iterator[Item]:
    """Yield the figures of a list that begins at a word: `at 46 and 21 days`, `600, 24 months and 2 May`."""
    is_first = True
    for _ in range(_MOST):
        place = _at_value(context, place)
        found = value_at(context, place)
        if found is None:
            return
        behind = behind_nouns(context, bisect_left(context.scan.places, found.end))
        if not is_first and not is_ended(context, behind):
            return
        yield found
        if not _goes_on(context, behind):
            return
        place, is_first = behind + 1, False


def _at_value(context: Context, place: int) -> int:
    """Return the place behind the small words that lead to a figure."""
    tokens, last = context.scan.tokens, min(len(context.scan.tokens), place + 5)
    place += place < last and tokens[place] in _WHOM
    behind = _behind_issue(context, place)
    place, last = (behind, min(len(tokens), behind + 5)) if behind > place else (place, last)
    while place < last and tokens[place] in _TOWARDS and value_at(context, place) is None:
        place += 1
    return place


def _behind_issue(context: Context, place: int) -> int:
    """Return the place behind the name of an issue that is at a figure: `green share` of `had green share at 60`."""
    said = context.scan
    first = place + (said.tokens[place : place + 1] in (("the",), ("a",)))
    if first >= len(said.tokens) or said.tokens[first] not in context.lexicon.names:
        return place
    start = said.places[first]
    named = next((one for one in said.named_from(start, start + 1) if one.sort == "issue" and one.start == start), None)
    behind = bisect_left(said.places, named.end) if named else place
    return behind if said.tokens[behind : behind + 1] in (("at",), ("of",), ("to",)) else place


def value_at(context: Context, place: int) -> Item | None:
    """Return the figure, day, option or flag that begins at a word."""
    said = context.scan
    if place >= len(said.places):
        return None
    start = said.places[place]
    found = said.quantities_from(start, start + 1)
    if found:
        return found[0]
    at = bisect_left(said.days, (start,))
    if at < len(said.days) and said.days[at].start == start:
        return said.days[at]
    return next((named for named in said.named_from(start, start + 1) if is_choice(context, named)), None)


def is_choice(context: Context, named: Named) -> bool:
    """Return whether a name is that of an option or of a flag: of what a message has or has not."""
    issue = context.lexicon.issues.get(named.issue) if named.sort == "issue" and named.issue else None
    return (named.sort == "option" and named.strong) or isinstance(issue, FlagIssue)


def behind_nouns(context: Context, place: int) -> int:
    """Return the place behind what a figure counts, and of what: `480 meals a day`, `1.46 a kilo`."""
    said, last = context.scan, min(len(context.scan.tokens), place + 4)
    while place < last:
        word = said.tokens[place]
        is_sign = not word and not _is_mark(context, place)
        is_noun = word in context.lexicon.units or word in context.lexicon.called or is_sign
        is_each = word in ("a", "per", "each") and place + 1 < len(said.tokens) and said.tokens[place + 1] != ""
        if not (is_noun or is_each):
            return place
        place += 2 if is_each else 1
    return place


def _is_mark(context: Context, place: int) -> bool:
    start = context.scan.places[place]
    return any(sign in ".,;:!?()\n" for sign in context.scan.text[max(0, start - 1) : start + 1])


def is_ended(context: Context, place: int) -> bool:
    """Return whether the entry of a list ends at a word."""
    tokens = context.scan.tokens
    return place >= len(tokens) or not tokens[place] or tokens[place] in _JOINS


def _goes_on(context: Context, place: int) -> bool:
    """Return whether a list goes on at a word."""
    said = context.scan
    if place + 1 >= len(said.tokens):
        return False
    return said.tokens[place] in _JOINS or (
        not said.tokens[place] and said.text[said.places[place] - 1 : said.places[place]] == ","
    )


def ended_by(context: Context, end: int) -> Item | None:
    """Return the figure that ends before a place with nothing between but what it counts."""
    said = context.scan
    found = next((one for one in reversed(said.quantities_from(end - 40, end)) if one.end <= end), None)
    first, last = bisect_left(said.days, (end - 40,)), bisect_left(said.days, (end,))
    days = [day for day in said.days[first:last] if day.end <= end]
    choices = [one for one in said.named_from(end - 40, end) if one.end <= end and is_choice(context, one)]
    nearest = max((one for one in (found, *days[-1:], *choices[-1:]) if one), key=lambda one: one.end, default=None)
    if nearest is None:
        return None
    behind = bisect_left(said.places, nearest.end)
    return nearest if behind_nouns(context, behind) >= bisect_left(said.places, end) else None
