"""What do the checks of words look at? One draft, its scan, and what grounds it, made once for all checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from guards.claims.acts import Act
from guards.claims.ground import Ground
from guards.claims.known import Known
from guards.claims.lexicon import Lexicon
from guards.claims.saying import Clause, Named, Quantity, Scan, Sentence, SpokenDay
from guards.claims.topics import Topics
from guards.claims.words import CONDITION, HEDGE, NEGATION, OFFER
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding, Kind
from orchestrator.messages.negotiation import Fact
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["Check", "Context", "finding"]

_STRANGERS = frozenset(("a", "an", "another", "any", "some", "different"))
_NEAR = 8
"""Characters behind a figure in which a hedge still speaks of it."""


@dataclass(frozen=True, slots=True)
class Context:
    """One draft as the checks see it."""

    draft: Draft
    view: View
    lexicon: Lexicon
    scan: Scan
    ground: Ground
    topics: Topics
    """The words of all facts, those too that the sender cannot see."""
    unseen: tuple[Fact, ...] = field(default=())
    """The facts that the sender cannot see."""
    offered: dict[tuple[int, int], bool] = field(default_factory=dict, compare=False, repr=False)
    """Whether what stands at each place is offered, as far as it was asked."""

    @property
    def known(self) -> Known:
        """Return the figures and days on record."""
        return self.ground.known

    @property
    def reports(self) -> bool:
        """Return whether the words report terms that the draft proposes or accepts."""
        return self.known.own is not None and self.draft.act in ("propose", "accept")

    def clause(self, place: int) -> Clause:
        """Return the clause of that number."""
        return self.scan.clauses[place]

    def sentence(self, clause: int) -> Sentence:
        """Return the sentence of a clause."""
        return self.scan.sentences[self.scan.clauses[clause].sentence]

    def is_open(self, found: Quantity | SpokenDay | Named) -> bool:
        """Return whether the words around a value leave open if it is stated: a question, a condition, a hedge."""
        sentence = self.sentence(found.clause)
        if sentence.is_question or sentence.bits & CONDITION:
            return True
        clause = self.clause(found.clause)
        return bool(
            clause.bits & (HEDGE | NEGATION) and self.scan.told_in(clause.start, found.end + _NEAR) & (HEDGE | NEGATION)
        )

    def is_weighed(self, found: Quantity | SpokenDay | Named) -> bool:
        """Return whether the words around a value of an offer leave it open; `we can do 40` and `our ask is 40` do not."""
        if not self.is_open(found):
            return False
        sentence = self.sentence(found.clause)
        return (
            sentence.is_question
            or bool(sentence.bits & CONDITION)
            or any(
                word.bits & (HEDGE | NEGATION) and not word.bits & OFFER
                for word in self.scan.told_words(self.clause(found.clause).start, found.end + _NEAR)
            )
        )

    def party_of(self, act: Act) -> RoleName | None:
        """Return the role that a subject names; none where it is somebody else of the trade: `another carrier`."""
        before = self.scan.tokens[act.subject - 1] if act.subject else ""
        return None if before in _STRANGERS else self.lexicon.roles.get(act.who)

    def is_strange(self, word: str) -> bool:
        """Return whether neither the negotiation nor plain talk knows a word."""
        return word in self.strange

    def strange_in(self, words: frozenset[str]) -> int:
        """Return how many words neither the negotiation nor plain talk knows."""
        return len(self.strange & words)

    @property
    def strange(self) -> frozenset[str]:
        """Return the words of the text that neither the negotiation nor plain talk knows."""
        return self.lexicon.strange_among(self.scan.words)

    def others(self) -> tuple[RoleName, ...]:
        """Return the other roles."""
        return tuple(role for role in self.view.agenda.roles if role != self.view.role)


Check: TypeAlias = Callable[[Context], Iterator[Finding]]


def finding(  # noqa: PLR0917 - called at every fault with the same plain parts
    context: Context, code: str, kind: Kind, start: int, end: int, message: str, allowed: str = ""
) -> Finding:
    """Return a finding on the words between two places of the plain text."""
    return Finding(
        code=code,
        kind=kind,
        severity="refuse" if kind == "terms" else "withhold",
        path="text",
        words=context.scan.quote(start, end),
        message=message,
        allowed=allowed,
    )
