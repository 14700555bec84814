"""Which plain words may a word be a form of? `takes`, `taking`, `carries` and `plainly` of the words that they come from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

__all__ = ["stems_of"]

_LEAST = 3
"""Letters that a plain word has at least."""
_ENDINGS = ("'s", "s'", "s", "es", "ed", "ing", "ly")
_DROP_E = frozenset(("ed", "ing"))
"""Endings before which an `e` is left out, or a letter doubled: `taking`, `cutting`."""
_SWAPS = (("ies", "y"), ("ied", "y"), ("ily", "y"))


@lru_cache(maxsize=8192)
def stems_of(word: str) -> frozenset[str]:
    """Return the plain words that a word may be a form of, itself left out."""
    return frozenset(_stems(word)) - {word}


def _stems(word: str) -> Iterator[str]:
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _LEAST:
            continue
        yield stem
        if ending in _DROP_E:
            yield f"{stem}e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    yield from (word.removesuffix(ending) + end for ending, end in _SWAPS if word.endswith(ending))
