"""Which words are forms of one? `payment` and `paid` have one stem; `takes` and `carries` come from plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

__all__ = ["stem", "stems_of"]

_CUT = ("ments", "ment", "ings", "ing", "ions", "ion", "ers", "er", "ed", "es", "al", "'s", "s", "y", "e")
_IRREGULAR: Mapping[str, str] = MappingProxyType(
    {"paid": "pay", "kept": "keep", "held": "hold", "given": "give", "ran": "run", "sent": "send", "built": "build"}
)
_LEAST = 3
"""Letters that a stem has at least."""
_ENDINGS = ("'s", "s'", "s", "es", "ed", "ing", "ly")
_DROP_E = frozenset(("ed", "ing"))
"""Endings before which an `e` is left out, or a letter doubled: `taking`, `cutting`."""
_SWAPS = (("ies", "y"), ("ied", "y"), ("ily", "y"))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a word without its ending, by which nouns and verbs of one family are alike."""
    word = _IRREGULAR.get(word, word)
    for ending in _CUT:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=8192)
def stems_of(word: str) -> frozenset[str]:
    """Return the plain words that a word may be a form of, itself left out."""
    return frozenset(_stems(word)) - {word}


def _stems(word: str) -> Iterator[str]:
    for ending in _ENDINGS:
        left = word.removesuffix(ending)
        if left == word or len(left) < _LEAST:
            continue
        yield left
        if ending in _DROP_E:
            yield f"{left}e"
            if left[-1] == left[-2]:
                yield left[:-1]
    yield from (word.removesuffix(ending) + end for ending, end in _SWAPS if word.endswith(ending))
