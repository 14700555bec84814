"""Do the words give away what the role must keep to itself? Private facts, its own limits, its reserve and its weights.

A figure alone is no leak, because an offer may happen to equal it. What counts is a figure with the words that make it the
secret: of a bound, of a cost, or those in which the fact is told. Sums and differences of what is said count like the figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from guards.byletter import by_letter
from guards.claims.called import split_words
from guards.claims.lexicon import Lexicon, lexicon_of
from guards.claims.saying import Quantity, Scan, Sentence, SpokenDay
from guards.claims.scan import scan
from guards.claims.words import MONTH, NAME, NUMBER, ORDINAL
from guards.known import Known
from guards.phrases.leak import EXACTLY, NOT_SO, OURS, OURS_WORDS, SHARES_OF, WEIGHTS, WORDS
from guards.secret import Secret, secrets_of
from guards.telltale import gives_away
from guards.told import told
from guards.weighted import PARTS, Weights, tells_weights, weights_of
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["KeepsSecrets", "keeps_secrets"]

_TWO = 2
"""Shares that tell weights."""
_BEFORE = frozenset(("from", "by", "with"))


@dataclass(frozen=True, slots=True)
class KeepsSecrets:
    """Withholds words that give a secret of their sender away; `keeps_secrets` makes it."""

    lexicon: Lexicon = field(repr=False, hash=False, compare=False)
    names: re.Pattern[str] = field(repr=False, hash=False, compare=False)
    """Finds what is called by a name of the agenda: `the offer from budget`, `release date`."""
    firsts: frozenset[str] = field(repr=False, hash=False, compare=False)
    """The first words of names of several words."""
    others: frozenset[str] = field(repr=False, hash=False, compare=False)
    """The first words of roles."""
    secrets: Mapping[RoleName, tuple[Secret, ...]] = field(repr=False, hash=False)
    worded: frozenset[RoleName]
    """The roles with secrets that are no figures."""
    weights: Mapping[RoleName, Weights] = field(repr=False, hash=False)

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Judge the words of a draft by what its sender must keep."""
        if not draft.text:
            return ()
        said = scan(draft.text, self.lexicon)
        return tuple(dict.fromkeys((*self._figures(said, draft, view), *self._weights(said), *self._shares(said, view))))

    def _figures(self, said: Scan, draft: Draft, view: View) -> Iterator[Finding]:
        secrets = self.secrets.get(view.role, ())
        known: Known | None = None
        quantities, days = _starts(said.quantities), _starts(said.days)
        valued = {bisect_right(said.opens, place) - 1 for place in (*quantities, *days)}
        is_ours = not said.words.isdisjoint(OURS_WORDS)
        has_words = view.role in self.worded
        counts = 0 if said.words.isdisjoint(SHARES_OF) else ~0
        for place, sentence in enumerate(said.sentences):
            if not (has_words or is_ours or place in valued or sentence.bits & (counts | NUMBER | ORDINAL | MONTH)):
                continue
            here = said.quantities[slice(*_within(quantities, sentence))] if quantities else ()
            dated = said.days[slice(*_within(days, sentence))] if days else ()
            text = said.text[sentence.start : sentence.end]
            words = said.said_in[place]
            masked = self.names.sub(_unnamed, text) if self._may_name(words) else text
            if is_ours and not sentence.is_question and EXACTLY.search(masked):
                yield _stated(said, sentence)
            if not has_words and not here and not dated and not sentence.bits & (counts | NUMBER | ORDINAL | MONTH):
                continue
            known = known or Known(said, draft, view, self.lexicon)
            speaks = told(sentence, words, masked, here, dated, is_masked=masked is not text)
            yield from (_leaked(said, sentence, secret) for secret in secrets if gives_away(secret, speaks, known))
            if is_ours and (here or dated) and not sentence.is_question and OURS.search(masked) and not NOT_SO.search(masked):
                yield _stated(said, sentence)

    def _weights(self, said: Scan) -> Iterator[Finding]:
        if said.words.isdisjoint(WORDS):
            return
        for sentence, words in zip(said.sentences, said.said_in, strict=True):
            if sentence.is_question or words.isdisjoint(WORDS):
                continue
            text = said.text[sentence.start : sentence.end]
            if WEIGHTS.search(self.names.sub(_unnamed, text) if self._may_name(words) else text):
                yield _worth(said, sentence)

    def _shares(self, said: Scan, view: View) -> Iterator[Finding]:
        weights = self.weights.get(view.role)
        if weights is None or (said.words.isdisjoint(PARTS) and len(said.quantities) < _TWO):
            return
        for sentence, words in zip(said.sentences, said.said_in, strict=True):
            if sentence.bits & NAME and tells_weights(said, sentence, words, weights):
                yield _worth(said, sentence)

    def _may_name(self, words: frozenset[str]) -> bool:
        """Return whether a name that hides figures may stand in a sentence: its first word, or a role behind `from`."""
        return not words.isdisjoint(self.firsts) or not (words.isdisjoint(_BEFORE) or words.isdisjoint(self.others))


