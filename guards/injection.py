"""Do the words address the other party? Not if they are for the machine that reads for it.

The weight lies on form: frames that pretend to be another speaker, letters that nobody sees, text that has to be decoded.
Plain sentences are at fault only where they name a machine and direct it, or give the reader another part to play.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from guards.claims.lexicon import Lexicon, lexicon_of
from guards.claims.saying import Scan
from guards.claims.scan import scan
from guards.frames import frames_in
from guards.grammar import Grammar, grammar_of, sentences_with
from guards.hidden import hidden_in
from guards.phrases.directing import COMMANDS, WORKINGS
from guards.phrases.direction import Direction
from guards.phrases.injection import (
    ADDRESSED,
    FRAME_SIGNS,
    FRAME_WORDS,
    MACHINE,
    MACHINE_WORDS,
    NOTICE,
    NOTICE_WORDS,
    OVERRIDE,
    OVERRIDE_WORDS,
    PLAY,
    PLAY_WORDS,
)
from guards.phrases.intruding import INTRUDING
from guards.phrases.overruling import OVERRULING
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.view import View

__all__ = ["DIRECTIONS", "AddressesTheParty", "addresses_the_party"]

DIRECTIONS = (*WORKINGS, *OVERRULING, *INTRUDING)
"""Patterns of sentences that direct a machine."""
_WORDS = frozenset(word for direction in DIRECTIONS for word in direction.words)
_PLACES = {word: tuple(place for place, one in enumerate(DIRECTIONS) if word in one.words) for word in sorted(_WORDS)}
"""By each of these words: where the directions stand that it may belong to."""
_REACH = 600
"""So far behind the name of a machine a direction is looked for, in letters."""
_MOST = 20
"""Findings of one draft; more of them tell nobody more."""


@dataclass(frozen=True, slots=True)
class AddressesTheParty:
    """Withholds words meant for the other role's model; `addresses_the_party` makes it."""

    lexicon: Lexicon = field(repr=False, hash=False, compare=False)
    grammar: Grammar = field(repr=False, hash=False, compare=False)
    ours: frozenset[str]
    """Words of machines that the file itself uses, as of an agent who sells."""

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:  # noqa: ARG002 - a guard's signature
        """Judge the words of a draft."""
        if not draft.text:
            return ()
        said = scan(draft.text, self.lexicon)
        hidden = islice(hidden_in(draft.text, said), _MOST)
        found = [(draft.text[start:end].strip(), f"injection.{sort}") for sort, start, end in hidden]
        found += [(said.quote(*place), code) for place, code in islice(self._places(said), _MOST)]
        return tuple(dict.fromkeys(_finding(words, code) for words, code in found if words))

    def _places(self, said: Scan) -> Iterator[tuple[tuple[int, int], str]]:
        taken: list[tuple[int, int]] = []
        for place in _framed(said):
            taken.append(place)
            yield place, "injection.frame"
        for found, code in _directed(said):
            if not _lies_in(found.start(), taken):
                taken.append(_sentence(said, found.start(), found.end()))
                yield taken[-1], code
        if said.words.isdisjoint(MACHINE_WORDS):
            return
        for start, end in self._addressed(said):
            if not _lies_in(start, taken):
                yield (start, end), "injection.directions"

    def _addressed(self, said: Scan) -> Iterator[tuple[int, int]]:
        """Yield the sentences that speak to a machine, each with the next one where the direction stands there."""
        for sentence in sentences_with(said, MACHINE_WORDS - self.ours):
            for following in (sentence, said.sentence_of(sentence.end)):
                letters = self.grammar.letters_of(said.text[sentence.start : min(following.end, sentence.start + _REACH)])
                if ADDRESSED.search(letters):
                    yield sentence.start, following.end
                    break


def addresses_the_party(negotiation: Negotiation) -> AddressesTheParty:
    """Return the guard that knows what a negotiation itself speaks of."""
    lexicon = lexicon_of(negotiation)
    ours = frozenset(MACHINE_WORDS & lexicon.known)
    known = " ".join(word for word in ours if word.isalpha())
    return AddressesTheParty(lexicon, grammar_of(MACHINE, {".": known}), ours)


def _framed(said: Scan) -> Iterator[tuple[int, int]]:
    text = said.text
    if not said.words.isdisjoint(FRAME_WORDS) or FRAME_SIGNS.search(text):
        yield from (found.span() for found in frames_in(said))
    if " /" in text or text.startswith("/"):
        yield from (found.span() for found in COMMANDS.finditer(text))


def _directed(said: Scan) -> Iterator[tuple[re.Match[str], str]]:
    """Yield what directs a machine, gives it a part or asks for its workings."""
    if not said.words.isdisjoint(NOTICE_WORDS):
        notices = (NOTICE.match(said.text, place) for place in said.starts(NOTICE_WORDS))
        yield from ((found, "injection.frame") for found in notices if found)
    yield from ((found, "injection.directions") for found in said.matches(OVERRIDE, OVERRIDE_WORDS))
    yield from ((found, "injection.role_play") for found in said.matches(PLAY, PLAY_WORDS))
    for direction in _directions(said.words):
        matches = said.matches(direction.pattern, direction.words, direction.beside)
        yield from ((found, "injection.directions") for found in matches)


def _directions(words: frozenset[str]) -> Iterator[Direction]:
    """Yield the directions whose words a text holds."""
    hits = words & _WORDS
    for place in sorted({place for word in hits for place in _PLACES[word]}):
        beside = DIRECTIONS[place].beside
        if not beside or not words.isdisjoint(beside):
            yield DIRECTIONS[place]


def _sentence(said: Scan, start: int, end: int) -> tuple[int, int]:
    return said.sentence_of(start).start, max(end, said.sentence_of(max(start, end - 1)).end)


def _lies_in(place: int, taken: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in taken)


_MESSAGES = {
    "injection.frame": "the words pretend to be another speaker, a tool or a note that the reader is not meant to see",
    "injection.directions": "the words direct the machine that reads for the other party",
    "injection.role_play": "the words give the reader another part to play",
    "injection.hidden": "letters that a reader does not see, or sees as others",
    "injection.encoded": "text that has to be decoded before it can be read",
}


def _finding(words: str, code: str) -> Finding:
    return Finding(
        code=code,
        kind="injection",
        severity="withhold",
        path="text",
        words=words,
        message=_MESSAGES[code],
        allowed="plain words to the other party about the issues",
    )
