"""What was said where? The values that a scan of free words gives: sentences, clauses, and what they claim.

All places are those of the plain text; `Scan.quote` gives the exact words of the original. The records are named
tuples, because a scan makes dozens of them for every message and they cost a quarter of a dataclass.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import NamedTuple

from guards.claims.acts import Act
from guards.claims.making import maker
from guards.claims.plain import Oddity, Plain
from guards.claims.telling import Word
from guards.pattern import Pattern
from orchestrator.messages.value import IssueName, RoleName

__all__ = [
    "Clause",
    "Named",
    "Quantity",
    "Scan",
    "Sentence",
    "SpokenDay",
    "clause_made",
    "named_made",
    "quantity_made",
    "sentence_made",
]


class Clause(NamedTuple):
    """A part of a sentence between two marks, with the classes of its words (`guards.claims.words`) as bits."""

    start: int
    end: int
    bits: int
    sentence: int


class Sentence(NamedTuple):
    """A sentence, with the classes of all its words as bits."""

    start: int
    end: int
    bits: int
    is_question: bool
    ends_open: bool
    """Whether a semicolon ends it, so that it goes on."""


class Quantity(NamedTuple):
    """A figure as it was said, with every value that the words may mean."""

    start: int
    end: int
    """Behind its unit."""
    values: tuple[float, ...]
    """In the canonical unit; floats, because they are only compared within a tolerance."""
    unit: str
    """Canonical: `usd`, `week`, `percent`, a noun of the negotiation; empty for a bare figure."""
    is_bare: bool
    """Whether thousands may have been left out: `60` for 60,000."""
    is_word: bool
    """Whether it was written in words."""
    sign: str
    """`+` or `-` where one stands before it."""
    clause: int


class SpokenDay(NamedTuple):
    """A day as it was said: perhaps without its month or year."""

    start: int
    end: int
    day: int
    month: int | None
    year: int | None
    weekday: int | None
    """0 for Monday, where a weekday is said with it."""
    clause: int

    def may_be(self, value: date) -> bool:
        """Return whether the words fit the date, leaving the weekday aside."""
        return (self.day, self.month or value.month, self.year or value.year) == (value.day, value.month, value.year)


class Named(NamedTuple):
    """Words that name an issue, an option of an issue, a role or an offer."""

    start: int
    end: int
    sort: str
    """`issue`, `option`, `role` or `offer`."""
    what: str
    """The name of the issue, the option, the name of the role, or the id as it was written."""
    issue: IssueName | None
    """The issue, also of an option."""
    strong: bool
    """Whether the name was said in full."""
    clause: int


clause_made = maker(Clause)
sentence_made = maker(Sentence)
quantity_made = maker(Quantity)
named_made = maker(Named)


@dataclass(frozen=True, slots=True)
class Scan:
    """All that one pass over a text found; equal texts of one negotiation share it."""

    original: str
    plain: Plain
    words: frozenset[str]
    """Every word, in plain small letters."""
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...]
    days: tuple[SpokenDay, ...]
    named: tuple[Named, ...]
    tokens: tuple[str, ...] = ()
    """The words in order, with an empty one where a mark stands."""
    places: tuple[int, ...] = ()
    """Where each of the tokens begins."""
    told: tuple[Word, ...] = ()
    """The words that have a class."""
    acts: tuple[Act, ...] = ()
    opens: tuple[int, ...] = ()
    """Where each sentence begins."""
    begins: tuple[int, ...] = ()
    """Where each clause begins."""
    said_in: tuple[frozenset[str], ...] = ()
    """The words of each sentence."""
    is_full: bool = False
    """Whether there were more figures, days, names or parts than a scan collects."""

    @property
    def text(self) -> str:
        """Return the plain text, in which all places count."""
        return self.plain.text

    @property
    def oddities(self) -> tuple[Oddity, ...]:
        """Return what was disguised in the original."""
        return self.plain.oddities

    def quote(self, start: int, end: int) -> str:
        """Return the exact words of the original between two places of the plain text."""
        first, last = self.plain.at(start, end)
        return self.original[first:last].strip()

    def sentence_of(self, place: int) -> Sentence:
        """Return the sentence in which a place lies."""
        return self.sentences[max(0, bisect_right(self.opens, place) - 1)]

    def clause_at(self, place: int) -> Clause:
        """Return the clause in which a place lies."""
        return self.clauses[max(0, bisect_right(self.begins, place) - 1)]

    def quantities_from(self, start: int, end: int) -> tuple[Quantity, ...]:
        """Return the figures that begin between two places."""
        return self.quantities[bisect_left(self.quantities, (start,)) : bisect_left(self.quantities, (end,))]

    def has_day(self, sentence: Sentence) -> bool:
        """Return whether a day is named in a sentence."""
        return any(sentence.start <= day.start < sentence.end for day in self.days)

    def named_from(self, start: int, end: int) -> tuple[Named, ...]:
        """Return what is named between two places."""
        return self.named[bisect_left(self.named, (start,)) : bisect_left(self.named, (end,))]

    def roles_in(self, start: int, end: int) -> tuple[RoleName, ...]:
        """Return the roles that are named between two places."""
        return tuple(RoleName(named.what) for named in self.named_from(start, end) if named.sort == "role")

    def told_words(self, start: int, end: int) -> tuple[Word, ...]:
        """Return the words with a class between two places."""
        return self.told[bisect_left(self.told, (start,)) : bisect_left(self.told, (end,))]

    def told_in(self, start: int, end: int) -> int:
        """Return the classes of the words between two places, as bits."""
        bits = 0
        for word in self.told_words(start, end):
            bits |= word[2]
        return bits

    def matches(self, pattern: Pattern, words: frozenset[str]) -> Iterator[re.Match[str]]:
        """Yield where a pattern stands that needs one of these words, and that no end of a sentence interrupts."""
        if self.words.isdisjoint(words):
            return
        text = self.plain.text
        for sentence, held in zip(self.sentences, self.said_in, strict=True):
            if not held.isdisjoint(words):
                yield from pattern.finditer(text, sentence.start, sentence.end)

    def matches_at(self, pattern: Pattern, words: frozenset[str]) -> Iterator[re.Match[str]]:
        """Yield where a pattern stands that begins with one of these words."""
        if self.words.isdisjoint(words):
            return
        text, last = self.plain.text, 0
        for place in compress(self.places, map(words.__contains__, self.tokens)):
            if place >= last and (found := pattern.match(text, place)) is not None:
                last = found.end()
                yield found

    def tokens_in(self, start: int, end: int) -> tuple[str, ...]:
        """Return the words that begin between two places."""
        return self.tokens[bisect_left(self.places, start) : bisect_left(self.places, end)]
