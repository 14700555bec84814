"""Is it on record that somebody approved, signed off or was told? Else the words may not say so.

To name a gate, its approver or what is still missing is fit. A claim counts where a sentence says, outright and as done,
that somebody gave consent or knows; it is fit where an approval on record is for the approver and the offer that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from guards.claims.called import split_words
from guards.claims.lexicon import Lexicon, lexicon_of
from guards.claims.saying import Scan, Sentence
from guards.claims.scan import scan
from guards.grammar import COMMON, Grammar, Spelled, grammar_of, sentences_with
from guards.phrases.approval import CLAIMS, CLASSES, DOUBTED, LEFT_OPEN, TRIGGERS, UNSETTLED
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Ruling
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.terms import digest_of_terms
from orchestrator.messages.view import View

__all__ = ["ClaimsApprovalsOnRecord", "claims_approvals_on_record"]

_AUTHORITY = re.compile("[ABx]")
_BESIDES = re.compile(r"\b(?:too|also|as well|just as|likewise|equally)\b")
_OFFICES = frozenset(CLASSES["A"].split())
"""Words for those with a say, which a negotiation may count as things: `operations a week`."""
_MOST = 20
"""Findings of one draft; more of them tell nobody more."""


_LEAST = 5
"""Letters of the words of a fact that are known again."""


@dataclass(frozen=True, slots=True)
class ClaimsApprovalsOnRecord:
    """Withholds words that claim an approval without a record; `claims_approvals_on_record` makes it."""

    lexicon: Lexicon = field(repr=False, hash=False, compare=False)
    grammar: Grammar = field(repr=False, hash=False, compare=False)
    triggers: frozenset[str] = field(repr=False)
    approvers: Mapping[str, frozenset[str]] = field(hash=False)
    """The words of each approver's name."""

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Judge the words of a draft by the rulings on record."""
        if not draft.text:
            return ()
        said = scan(draft.text, self.lexicon)
        if said.words.isdisjoint(self.triggers):
            return ()
        return tuple(dict.fromkeys(self._findings(said, draft, view)))[:_MOST]

    def _findings(self, said: Scan, draft: Draft, view: View) -> Iterator[Finding]:
        for sentence, is_known in self._suspects(said):
            text = _without_facts(said.text[sentence.start : sentence.end], view)
            letters = self.grammar.letters_of(text)
            letters = letters if is_known or _AUTHORITY.search(letters) else letters.replace("t", ".")
            if CLAIMS.search(letters) is None:
                continue
            spelled = self.grammar.spell(text)
            if any(not self._is_on_record(_Claim(text, spelled, place), said, draft, view) for place in _claims(letters)):
                yield _claimed(said.quote(sentence.start, sentence.end), view.rulings)

    def _suspects(self, said: Scan) -> Iterator[tuple[Sentence, bool]]:
        """Yield the sentences that may claim something, and whether the one before names somebody who may be `she` here."""
        known, behind = False, -1
        for sentence in sentences_with(said, self.triggers):
            if 0 <= behind < sentence.start and known:
                yield said.sentence_of(behind), True
            if not sentence.is_question:
                yield sentence, known
            known, behind = True, sentence.end
        if 0 <= behind < len(said.text):
            yield said.sentence_of(behind), True

    def _is_on_record(self, claim: _Claim, said: Scan, draft: Draft, view: View) -> bool:
        """Return whether an approval is on record of the approver and for the offer that the claim names."""
        named = claim.approver
        rulings = [ruling for ruling in view.rulings if ruling.approved and named <= self.approvers.get(ruling.by, frozenset())]
        if not rulings:
            return False
        offers = {one.what for one in said.named if one.sort == "offer"}
        here = {word for word in offers if word in claim.text} or ({str(draft.offer)} if draft.offer else offers)
        if claim.is_stretched:
            here = {claim.last_of(offers)} if offers & here else {str(draft.offer)}
        elif not here and draft.act != "propose":
            return True
        return any(ruling.offer in here or _is_same(ruling, draft) for ruling in rulings)


def _without_facts(text: str, view: View) -> str:
    """Return a text with dashes for the words in which visible facts and their sources are told."""
    for fact in view.facts:
        for words in (fact.says.lower(), fact.source.lower().replace("-", " ")):
            if len(words) > _LEAST and words in text:
                text = text.replace(words, "-" * len(words))
    return text


class _Claim(NamedTuple):
    """A claim in a sentence."""

    text: str
    spelled: Spelled
    place: tuple[int, int]
    """Where it stands among the letters."""

    @property
    def approver(self) -> frozenset[str]:
        """Return the words of those with a say that it names."""
        places = (place for place in range(*self.place) if self.spelled.letters[place] in "AB")
        return frozenset(word for place in places for word in split_words(self.spelled.words(self.text, place, place + 1))) - {
            "of"
        }

    @property
    def is_stretched(self) -> bool:
        """Return whether a consent is said to hold for something besides: `her yes is good for m6 too`."""
        behind = self.text[self.spelled.places[self.place[0]][0] :]
        return "N" in self.spelled.letters[slice(*self.place)] and _BESIDES.search(behind) is not None

    def last_of(self, offers: Iterable[str]) -> str:
        """Return the offer that the sentence names last."""
        return max(offers, key=self.text.rfind)


def claims_approvals_on_record(negotiation: Negotiation) -> ClaimsApprovalsOnRecord:
    """Return the guard that knows the approvers of a negotiation's gates."""
    approvers = {name: frozenset(split_words(name)) for gate in negotiation.gates for name in gate.people}
    roles = {role.name.lower() for role in negotiation.roles}
    last = {split_words(name)[-1] for name in approvers}
    called = {"_".join(split_words(name)) for name in approvers}
    counted = {word for issue in negotiation.issues for name in (issue.name, *issue.aka) for word in split_words(name)}
    things = counted - last - called
    grammar = grammar_of(
        COMMON, CLASSES, {".": " ".join(things & _OFFICES)}, {"r": " ".join(roles - last)}, {"B": " ".join(last | called)}
    )
    return ClaimsApprovalsOnRecord(
        lexicon_of(negotiation),
        grammar,
        frozenset(f"{word}{end}" for word in (TRIGGERS | last) - roles for end in ("", "'s")),
        approvers,
    )


def _claims(letters: str) -> Iterator[tuple[int, int]]:
    """Yield the places of each claim that is made outright, as done."""
    place = 0
    while (found := CLAIMS.search(letters, place)) is not None:
        start = max(letters.rfind(mark, 0, found.start()) for mark in ",:(") + 1
        is_doubted = DOUBTED.search(letters, start, found.start()) or UNSETTLED.search(letters, 0, found.start())
        if not is_doubted and not LEFT_OPEN.match(letters, found.end()):
            yield found.span()
        place = found.start() + 1


def _is_same(ruling: Ruling, draft: Draft) -> bool:
    return bool(draft.terms) and ruling.digest == digest_of_terms(draft.terms)


def _claimed(words: str, rulings: tuple[Ruling, ...]) -> Finding:
    known = ", ".join(f"{ruling.by} for {ruling.offer}" for ruling in rulings if ruling.approved)
    return Finding(
        code="approval.unrecorded",
        kind="approval",
        severity="withhold",
        path="text",
        words=words,
        message=f"says that somebody approved or was told, and the record holds {'only: ' + known if known else 'no approval'}",
        allowed=f"what is on record: {known}" if known else "that an approval is still to be given",
    )
