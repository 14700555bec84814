"""Where may words be cut? After a sentence, after a word where one sentence is too long, and only then within a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

__all__ = ["head", "sentences"]

_END = re.compile(r"""[.!?\u2026\u3002\uff01\uff1f]["')\]\u2019\u201d]*\s|\n""")
_LEAST = 8
"""Characters of a piece of one sentence that are worth a search for more."""


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences and lines of a text; joined they are the text."""
    start = 0
    for found in _END.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    if start < len(text):
        yield text[start:]


def head(text: str, most: int, count: Callable[[str], int]) -> str:
    """Return the beginning of a text that takes at most `most` tokens, cut where it hurts least; linear in what is kept."""
    kept: list[str] = []
    used = 0
    for sentence in sentences(text):
        tokens = count(sentence) if len(sentence) <= _longest(most - used) else most + 1
        if used + tokens > most:
            if not kept:
                return _part(sentence, most, count)
            break
        kept.append(sentence)
        used += tokens
    return "".join(kept).rstrip()


def _longest(tokens: int) -> int:
    """Return how long a text may be that is still worth counting; prose has five characters for a token."""
    return max(0, tokens) * 100


def _part(sentence: str, most: int, count: Callable[[str], int]) -> str:
    """Return the beginning of one sentence that is too long by itself."""
    part = sentence[: _longest(most)]
    while len(part) > _LEAST and (tokens := count(part)) > most:
        part = part[: min(len(part) - 1, len(part) * most // tokens)]
    if len(part) <= _LEAST and count(part) > most:
        return ""
    return part.rpartition(" ")[0].rstrip() or part