def keeps_secrets(negotiation: Negotiation) -> KeepsSecrets:
    """Return the guard that knows what each role of a negotiation must keep."""
    secrets = {role.name: secrets_of(negotiation, role) for role in negotiation.roles}
    firsts, others = _firsts(_called_in_words(negotiation)), _firsts(role.name for role in negotiation.roles)
    weights = {role.name: weights_of(role, negotiation.issues) for role in negotiation.roles}
    names = _names_of(negotiation)
    worded = frozenset(role for role, kept in secrets.items() if not all(secret.is_figure for secret in kept))
    return KeepsSecrets(
        lexicon_of(negotiation), names, firsts, others, MappingProxyType(secrets), worded, MappingProxyType(weights)
    )


def _names_of(negotiation: Negotiation) -> re.Pattern[str]:
    """Return a pattern of names whose words mean nothing by themselves: roles behind a preposition, issues of several words."""
    issues = "|".join(re.escape(name.lower()) for name in _called_in_words(negotiation))
    roles = "|".join(re.escape(role.name.lower()) for role in negotiation.roles)
    return re.compile(by_letter(rf"\b(?:(?:from|by|with) (?:{roles}){f'|{issues}' if issues else ''})\b"))


def _called_in_words(negotiation: Negotiation) -> Iterator[str]:
    called = (name for issue in negotiation.issues for name in (issue.name.replace("_", " "), *issue.aka))
    return (name for name in called if " " in name)


def _firsts(names: Iterable[str]) -> frozenset[str]:
    """Return the first word of each name, as it is and with its genitive."""
    return frozenset(f"{split_words(name)[0]}{end}" for name in names for end in ("", "'s"))


def _unnamed(found: re.Match[str]) -> str:
    return "_" * len(found.group())


def _starts(found: Sequence[Quantity] | Sequence[SpokenDay]) -> list[int]:
    return [one.start for one in found]


def _within(starts: Sequence[int], sentence: Sentence) -> tuple[int, int]:
    """Return from where to where the things of a sentence are."""
    return bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)


def _worth(said: Scan, sentence: Sentence) -> Finding:
    return Finding(
        code="leak.worth",
        kind="leak",
        severity="withhold",
        path="text",
        words=said.quote(sentence.start, sentence.end),
        message="the words tell what an agreement, or an issue of it, is worth to you in figures",
        allowed="which issues matter more to you, without figures",
    )


def _stated(said: Scan, sentence: Sentence) -> Finding:
    return Finding(
        code="leak.limit",
        kind="leak",
        severity="withhold",
        path="text",
        words=said.quote(sentence.start, sentence.end),
        message="the words say where a limit of yours lies; true or not, that is yours to keep",
        allowed="what you offer, without where your limits or private figures lie",
    )


def _leaked(said: Scan, sentence: Sentence, secret: Secret) -> Finding:
    return Finding(
        code=f"leak.{secret.sort}",
        kind="leak",
        severity="withhold",
        path="text",
        words=said.quote(sentence.start, sentence.end),
        message=f"the words give {secret.called} away, which is yours to keep",
        allowed="what you offer, without where your limits or private figures lie",
    )
