"""By which words is a fact known? Its name, what it says, its source, and the periods that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from guards.claims.arithmetic import readings, same
from guards.claims.lexicon import split_words
from guards.claims.saying import Quantity
from guards.claims.wordlist import words_of
from orchestrator.messages.negotiation import Fact

__all__ = ["LAST", "Anchor", "anchor_of", "says", "stems"]

_DULL = words_of(
    "the and for that with from its one two per are was has have all any not our out off who what when this these "
    "they at of in on to a an by as is be or most may more than year week month day last full cost share rate price "
    "report plan sheet note list quote contract written hours hour days weeks months weekly average release highest "
    "main expected mean set running"
)


LAST = re.compile(r"\b(?:last|past|previous) (\d+|[a-z]+) (day|week|month|year)s?\b")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words by which a fact is known, and the periods that its words name."""

    words: frozenset[str]
    period: str
    last: str


@lru_cache(maxsize=512)
def anchor_of(name: str, says: str, source: str, unit: str) -> Anchor:
    """Return the words and periods by which a fact is known."""
    words = {word.removesuffix("s") for word in split_words(f"{name} {says} {source} {unit}")}
    period = re.search(r"\b(?:a|per|one) (day|week|month|year)\b", says)
    last = LAST.search(says)
    return Anchor(
        frozenset(
            word
            for word in words
            if len(word) > 2 and word not in _DULL and not (word.isdigit() and word.startswith(("19", "20")))
        ),
        period[1] if period else "",
        f"{last[1]} {last[2]}" if last else "",
    )


@lru_cache(maxsize=1024)
def stems(text: str) -> frozenset[str]:
    """Return the words of a text without endings of the plural and the genitive."""
    return frozenset(word.removesuffix("'s").removesuffix("s") for word in re.findall(r"[a-z0-9']+", text))


def says(found: Quantity, fact: Fact) -> bool:
    """Return whether a figure is the value of a fact; small bare figures say nothing."""
    if fact.kind != "number" or found.unit not in ("", fact.unit.lower()):
        return False
    return any(same(value, float(fact.value)) for value in readings(found)) and (bool(found.unit) or found.values[0] > 20)
