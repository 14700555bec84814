"""Which words are forms of one? `payment`, `paying` and `paid`: their endings are cut off."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

__all__ = ["stem"]

_ENDINGS = ("ments", "ment", "ings", "ing", "ions", "ion", "ers", "er", "ed", "es", "al", "'s", "s", "y", "e")
_IRREGULAR: Mapping[str, str] = MappingProxyType(
    {"paid": "pay", "kept": "keep", "held": "hold", "given": "give", "ran": "run", "sent": "send", "built": "build"}
)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a word without its ending, three letters at least."""
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
