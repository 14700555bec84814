"""How does a person's word at a gate come on record? Checked against the offer that waits now, and the second of two told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from orchestrator.engine import Rules, Session, advance, enter
from orchestrator.engine.countering import against, is_open_to_counters
from orchestrator.errors import UsageError
from orchestrator.messages.command import Query, Revise, Rule
from orchestrator.messages.counter import Revised
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.messages.move import Offer
from orchestrator.messages.question import Queried
from orchestrator.messages.reasons import needs_reason
from orchestrator.messages.reply import Ruled
from orchestrator.messages.terms import digest_of_terms
from orchestrator.messages.value import Digest, OfferId
from orchestrator.runtime.driver import rule_on
from orchestrator.runtime.ruling import given_already, waiting_offer

__all__ = ["At", "Done", "query", "revise", "rule"]

_LONGEST_QUESTION = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A session as it stands, and where its next entry goes."""

    session: Session
    entries: tuple[Entry, ...]
    rules: Rules
    journal: Journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What is told, and the session after it; None where nothing changed."""

    says: str
    session: Session | None = None


async def rule(command: Rule, at: At, now: datetime) -> Done:
    """Record an approval or a denial of exactly the offer that was shown; the same word again changes nothing."""
    does = "approved" if command.approved else "denied"
    if given_already(at.session, command) is not None:
        return Done(says=f"Gate {command.gate!r} was {does} by {command.by!r} already.")
    offer = _offer(at, command.gate, command.by, (command.offer, command.digest))
    ruled = Ruled(
        at=now,
        gate=command.gate,
        by=command.by,
        approved=command.approved,
        offer=offer.id,
        digest=offer.digest,
        note=command.note,
    )
    after = await rule_on(at.session, ruled, at.rules, at.journal)
    return Done(says=f"Gate {command.gate!r} is {does} by {command.by!r} in session {after.id}.", session=after)


async def revise(command: Revise, at: At, now: datetime) -> Done:
    """Record that an approver asks for other terms. Raises UsageError with every rule that these would break."""
    session = at.session
    offer = _offer(at, command.gate, command.by, (command.offer, command.digest))
    if not is_open_to_counters(session):
        raise UsageError(
            f"session {session.id!r} takes no terms from outside: approve or deny", hint="its pattern has one offer"
        )
    if not command.note and needs_reason(session.agenda, command.gate):
        raise UsageError(f"gate {command.gate!r} asks for a reason", hint="say why with --note")
    missing = session.issue_names - {term.issue for term in command.terms}
    if missing:
        raise UsageError(f"these terms leave {', '.join(sorted(missing))} open", hint="name a value for every issue")
    if digest_of_terms(command.terms) == offer.digest:
        raise UsageError("these are the terms of the offer itself", hint="'handfast approve' approves them")
    found = against(session, command.terms, at.rules)
    if found:
        reasons = "; ".join(dict.fromkeys(finding.message for finding in found))
        raise UsageError(
            f"nobody could agree to these terms: {reasons}", hint="the offer still waits: ask for others, or deny it"
        )
    revised = Revised(
        at=now,
        gate=command.gate,
        by=command.by,
        offer=offer.id,
        digest=offer.digest,
        terms=command.terms,
        note=command.note,
    )
    after = await _append(at, revised)
    says = f"Offer {offer.id} is denied by {command.by!r} in session {after.id}, and what they ask for is on the table."
    return Done(says=says, session=after)


async def query(command: Query, at: At, now: datetime) -> Done:
    """Record an approver's question. Raises UsageError where another waits for its answer."""
    session = at.session
    offer = _offer(at, command.gate, command.by, None)
    if session.question is not None:
        raise UsageError(f"{session.question.to!r} has not answered {session.question.by!r} yet", hint="ask again after that")
    names = [role.name for role in session.roles]
    to = command.to or (offer.sender if offer.sender in names else names[0])
    if to not in names:
        raise UsageError(f"session {session.id!r} has no role {to!r}", hint=f"its roles: {', '.join(names)}")
    question = " ".join(command.question.split())
    if not question or len(question) > _LONGEST_QUESTION:
        raise UsageError(f"a question has 1 to {_LONGEST_QUESTION} characters, and this one {len(question)}")
    after = await _append(at, Queried(at=now, gate=command.gate, by=command.by, to=to, question=question))
    return Done(says=f"{to!r} is asked in session {after.id}; the offer goes on waiting.", session=after)


def _offer(at: At, gate: str, by: str, shown: tuple[OfferId, Digest] | None) -> Offer:
    offer = waiting_offer(at.session, at.entries, gate, by)
    if shown is not None and (offer.id, offer.digest) != shown:
        raise UsageError(f"another offer waits at gate {gate!r} than the one that was shown", hint="'handfast inbox' shows it")
    return offer


async def _append(at: At, reply: Revised | Queried) -> Session:
    entry = enter(at.session, reply, at.rules)
    await at.journal.append(entry)
    return advance(at.session, entry)
