"""What may one role see, and how is a draft judged? The view, and the protocol of every guard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeAlias

from orchestrator.messages.advice import Advice
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.gate import Gate
from orchestrator.messages.move import Backing, Fall, Move, Offer, Ruling
from orchestrator.messages.negotiation import (
    Agreement,
    Fact,
    Issue,
    Mandate,
    Negotiation,
    Rule,
    Stop,
    Strictness,
    WordPolicy,
)
from orchestrator.messages.pattern import Breakers, PatternRules
from orchestrator.messages.pot import Budgets, Room
from orchestrator.messages.question import Questioned
from orchestrator.messages.step import Step
from orchestrator.messages.terms import Terms
from orchestrator.messages.trackrecord import TrackRecord
from orchestrator.messages.value import IssueName, OfferId, RoleName, SessionId

__all__ = ["Agenda", "Guard", "Reader", "Reading", "View", "agenda_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What every role knows of a negotiation."""

    name: str
    title: str
    currency: str
    issues: tuple[Issue, ...]
    roles: tuple[RoleName, ...]
    """In the order of their turns."""
    policies: tuple[Rule, ...]
    gates: tuple[Gate, ...]
    agreement: Agreement
    stop: Stop
    word_policies: tuple[WordPolicy, ...] = ()
    pattern_rules: PatternRules | None = None
    breakers: Breakers | None = None
    budgets: Budgets | None = None

    def issue(self, name: str) -> Issue | None:
        """Return the issue of that name, or None."""
        return next((issue for issue in self.issues if issue.name == name), None)

    @property
    def open_names(self) -> frozenset[IssueName]:
        """Return the names of all issues."""
        return frozenset(issue.name for issue in self.issues)


def agenda_of(negotiation: Negotiation) -> Agenda:
    """Return the part of a negotiation that every role knows."""
    return Agenda(
        name=negotiation.name,
        title=negotiation.title,
        currency=negotiation.currency,
        issues=negotiation.issues,
        roles=tuple(role.name for role in negotiation.roles),
        policies=negotiation.policies,
        gates=negotiation.gates,
        agreement=negotiation.agreement,
        stop=negotiation.stop,
        word_policies=negotiation.word_policies,
        pattern_rules=negotiation.pattern_rules,
        breakers=negotiation.breakers,
        budgets=negotiation.budgets,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that one role may see at one moment, and nothing that belongs to another role alone."""

    session: SessionId
    role: RoleName
    agenda: Agenda
    mandate: Mandate
    words: Strictness
    facts: tuple[Fact, ...]
    """Those that the role can see."""
    turn: int = 0
    """Counted from 0 over all roles."""
    round: int = 1
    """Counted from 1."""
    offers: tuple[Offer, ...] = ()
    """Those that stand, oldest first."""
    backing: tuple[Backing, ...] = ()
    moves: tuple[Move, ...] = ()
    """All that was delivered, oldest first."""
    falls: tuple[Fall, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Why the role's last draft in this turn was refused."""
    attempt: int = 0
    """0 for the first draft of a turn."""
    precedent: Terms = ()
    """The terms of the agreement that this talk supersedes, if any."""
    reopened: str = ""
    """Why that agreement was reopened, where a trigger did it."""
    entries: tuple[int, ...] = ()
    """For each move, the entry of the journal that holds it in full."""
    remarks: tuple[Finding, ...] = ()
    """Why the role's last words did not reach the others as they were written."""
    records: tuple[TrackRecord, ...] = ()
    """How each role behaved so far."""
    proposer: RoleName | None = None
    """Whose offer is judged, where it is judged as an agreement; else it follows from the draft."""
    people: tuple[RoleName, ...] = ()
    """Roles in whose seats people sit now."""
    advice: tuple[Advice, ...] = ()
    """Moves that code has worked out for the role, where it has an adviser."""
    scale: Decimal = Decimal(1)
    """Tokens of the role's model for one that is counted here."""
    question: Questioned | None = None
    """What an approver has asked the role, and waits for: the one thing to answer now."""
    step: Step | None = None
    """Where the pattern of the talk stands, where it has steps."""
    on_agreement: bool = False
    """Whether the draft stands for an agreement of all and is none of the role's own: rules of turns don't judge it."""
    rooms: tuple[Room, ...] = ()
    """How much of each shared pot the talk may hold, as far as it was looked up."""

    def offer(self, offer: OfferId | None) -> Offer | None:
        """Return the standing offer of that id, or None."""
        return next((standing for standing in self.offers if standing.id == offer), None)

    def own_offer(self) -> Offer | None:
        """Return the role's own standing offer, or None."""
        return next((standing for standing in self.offers if standing.sender == self.role), None)

    def backers(self, offer: OfferId) -> tuple[RoleName, ...]:
        """Return who backs an offer now."""
        return tuple(backing.role for backing in self.backing if backing.offer == offer)


class Guard(Protocol):
    """Judge a draft. Pure: equal draft and view give equal findings; an empty tuple means no objection."""

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Return everything that is wrong with the draft, in the order of the draft."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model's text says: a draft as far as there is one, and what kept it from being a good one."""

    draft: Draft | None
    findings: tuple[Finding, ...] = ()


Reader: TypeAlias = Callable[[str, View], Reading]
"""Turns the raw text of a model into a reading; never raises."""
