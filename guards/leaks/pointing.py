"""By which words is a secret known? The words of its name, of what it says and of where it stands, in all their endings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guards.claims.called import split_words
from guards.claims.stems import forms_of, stem
from guards.phrases.fields import DULL, FIELDS
from orchestrator.messages.negotiation import Negotiation

__all__ = ["Pointing", "common_words", "pointing_at"]

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
    stems = {form: stem(word) for word in words for form in forms_of(word) if form not in DULL}
    meant = [(field, signs, others) for field, (signs, others) in FIELDS.items() if not signs.isdisjoint(said)]
    topics = {word: field for field, _, others in meant for word in others} | stems
    topics |= {word: field for field, signs, _ in meant for word in signs}
    rare = frozenset(root for word in words if (root := stem(word)) not in common)
    return Pointing(MappingProxyType(stems), MappingProxyType(topics), rare, frozenset(topics))


def common_words(negotiation: Negotiation) -> frozenset[str]:
    """Return the stems of what all roles speak of: issues, and facts that may be told."""
    return frozenset(stem(word) for text in _public(negotiation) for word in split_words(text))


def _public(negotiation: Negotiation) -> Iterator[str]:
    for issue in negotiation.issues:
        yield from (issue.name, *issue.aka, getattr(issue, "unit", ""))
    for fact in negotiation.facts:
        if fact.disclose == "may":
            yield f"{fact.name} {fact.says}"
