"""When is an agreement reopened? At most once for each crossing of a bound and each date, and never without end.

An agreement's record goes on after its end: it learns new values of facts, sees how its pots stand, and is told that a
date has come. A trigger over facts or a pot fires on the edge, where what was known before did not make it true and what
is known now does; a date fires once. What fires is announced in that record, with the id of the successor, before the
successor is opened: the place of the entry is the fence, so that of two processes only one announces, and the id follows
from it, so that only one session is opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import assert_never

from orchestrator.engine.rules import Rules, true_of_pots, true_triggers
from orchestrator.engine.session import Session
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.digest import digest_of
from orchestrator.messages.event import Ended
from orchestrator.messages.negotiation import Fact, Negotiation, Rule
from orchestrator.messages.pot import PotFigures, PotsSeen
from orchestrator.messages.reopening import Amending, Cause, Learned, PotsKnown, Reopened
from orchestrator.messages.reply import Reported
from orchestrator.messages.settings import RULES_VERSION, Settings
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, exact
from orchestrator.messages.trigger import DayTrigger, FactTrigger, PotTrigger, SpanTrigger, Trigger
from orchestrator.messages.value import SessionId

__all__ = [
    "amend",
    "armed",
    "come_to",
    "fires",
    "is_exhausted",
    "learn",
    "next_due",
    "schedule",
    "see",
    "successor_settings",
    "watched",
    "widened",
]

_KEPT = "kept:"
"""Begins the id of a policy that keeps an old term; no policy of a file can be named so."""

_ID_LENGTH = 12


def fires(session: Session, now: datetime, fact: Fact | None, rules: Rules) -> Cause | None:
    """Return what reopens an agreement: a date of its triggers that has come, or a fact that crosses a bound."""
    if session.status != "agreed" or is_exhausted(session):
        return None
    return _crossed(session, fact, rules) if fact is not None else _came(session, now)


def next_due(session: Session) -> datetime | None:
    """Return when the next date of an agreement's triggers comes; None where none is left that may reopen it."""
    ended = session.aftermath.ended
    if session.status != "agreed" or ended is None or is_exhausted(session):
        return None
    return min((due for trigger in _dated(session) if (due := _due(trigger, ended)) is not None), default=None)


def armed(session: Session) -> tuple[tuple[Trigger, datetime | None], ...]:
    """Return the triggers that may still reopen an agreement, each with the date on which it does, if it has one."""
    ended = session.aftermath.ended
    if session.status != "agreed" or ended is None or is_exhausted(session):
        return ()
    facts = ((trigger, None) for trigger in _triggers(session) if isinstance(trigger, FactTrigger | PotTrigger))
    dates = ((trigger, due) for trigger in _dated(session) if (due := _due(trigger, ended)) is not None)
    return (*facts, *dates)


def is_exhausted(session: Session) -> bool:
    """Return whether the chain has reopened itself as often as it may: a person must amend it now."""
    return _number(session) > session.stop.reopens


def learn(unfolding: Unfolding, reply: Reported, rules: Rules) -> None:
    """Let an agreement with triggers know a fact's new value, and announce its successor where that crosses a bound."""
    session = unfolding.session
    known = any(fact.name == reply.fact.name for fact in session.facts)
    if session.status != "agreed" or not _triggers(session) or not known or reply.fact in session.facts:
        return
    cause = None if reply.live else fires(session, reply.at, reply.fact, rules)
    unfolding.add(Learned(fact=reply.fact, due=None if cause else next_due(session)))
    if cause is not None:
        _announce(unfolding, cause)


def watched(session: Session) -> tuple[str, ...]:
    """Return the pots on which an agreement has triggers; none where the session is no agreement."""
    if session.status != "agreed":
        return ()
    return tuple(dict.fromkeys(trigger.pot for trigger in _triggers(session) if isinstance(trigger, PotTrigger)))


