"""What was worked out for a word before? Kept for short words, up to so many, so that no text can fill the memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

__all__ = ["ByWord"]

_Found = TypeVar("_Found")
_SHORT = 32
"""Letters of a word that is kept; words of a language are shorter."""
_MOST = 16_384


class ByWord(dict[str, _Found]):
    """What each word gives: looked up as in a dict, and worked out for a word that is not there."""

    def __init__(self, work: Callable[[str], _Found], known: Mapping[str, _Found] | None = None) -> None:
        """Hold the work and what is known from the start."""
        super().__init__(known or {})
        self._work = work

    def __missing__(self, word: str) -> _Found:
        """Work out what a word gives, and keep it where it is short and there is room."""
        found = self._work(word)
        if len(word) <= _SHORT and len(self) < _MOST:
            self[word] = found
        return found
