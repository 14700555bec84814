"""Which words of messages say something? Those of their text and of their terms, without endings and without small words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guards.claims.wordlist import words_of
from guards.kept import Once
from orchestrator.messages.move import Move
from orchestrator.messages.terms import spoken

__all__ = ["content_in", "content_of", "words_told"]

_DULL = words_of(
    "you your yours we our ours they them that this these those it its the and for with from one two per are was has "
    "have had would could will been can about into over under more less than then what when which who how why any all "
    "not but also there here out off just only as at in on to of by is be or so if an a i said told wrote agreed "
    "confirmed promised put offered called asked already message last first us me anyway his her their were being did "
    "does do such very quite same still now even once much well ask wish want named offer offers proposed proposal "
    "mentioned suggested too both each every way thing point points else rest lot lots bit"
)
_ENDS = ("ing", "ed", "es", "s", "ly", "e")


def words_told(move: Move) -> Iterator[str]:
    """Yield the words and the terms of a move."""
    yield from move.text.lower().replace("-", " ").split()
    for term in move.terms:
        yield from term.issue.split("_")
        yield from str(spoken(term)).lower().replace("-", " ").split()


def content_in(moves: Iterable[Move]) -> frozenset[str]:
    """Return the words of moves and of their terms that say something."""
    return frozenset[str]().union(*map(_content_in, moves))


def content_of(words: Iterable[str]) -> frozenset[str]:
    """Return the words that say something, without their endings."""
    return frozenset(_stem(word) for word in words if len(word) > 2 and word not in _DULL and not word[0].isdigit())


def _stem(word: str) -> str:
    bare = word.strip(".,;:!?()'\"").removesuffix("'s")
    return next((bare[: -len(end)] for end in _ENDS if bare.endswith(end) and len(bare) - len(end) > 2), bare)


_content_in = Once[Move, frozenset[str]](lambda move: content_of(words_told(move)))
"""Gives the words of a move that say something."""
