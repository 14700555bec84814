"""What bears on a negotiation? The words of its agenda, of its public facts, and those that go with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guards.monitor.words import COMMON, FIGURES, LAWFUL, LOOSE, PAIRS, RELATED, SINGLES, WordClass
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, Negotiation, NumberIssue

__all__ = ["Bearing", "bearing_of", "words_in"]

_WORD = re.compile(r"[a-z][a-z'-]+|\d[\d.-]*")
_STEM = 5
_OTHERS = frozenset(("buyer", "client", "customer", "seller", "studio", "supplier", "they", "vendor"))
"""Who else gives way in talks that are made up."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What each word of a message counts as, in one negotiation."""

    classes: Mapping[bytes | tuple[bytes, bytes], WordClass]
    subjects: frozenset[bytes]
    """Words that make a sentence bear on the negotiation."""
    spared: frozenset[bytes]
    """Written figures, and words of clauses: a sentence with one of them is not empty."""

    def asked(self, questions: tuple[str, ...]) -> Bearing:
        """Return the same with the words of open questions: what answers them bears on the negotiation."""
        words = {word for question in questions for word in words_in(question)} - COMMON - LOOSE - FIGURES
        more = frozenset(word.encode() for word in words)
        return Bearing(
            classes={**self.classes, **dict.fromkeys(more, "subject")}, subjects=self.subjects | more, spared=self.spared
        )


def bearing_of(negotiation: Negotiation) -> Bearing:
    """Return the words that bear on a negotiation, from what every role knows of it."""
    named = frozenset(_named(negotiation)) - COMMON
    subjects = frozenset(word for word in named | frozenset(_related(named)) if not word[0].isdigit()) - COMMON - LOOSE
    roles = frozenset(role.name.lower() for role in negotiation.roles) - subjects
    classes: dict[bytes | tuple[bytes, bytes], WordClass] = {word.encode(): kind for word, kind in SINGLES.items()}
    classes.update({(first.encode(), second.encode()): kind for (first, second), kind in PAIRS.items()})
    classes.update({word.encode(): "role" for word in roles})
    yields = [word for word, kind in SINGLES.items() if kind == "yield"]
    speakers = {role.name.lower() for role in negotiation.roles} | _OTHERS
    classes.update({(role.encode(), verb.encode()): "yield" for role in speakers for verb in yields})
    classes.update({word.encode(): "subject" for word in subjects})
    return Bearing(
        classes=classes,
        subjects=frozenset(word.encode() for word in subjects),
        spared=frozenset(word.encode() for word in FIGURES | LAWFUL),
    )


def words_in(text: str) -> Iterator[str]:
    """Yield the words of a name or a phrase, in lower case."""
    return (match.group().strip("'-.") for match in _WORD.finditer(text.lower().replace("_", " ")))


def _named(negotiation: Negotiation) -> Iterator[str]:
    for issue in negotiation.issues:
        for text in (issue.name, *issue.aka, *_options(issue)):
            yield from words_in(text)
    for fact in negotiation.facts:
        if len(fact.visible_to) == len(negotiation.roles):
            yield from words_in(fact.says)
    for rule in negotiation.policies:
        yield from words_in(rule.why or "")


def _options(issue: Issue) -> tuple[str, ...]:
    match issue:
        case NumberIssue():
            return (issue.unit,)
        case ChoiceIssue():
            return (*issue.options, issue.unit)
        case DateIssue() | FlagIssue():
            return ()


def _related(named: frozenset[str]) -> Iterator[str]:
    for subject, words in RELATED.items():
        if any(word[:_STEM] == subject[:_STEM] for word in named):
            yield from words.split()
    for word in named:
        yield word.removesuffix("s") if word.endswith("s") else f"{word}s"
