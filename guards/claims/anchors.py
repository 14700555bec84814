"""By which words is a fact known? Its name, what it says, its source, and the periods that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from guards.claims.arithmetic import readings, same
from guards.claims.called import split_words
from guards.claims.saying import Quantity
from guards.claims.stems import stem
from guards.claims.wordlist import words_of
from guards.kept import Once
from orchestrator.messages.negotiation import Fact

__all__ = ["LAST", "Anchor", "anchor_of", "says", "stems"]

_DULL = words_of(
    "the and for that with from its one two per are was has have all any not our out off who what when this these "
    "they at of in on to a an by as is be or most may more than year week month day last full cost share rate price "
    "report plan sheet note list quote contract written hours hour days weeks months weekly average release highest "
    "main expected mean set running"
)


LAST = re.compile(r"\b(?:last|past|previous) (\d+|[a-z]+) (day|week|month|year)s?\b")

_WORD = re.compile(r"[a-z0-9']+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words by which a fact is known, and the periods that its words name."""

    words: frozenset[str]
    period: str
    last: str
    value: float | None
    """None where it is no number."""
    about: tuple[float, float]
    """A little less than the value, and a little more: what lies outside is another figure."""
    unit: str
    """In small letters."""


def _anchor(fact: Fact) -> Anchor:
    words = {stem(word) for word in split_words(f"{fact.name} {fact.says} {fact.source} {fact.unit}")}
    period = re.search(r"\b(?:a|per|one) (day|week|month|year)\b", fact.says)
    last = LAST.search(fact.says)
    value = float(fact.value) if fact.kind == "number" else 0.0
    slack = 1e-5 * max(1.0, abs(value))
    return Anchor(
        frozenset(
            word
            for word in words
            if len(word) > 2 and word not in _DULL and not (word.isdigit() and word.startswith(("19", "20")))
        ),
        period[1] if period else "",
        f"{last[1]} {last[2]}" if last else "",
        value if fact.kind == "number" else None,
        (value - slack, value + slack),
        fact.unit.lower(),
    )


anchor_of = Once(_anchor)
"""Gives the words and periods by which a fact is known."""


@lru_cache(maxsize=1024)
def stems(text: str) -> frozenset[str]:
    """Return the words of a text without their endings."""
    return frozenset(map(stem, _WORD.findall(text)))


def says(found: Quantity, anchor: Anchor) -> bool:
    """Return whether a figure is the value of a fact; small whole ones without a unit say nothing."""
    value = anchor.value
    if (
        value is None
        or (found.unit and found.unit != anchor.unit)
        or not (found.unit or found.values[0] > 20 or found.values[0] % 1)
    ):
        return False
    low, high = anchor.about
    for one in readings(found):
        is_about = low <= one <= high
        if is_about and same(one, value):
            return True
    return False
