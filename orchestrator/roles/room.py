"""How large must a role's window be? For its fixed part, the fullest state, and a few words of everybody."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from orchestrator.messages.advice import Advice
from orchestrator.messages.counter import APPROVER
from orchestrator.messages.move import Backing, Offer
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, Negotiation, NumberIssue, Role
from orchestrator.messages.pot import Pot, Room
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms, digest_of_terms, exact
from orchestrator.messages.trackrecord import TrackRecord
from orchestrator.messages.value import OfferId, RoleName, SessionId
from orchestrator.messages.view import View, agenda_of
from orchestrator.roles.state import LISTS_AT_MOST, StateWriter
from orchestrator.roles.tally import Tally, joined

__all__ = ["room_needed"]

_LEAST_WORDS = 100
"""Tokens of each role's words that are worth a prompt."""

_SURPLUS = 1.25
"""The fullest state is one of long values; there may be some that take a few tokens more."""

_HEADINGS = 64


def room_needed(negotiation: Negotiation, role: Role) -> int:
    """Return the tokens that must be left beside a role's fixed part."""
    state = joined(StateWriter(Tally(), negotiation.facts).write(_fullest(negotiation, role), {}))
    return int(state.tokens * _SURPLUS) + LISTS_AT_MOST + _HEADINGS + _LEAST_WORDS * len(negotiation.roles)


def _fullest(negotiation: Negotiation, role: Role) -> View:
    """Return a view in which every role, and the agreement of before, has a full offer on the table."""
    terms = tuple(_longest(issue) for issue in negotiation.issues)
    senders = (*(seat.name for seat in negotiation.roles), RoleName("precedent"), *((APPROVER,) if negotiation.gates else ()))
    return View(
        session=SessionId(negotiation.name),
        role=role.name,
        agenda=agenda_of(negotiation),
        mandate=role.mandate,
        words=role.words,
        facts=(),
        round=negotiation.stop.rounds,
        offers=tuple(_offer(number, sender, terms) for number, sender in enumerate(senders)),
        backing=tuple(Backing(role=seat.name, offer=_id(number)) for number, seat in enumerate(negotiation.roles)),
        precedent=terms,
        reopened="; ".join(trigger.why for trigger in negotiation.triggers),
        records=tuple(TrackRecord(role=seat.name, offers=999, kept=999, refused=999) for seat in negotiation.roles),
        people=tuple(seat.name for seat in negotiation.roles if seat != role),
        advice=(Advice(act="propose", terms=terms, worth=0.0),) * 3 if role.adviser else (),
        rooms=tuple(Room(pot=pot.name, size=pot.size, most=pot.size) for pot in _pots(negotiation)),
    )


def _pots(negotiation: Negotiation) -> tuple[Pot, ...]:
    return negotiation.budgets.pots if negotiation.budgets else ()


def _id(number: int) -> OfferId:
    return OfferId(f"m{990_000 + number}-xxxx")


def _offer(number: int, sender: RoleName, terms: Terms) -> Offer:
    return Offer(id=_id(number), sender=sender, terms=terms, digest=digest_of_terms(terms), turn=0, falls=990_000)


def _longest(issue: Issue) -> Term:
    match issue:
        case NumberIssue():
            ends = (issue.min, issue.max, issue.min + issue.step, issue.max - issue.step)
            return Number(issue=issue.name, value=max(ends, key=lambda end: len(exact(end))))
        case ChoiceIssue():
            option = max(issue.options, key=lambda option: len(option.encode()))
            return Number(issue=issue.name, value=Decimal(option)) if issue.numeric else Choice(issue=issue.name, value=option)
        case DateIssue():
            return Day(issue=issue.name, value=issue.max)
        case FlagIssue():
            return Flag(issue=issue.name, value=False)
        case _:
            assert_never(issue)
