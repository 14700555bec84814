"""What does one word of a text tell? Its place and its classes."""

from __future__ import annotations

from typing import NamedTuple

from guards.claims.making import maker

__all__ = ["Word", "word_made"]


class Word(NamedTuple):
    """A word with at least one class."""

    start: int
    word: str
    bits: int
    order: int
    """Its place among all words, counted with the empty ones between two marks."""

    @property
    def end(self) -> int:
        """Return the place behind it."""
        return self.start + len(self.word)


word_made = maker(Word)
"""Makes a word of its values."""
