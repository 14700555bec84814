"""Which pattern is looked for in which sentences? Only in those that hold a word of each of its sets."""

from __future__ import annotations

from typing import NamedTuple

from guards.pattern import Pattern

__all__ = ["Direction"]


class Direction(NamedTuple):
    """A pattern, and the words of which a sentence holds some where it stands: one of each set."""

    words: frozenset[str]
    beside: frozenset[str]
    """Empty where the first set is enough."""
    pattern: Pattern
