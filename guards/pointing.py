"""By which words is a secret known? The words of its name, of what it says and of where it stands, in all their endings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guards.claims.called import split_words
from guards.phrases.fields import DULL, FIELDS, IRREGULAR
from orchestrator.messages.negotiation import Negotiation

__all__ = ["Pointing", "common_words", "pointing_at", "root_of"]

_ENDINGS = ("", "s", "e", "es", "d", "ed", "ing", "er", "ers")
_MOST_SHORT = 4
_ENOUGH = 2
"""Things that a sentence has to name before its figures are held against a secret."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """Words that point at a secret, each with what it counts for."""

    stems: Mapping[str, str]
    """Its own words in all endings, each with its stem."""
    topics: Mapping[str, str]
    """The same and other words for what it is about, each with its stem or its field."""
    rare: frozenset[str]
    """The stems that no issue and no public fact shares."""
    known: frozenset[str]
    """All these words, to see at once that a sentence has none."""

    def shared(self, words: frozenset[str]) -> frozenset[str]:
        """Return the stems that some words share with it."""
        if words.isdisjoint(self.known):
            return frozenset()
        return frozenset([self.stems[word] for word in words & self.known if word in self.stems])

    def touches(self, words: frozenset[str]) -> bool:
        """Return whether a word names something that it is about."""
        return not words.isdisjoint(self.known)

    def is_meant(self, words: frozenset[str]) -> bool:
        """Return whether words name two things that it is about, of which not all are everybody's."""
        if words.isdisjoint(self.known):
            return False
        topics = {self.topics[word] for word in words & self.known}
        return len(topics) >= _ENOUGH and any(topic in self.rare or topic.startswith("~") for topic in topics)


def pointing_at(text: str, common: frozenset[str]) -> Pointing:
    """Return the words that point at what a text speaks of."""
    said = split_words(text)
    words = sorted({word for word in said if word not in DULL and not word.isdigit() and len(word) > 1})
    stems = {form: root_of(word) for word in words for form in _forms(word)}
    meant = [(field, signs, others) for field, (signs, others) in FIELDS.items() if not signs.isdisjoint(said)]
    topics = {word: field for field, _, others in meant for word in others} | stems
    topics |= {word: field for field, signs, _ in meant for word in signs}
    rare = frozenset(root for word in words if (root := root_of(word)) not in common)
    return Pointing(MappingProxyType(stems), MappingProxyType(topics), rare, frozenset(topics))


def common_words(negotiation: Negotiation) -> frozenset[str]:
    """Return the stems of what all roles speak of: issues, and facts that may be told."""
    return frozenset(root_of(word) for text in _public(negotiation) for word in split_words(text))


def root_of(word: str) -> str:
    """Return a word without its ending."""
    for forms in IRREGULAR:
        if word in forms:
            return min(forms)
    if len(word) > _MOST_SHORT + 1 and word.endswith("ing"):
        return word[:-3].removesuffix("e")
    if word.endswith("ies") and len(word) > _MOST_SHORT:
        return f"{word[:-3]}y"
    if len(word) > _MOST_SHORT and word.endswith("ed"):
        return word[:-2]
    bare = word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2 else word
    return bare.removesuffix("e") if len(bare) > _MOST_SHORT else bare


def _forms(word: str) -> Iterator[str]:
    yield word
    for forms in IRREGULAR:
        if word in forms:
            yield from forms
            return
    root = root_of(word)
    yield from (f"{root}{ending}" for ending in _ENDINGS)
    yield from (f"{root}{root[-1]}{ending}" for ending in ("ed", "ing"))
    if root.endswith("y"):
        yield from (f"{root[:-1]}ies", f"{root[:-1]}ied")


def _public(negotiation: Negotiation) -> Iterator[str]:
    for issue in negotiation.issues:
        yield from (issue.name, *issue.aka, getattr(issue, "unit", ""))
    for fact in negotiation.facts:
        if fact.disclose == "may":
            yield f"{fact.name} {fact.says}"