def see(unfolding: Unfolding, reply: PotsSeen, rules: Rules) -> None:
    """Let an agreement know how its pots stand, where that is news, and announce its successor where one crossed a bound.

    The first look only takes note: what was true when the agreement was made does not reopen it.
    """
    session = unfolding.session
    known = session.aftermath.pots
    if not watched(session) or not reply.pots:
        return
    before, now = true_of_pots(rules, known), true_of_pots(rules, reply.pots)
    if known and before == now:
        return
    is_quiet = not known or bool(reply.live) or is_exhausted(session)
    cause = None if is_quiet else _turned_true(session, now - before, reply.pots)
    unfolding.add(PotsKnown(pots=reply.pots, due=None if cause else next_due(session)))
    if cause is not None:
        _announce(unfolding, cause)


def come_to(unfolding: Unfolding, at: datetime, rules: Rules) -> None:
    """Announce the successor of an agreement for which a date has come."""
    cause = fires(unfolding.session, at, None, rules)
    if cause is not None:
        _announce(unfolding, cause)


def amend(unfolding: Unfolding, reply: Amending) -> None:
    """Note that a person reopens the agreement, once for each successor."""
    session = unfolding.session
    if session.status == "agreed" and all(each.successor != reply.successor for each in session.aftermath.reopened):
        unfolding.add(Reopened(successor=reply.successor, due=next_due(session)))


def schedule(unfolding: Unfolding, at: datetime) -> None:
    """Let the event that ends a session in agreement say when its triggers are due next."""
    last = unfolding.events[-1] if unfolding.events else None
    if not isinstance(last, Ended) or not _triggers(unfolding.session):
        return
    session = unfolding.session
    ended = at if session.latest is None else max(session.latest, at)
    due = next_due(session.but(aftermath=replace(session.aftermath, ended=ended)))
    unfolding.events[-1] = last.model_copy(update={"due": due})


def successor_settings(session: Session, reopened: Reopened, *, version: str, guards: tuple[str, ...] = ()) -> Settings:
    """Return what the successor of an agreement is opened with: its files, models and facts of now, and the old terms.

    Approvals that were given beforehand are not: they were for the talk before.
    """
    negotiation = widened(session.settings.negotiation).model_copy(update={"facts": session.facts})
    if reopened.cause is not None:
        negotiation = _narrowed(negotiation, session, reopened.cause)
    return session.settings.model_copy(
        update={
            "session": reopened.successor,
            "negotiation": negotiation,
            "approvals": (),
            "supersedes": session.id,
            "precedent": session.terms,
            "pledges": session.pledges,
            "cause": reopened.cause,
            "version": version,
            "guards": guards,
            "rules_version": RULES_VERSION,
        }
    )


def widened(negotiation: Negotiation) -> Negotiation:
    """Return a negotiation without the old terms that a trigger kept in place."""
    policies = tuple(policy for policy in negotiation.policies if not policy.id.startswith(_KEPT))
    return negotiation.model_copy(update={"policies": policies})


def _narrowed(negotiation: Negotiation, session: Session, cause: Cause) -> Negotiation:
    """Return a negotiation in which the terms that the cause does not reopen stay as they were."""
    if not cause.changes:
        return negotiation
    why = f"kept from the agreement of {session.id}"
    kept = (term for term in session.terms if term.issue not in cause.changes)
    rules = tuple(Rule(id=f"{_KEPT}{term.issue}", rule=_equals(term), why=why) for term in kept)
    return negotiation.model_copy(update={"policies": (*negotiation.policies, *rules)})


def _equals(term: Term) -> str:
    """Return the expression that is true of exactly this term."""
    match term:
        case Number():
            return f"{term.issue} == {exact(term.value)}"
        case Choice():
            return f"{term.issue} == {json.dumps(term.value, ensure_ascii=False)}"
        case Flag():
            return f"{term.issue} == {'true' if term.value else 'false'}"
        case Day():
            return f'{term.issue} == "{term.value.isoformat()}"'
        case _:
            assert_never(term)


