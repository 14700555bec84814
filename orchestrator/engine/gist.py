"""What is new in words that say little? The sentences on an issue, or with a figure, that their sender has not said yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator.messages.move import Move
from orchestrator.messages.sentences import sentences
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import Agenda

__all__ = ["gist_of"]

_MOST = 400
"""Characters that are quoted."""

_LONGEST = 240
"""Of one sentence."""

_MOST_READ = 2_000
"""Sentences that are looked at."""

_BACK = 6
"""Moves of the sender whose sentences are not new."""

_SPACES = re.compile(r"\s+")
_FIGURE = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class _Sentence:
    place: int
    words: str
    bears: bool
    """Whether it names an issue."""


def gist_of(text: str, moves: tuple[Move, ...], agenda: Agenda, sender: RoleName) -> str:
    """Return what is new in the words, quoted as it was written, issues before other figures; empty where nothing is."""
    seen = {_plain(sentence) for move in _latest(moves, sender) for sentence in sentences(move.text)}
    names = [name.casefold() for issue in agenda.issues for name in (issue.name, issue.name.replace("_", " "), *issue.aka)]
    room = _MOST
    kept: list[_Sentence] = []
    for sentence in sorted(_new(text, seen, names), key=lambda sentence: not sentence.bears):
        if len(sentence.words) <= room:
            kept.append(sentence)
            room -= len(sentence.words) + 1
    return " ".join(sentence.words for sentence in sorted(kept, key=lambda sentence: sentence.place))


def _new(text: str, seen: set[str], names: list[str]) -> Iterator[_Sentence]:
    """Yield the sentences that were not said yet and that name an issue or a figure, each once."""
    for place, sentence in enumerate(sentences(text)):
        if place >= _MOST_READ:
            return
        words = _SPACES.sub(" ", sentence).strip()
        plain = words.casefold()
        if len(words) > _LONGEST or plain in seen:
            continue
        seen.add(plain)
        bears = any(name in plain for name in names)
        if bears or _FIGURE.search(words):
            yield _Sentence(place, words, bears)


def _latest(moves: tuple[Move, ...], sender: RoleName) -> list[Move]:
    found: list[Move] = []
    for move in reversed(moves):
        if move.sender == sender and move.text:
            found.append(move)
            if len(found) >= _BACK:
                break
    return found


def _plain(sentence: str) -> str:
    return _SPACES.sub(" ", sentence).strip().casefold()
