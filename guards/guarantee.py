"""Do the words guarantee what nobody controls? Outcomes are hoped for or measured, not promised.

Two things make a guarantee: words that vouch (`guarantee`, `you have our word`, `no ifs`), or a flat statement of what the
future will hold, about results or without any exception, and not about what the sender itself will say or do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from guards.claims.lexicon import Lexicon, lexicon_of
from guards.claims.saying import Scan, Sentence
from guards.claims.scan import scan
from guards.grammar import COMMON, Grammar, grammar_of, sentences_with
from guards.phrases.guarantee import (
    ABSOLUTE,
    CLASSES,
    DENIED,
    DENIED_FUTURE,
    FUTURE_WORDS,
    OPEN,
    OUTCOME,
    REFUSED,
    VAGUE,
    VOUCH_WORDS,
    VOUCHED,
)
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.view import View

__all__ = ["GuaranteesNothing", "guarantees_nothing"]

_PARTS = re.compile("[,:(]")
_TAKEN_BACK = re.compile(r"[^,:]{0,4}bn")
"""What takes a word of guarantee back behind it: `guaranteeing that is not what we do`."""
_MOST = 20
"""Findings of one draft; more of them tell nobody more."""


@dataclass(frozen=True, slots=True)
class GuaranteesNothing:
    """Withholds words that guarantee an outcome; `guarantees_nothing` makes it."""

    lexicon: Lexicon = field(repr=False, hash=False, compare=False)
    grammar: Grammar = field(repr=False, hash=False, compare=False)

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:  # noqa: ARG002 - a guard's signature
        """Judge the words of a draft."""
        if not draft.text:
            return ()
        said = scan(draft.text, self.lexicon)
        words = _TOLD
        if not _may_vouch(said):
            if said.words.isdisjoint(FUTURE_WORDS):
                return ()
            words = words if said.words & VOUCH_WORDS else FUTURE_WORDS
        return tuple(dict.fromkeys(self._findings(said, words)))[:_MOST]

    def _findings(self, said: Scan, words: frozenset[str]) -> Iterator[Finding]:
        for sentence in sentences_with(said, words):
            letters = self.grammar.letters_of(said.text[sentence.start : sentence.end])
            if sentence.is_question:
                letters = "" if letters[:1] in "mbhf" else letters[: letters.rfind(",") + 1]
            is_thing = self._is_of_things(letters, said, sentence)
            if _vouches(letters, is_worldly=is_thing or "f" in letters) or _foretells(letters, is_thing=is_thing):
                yield _guaranteed(said.quote(sentence.start, sentence.end))

    def _is_of_things(self, letters: str, said: Scan, sentence: Sentence) -> bool:
        """Return whether a sentence tells of an outcome, or of a thing that is no talk."""
        if not _OUTCOMES.isdisjoint(letters):
            return True
        return not said.strange.isdisjoint(said.tokens_in(sentence.start, sentence.end))


_TOLD = VOUCH_WORDS | FUTURE_WORDS
_OUTCOMES = frozenset("OEL")
_WHOLE = frozenset("QZ")


def guarantees_nothing(negotiation: Negotiation) -> GuaranteesNothing:
    """Return the guard for a negotiation; where a guarantee is itself an issue, the word alone is no fault."""
    lexicon = lexicon_of(negotiation)
    return GuaranteesNothing(lexicon, _grammar(is_issue="guarantee" in lexicon.known))


def _may_vouch(said: Scan) -> bool:
    """Return whether all words of something that vouches stand in a text; where letters are left out, any of them."""
    hits = said.words & VOUCH_WORDS
    if not hits or "'" in said.text:
        return bool(hits)
    stand = said.words.issuperset
    return any(any(map(stand, _vouching().get(word, ()))) for word in (*hits, ""))


@cache
def _vouching() -> Mapping[str, tuple[frozenset[str], ...]]:
    """Return the words of each thing that vouches, by one of the words without which none does."""
    found: dict[str, list[frozenset[str]]] = {}
    for phrase in " ".join(CLASSES[letter] for letter in "USXKTH").split():
        words = frozenset(phrase.replace("_", " ").replace("-", " ").split())
        found.setdefault(min(words & VOUCH_WORDS, default=""), []).append(words)
    return MappingProxyType({word: tuple(phrases) for word, phrases in found.items()})


@cache
def _grammar(*, is_issue: bool) -> Grammar:
    """Return the classes of words, where a guarantee is an issue without that word."""
    return grammar_of(COMMON, CLASSES, {".": "guarantee guarantees guaranteed"} if is_issue else {})


def _vouches(letters: str, *, is_worldly: bool) -> bool:
    """Return whether words vouch for something, and nothing before them takes that back."""
    for found in VOUCHED.finditer(letters):
        start = max(letters.rfind(mark, 0, found.start()) for mark in ",:(") + 1
        behind = letters[found.end() : found.end() + 2]
        if _TAKEN_BACK.match(letters, found.end()) or (not is_worldly and _tells_terms(found.group(), letters)):
            continue
        if not DENIED.search(letters, start, found.start()) and "Q" not in behind[: 2 if behind[:1] in "iy" else 1]:
            return True
    return False


def _tells_terms(vouched: str, letters: str) -> bool:
    """Return whether words say only how sure somebody is, or give a word on a figure: `you have our word on the 30 days`."""
    return vouched == "K" or (vouched in "USH" and "#" in letters and _WHOLE.isdisjoint(letters))


def _foretells(letters: str, *, is_thing: bool) -> bool:
    """Return whether a part of a sentence tells a future flatly that is an outcome, or has no exception."""
    return not REFUSED.search(letters) and any(
        not OPEN.search(part) and ((ABSOLUTE.search(part) and (is_thing or not VAGUE.search(part))) or OUTCOME.search(part))
        for part in _PARTS.split(letters)
        if "f" in part and not DENIED_FUTURE.search(part)
    )


def _guaranteed(words: str) -> Finding:
    return Finding(
        code="guarantee.outcome",
        kind="guarantee",
        severity="withhold",
        path="text",
        words=words,
        message="the words guarantee an outcome that nobody at the table controls",
        allowed="what was measured, with its source, or what you expect and why",
    )
