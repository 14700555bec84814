"""Who hears of a fact's new value? Sessions that have it and are live, and agreements that its triggers may reopen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from decimal import Decimal

from orchestrator.engine import Session
from orchestrator.errors import UsageError
from orchestrator.messages.command import Tell
from orchestrator.messages.journal import Journal
from orchestrator.messages.negotiation import Fact
from orchestrator.messages.reopening import FactTold
from orchestrator.messages.terms import exact
from orchestrator.messages.value import SessionId
from orchestrator.runtime.record import check_ours, entries_of, session_of
from orchestrator.runtime.reopening import Renewal, hears_of, tell_fact

__all__ = ["hearers", "tell_fact_to_all", "with_value"]


async def tell_fact_to_all(  # noqa: PLR0917 - as the desk has them
    tell: Tell,
    journal: Journal,
    key: str,
    renewal: Renewal,
    heed: Callable[[Session], None],
    turn: Callable[[SessionId], AbstractAsyncContextManager[object]] = lambda _: nullcontext(),
) -> tuple[FactTold, ...]:
    """Let all know a fact's new value whom it concerns; sessions that may be driven on are handed to `heed`.

    Raises UsageError, before anybody is told, where nobody has the fact, it is of another kind in one of the sessions, it
    belongs to several negotiations and none is named, or a session is not ours.
    """
    known = tuple(hearers(journal, tell.name, session=tell.session, negotiation=tell.negotiation))
    if not known:
        raise _nobody(tell, journal)
    names = sorted({session.settings.negotiation.name for session in known})
    if len(names) > 1 and tell.session is None:
        raise UsageError(f"{len(names)} negotiations have a fact {tell.name!r}", hint=f"--negotiation: {', '.join(names)}")
    facts = {session.id: with_value(_of(session, tell.name), tell, renewal) for session in known}
    for session in known:
        check_ours(session, key)
    told: list[FactTold] = []
    for session, fact in facts.items():
        async with turn(session):
            if tell.session is None and not hears_of(journal, session_of(entries_of(journal, session)), fact.name):
                continue  # it has ended since
            each = await tell_fact(journal, session, fact, tell.by, renewal)
        told.append(each)
        if each.did in ("told", "reopened"):
            going = each.reopened.successor if each.reopened else each.session
            heed(session_of(entries_of(journal, going)))
    return tuple(told)


def hearers(
    journal: Journal, name: str | None, *, session: SessionId | None = None, negotiation: str = ""
) -> Iterator[Session]:
    """Yield the sessions that hear of a fact, or of any where none is named, newest first."""
    if session is not None:
        ids = [session]
    else:
        summaries = journal.summaries()
        ids = [each.id for each in summaries if each.state != "no_agreement" and negotiation in ("", each.name)]
    for each in ids:
        known = session_of(entries_of(journal, each))
        if hears_of(journal, known, name):
            yield known


def with_value(fact: Fact, tell: Tell, renewal: Renewal) -> Fact:
    """Return a fact with its new value. Raises UsageError where that is not of its kind."""
    if not fact.takes(tell.value):
        example = {"number": "140000", "date": "2026-10-01", "flag": "true or false", "text": "a word"}[fact.kind]
        raise UsageError(f"fact {fact.name!r} is a {fact.kind}; {tell.value!r} is none", hint=f"such as {example}")
    value = exact(Decimal(tell.value)) if fact.kind == "number" else tell.value
    source = tell.source or fact.source
    confidence = fact.confidence if tell.confidence is None else tell.confidence
    if (value, source, confidence) == (fact.value, fact.source, fact.confidence) and tell.as_of in (None, fact.as_of):
        return fact
    as_of = tell.as_of or renewal.clock().date()
    return fact.model_copy(update={"value": value, "source": source, "as_of": as_of, "confidence": confidence})


def _of(session: Session, name: str) -> Fact:
    return next(fact for fact in session.facts if fact.name == name)


def _nobody(tell: Tell, journal: Journal) -> UsageError:
    if tell.session is None:
        where = f"no session of {tell.negotiation!r}" if tell.negotiation else "no session"
        problem = f"{where} that is live, or agreed under triggers, has a fact {tell.name!r}"
        return UsageError(problem, hint="'handfast fact list' shows what a new value could change")
    facts = [fact.name for fact in session_of(entries_of(journal, tell.session)).facts]
    if tell.name not in facts:
        return UsageError(
            f"session {tell.session!r} knows no fact {tell.name!r}", hint=f"its facts: {', '.join(facts) or 'none'}"
        )
    return UsageError(f"session {tell.session!r} is over, and no trigger may reopen it", hint="'handfast amend' may")