def _triggers(session: Session) -> tuple[Trigger, ...]:
    return session.settings.negotiation.triggers


def _crossed(session: Session, fact: Fact, rules: Rules) -> Cause | None:
    """Return the triggers that the new value makes true and the values of before did not."""
    was = next((each for each in session.facts if each.name == fact.name), None)
    if was is None:
        return None
    before = true_triggers(rules, session.facts)
    now = true_triggers(rules, tuple(fact if each is was else each for each in session.facts))
    fired = [trigger for trigger in _triggers(session) if isinstance(trigger, FactTrigger) and trigger.id in now - before]
    return _cause(session, fired).model_copy(update={"fact": fact, "was": was.value}) if fired else None


def _turned_true(session: Session, crossed: frozenset[str], pots: tuple[PotFigures, ...]) -> Cause | None:
    """Return the triggers on pots that have become true."""
    fired = [each for each in _triggers(session) if isinstance(each, PotTrigger) and each.id in crossed]
    names = {trigger.pot for trigger in fired}
    moved = tuple(each for each in pots if each.pot in names)
    return _cause(session, fired).model_copy(update={"pots": moved}) if fired else None


def _came(session: Session, now: datetime) -> Cause | None:
    """Return the triggers whose dates have come and that have not fired for this agreement."""
    ended = session.aftermath.ended
    if ended is None:
        return None
    dues = [(due, trigger) for trigger in _dated(session) if (due := _due(trigger, ended)) is not None and due <= now]
    if not dues:
        return None
    first = min(due for due, _ in dues)
    return _cause(session, [trigger for _, trigger in dues]).model_copy(update={"due": first})


def _cause(session: Session, fired: Iterable[Trigger]) -> Cause:
    fired = tuple(fired)
    named = [issue for trigger in fired for issue in trigger.changes]
    # One that names no issue reopens all of them, whatever the others name.
    changes = tuple(dict.fromkeys(named)) if all(trigger.changes for trigger in fired) else ()
    return Cause(
        triggers=tuple(trigger.id for trigger in fired),
        why="; ".join(dict.fromkeys(trigger.why for trigger in fired)),
        by=tuple(dict.fromkeys(trigger.by for trigger in fired if trigger.by)),
        changes=changes,
        number=_number(session),
    )


def _announce(unfolding: Unfolding, cause: Cause) -> None:
    session = unfolding.session
    reopened = Reopened(successor=_successor_id(session, cause), cause=cause)
    after = session.but(aftermath=replace(session.aftermath, reopened=(*session.aftermath.reopened, reopened)))
    unfolding.add(reopened.model_copy(update={"due": next_due(after)}))


def _successor_id(session: Session, cause: Cause) -> SessionId:
    """Return the id that follows from the agreement, the triggers and the place of the entry that announces it."""
    crossing = digest_of([session.id, list(cause.triggers), session.seq])
    return SessionId(f"{session.settings.negotiation.name}-{crossing[:_ID_LENGTH]}")


def _number(session: Session) -> int:
    """Return how often the chain would have been reopened without a person, once more included."""
    before = session.settings.cause.number if session.settings.cause else 0
    return before + 1 + sum(each.cause is not None for each in session.aftermath.reopened)


def _dated(session: Session) -> tuple[DayTrigger | SpanTrigger, ...]:
    causes = (each.cause for each in session.aftermath.reopened)
    fired = {name for cause in causes if cause is not None for name in cause.triggers}
    return tuple(each for each in _triggers(session) if isinstance(each, DayTrigger | SpanTrigger) and each.id not in fired)


def _due(trigger: DayTrigger | SpanTrigger, ended: datetime) -> datetime | None:
    """Return when a date comes; None for a day that had begun before the agreement was made."""
    if isinstance(trigger, SpanTrigger):
        return ended + timedelta(seconds=trigger.seconds)
    begins = datetime.combine(trigger.day, time(), UTC)
    return begins if begins > ended else None
