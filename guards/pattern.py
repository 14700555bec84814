"""What is looked for in words? A pattern that is compiled when it is first used, so that imports stay short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Protocol

from guards.beginnings import first_words
from guards.byletter import by_letter

__all__ = ["Pattern"]

_END = 2**63 - 1
"""Behind every text."""


class _Finds(Protocol):
    def __call__(self, string: str, pos: int = 0, endpos: int = _END) -> re.Match[str] | None: ...


class _FindsAll(Protocol):
    def __call__(self, string: str, pos: int = 0, endpos: int = _END) -> Iterator[re.Match[str]]: ...


class Pattern:
    """A pattern of words; after its first use it costs what a compiled one costs."""

    def __init__(self, written: str, flags: int = 0) -> None:
        """Hold the pattern as it is written."""
        self.written = written
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Return the compiled pattern."""
        return re.compile(self.written if self.flags else by_letter(self.written), self.flags)

    @cached_property
    def begins(self) -> frozenset[str] | None:
        """Return the words with one of which it begins; none where it may begin otherwise."""
        return None if self.flags else first_words(self.written)

    @cached_property
    def search(self) -> _Finds:
        """Return what finds its first place."""
        return self.compiled.search

    @cached_property
    def match(self) -> _Finds:
        """Return what finds it at the beginning."""
        return self.compiled.match

    @cached_property
    def finditer(self) -> _FindsAll:
        """Return what yields all its places."""
        return self.compiled.finditer
