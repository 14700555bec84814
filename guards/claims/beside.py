"""Which words are said with a value? Those of its clause, as far as no other value and no comparison parts them from it."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from guards.claims.context import Context
from guards.claims.saying import Named, Quantity, Scan, SpokenDay
from guards.claims.shares import Share
from guards.claims.wordlist import words_of
from orchestrator.messages.negotiation import DateIssue

__all__ = ["Beside", "words_beside"]

_CUTS = words_of(
    "than below above under over against vs versus compared from between beside plus minus less more while whereas but "
    "instead before after"
)

_PERIODS = words_of("winter summer spring autumn season year years month months week weeks day days decade quarter weekend")
"""What something goes on over without being more."""


class Beside(NamedTuple):
    """The words before a value and behind it, in their order; those of an issue's full name are empty."""

    before: tuple[str, ...]
    inside: tuple[str, ...]
    """Those between a figure and its unit."""
    after: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Return them all."""
        return (*self.before, *self.inside, *self.after)


def words_beside(context: Context, found: Quantity | SpokenDay | Share) -> Beside:
    """Return the words that are said with a figure or a day."""
    said, clause, start, end = context.scan, context.clause(found.clause), found.start, found.end
    low, high = _opens(context, found), clause.end
    for other in said.quantities_from(low, high):
        if other.is_word and other.values[0] == 1:
            continue
        if other.end <= start:
            low = max(low, other.end)
        elif other.start >= end:
            high = min(high, other.start)
    for day in said.days if isinstance(found, SpokenDay) else ():
        if low < day.end <= start:
            low = day.end
        elif end <= day.start < high:
            high = day.start
    names = [
        (named.start, named.end) for named in said.named_from(low, high) if named.strong and _counts(context, named, found)
    ]
    first, here = bisect_left(said.places, low), bisect_left(said.places, start)
    behind, last = bisect_left(said.places, end), bisect_left(said.places, high)
    before = _until_cut(said, range(here - 1, first - 1, -1), names)
    inside = (
        [word for word in said.tokens[here + 1 : behind - 1] if not word.isdecimal()] if isinstance(found, Quantity) else ()
    )
    return Beside(tuple(reversed(before)), tuple(inside), tuple(_until_cut(said, range(behind, last), names)))


def _opens(context: Context, found: Quantity | SpokenDay | Share) -> int:
    """Return where the words begin that are said with a value: before a colon, where the value stands directly behind it."""
    said, clause = context.scan, context.clause(found.clause)
    is_behind = found.clause > 0 and said.text[clause.start - 1 : found.start].strip(" ") == ":"
    is_all = said.text[found.end : clause.end].strip(" .,;") == ""
    return context.clause(found.clause - 1).start if is_behind and is_all else clause.start


def _counts(context: Context, named: Named, found: Quantity | SpokenDay | Share) -> bool:
    """Return whether an issue that is named may be what a value is of."""
    if named.sort != "issue" or named.issue is None:
        return False
    if isinstance(found, SpokenDay):
        return isinstance(context.lexicon.issues[named.issue], DateIssue)
    return context.lexicon.counted[named.issue] in (("percent",) if isinstance(found, Share) else ("", found.unit)) or (
        isinstance(found, Quantity) and not found.unit
    )


def _until_cut(said: Scan, order: range, names: list[tuple[int, int]]) -> list[str]:
    words: list[str] = []
    for index in order:
        word = said.tokens[index]
        if word in _CUTS and not (word == "over" and not _PERIODS.isdisjoint(said.tokens[index + 1 : index + 4])):
            break
        is_name = names and any(start <= said.places[index] < end for start, end in names)
        words.append("" if is_name else word)
    return words
