"""Which words does a list hold? Words written as plain text, as a set."""

from __future__ import annotations

__all__ = ["words_of"]


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text that blanks part."""
    return frozenset(text.split())
