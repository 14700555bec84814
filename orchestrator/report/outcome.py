"""What became of a session, for machines? One JSON object that is a function of the session's record alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from orchestrator.engine import Account, Session
from orchestrator.engine.opening import NOBODY
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Event, Fell, Held, Opened, Refused, Tabled
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Offer
from orchestrator.messages.reply import Sought
from orchestrator.messages.spend import NO_BOUNDS
from orchestrator.messages.step import Froze
from orchestrator.messages.terms import Terms, exact, plain
from orchestrator.messages.utility import utility
from orchestrator.report.context import context, warnings
from orchestrator.report.measures.table import measure_json, measure_of
from orchestrator.report.printed import Json
from orchestrator.report.standing import Standing, rounds_used, standing

__all__ = ["Fate", "Judged", "findings_of", "outcome", "spending", "spending_accounts", "terms_json", "utilities"]

Fate: TypeAlias = Literal["refused", "withheld", "noted", "unfit"]
"""What became of the draft. `unfit`: it spoke against an offer as a whole, which fell or never stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A finding, whose draft it was in, and what became of it."""

    role: str
    turn: int
    attempt: int
    finding: Finding
    outcome: Fate


def outcome(session: Session, entries: Sequence[Entry]) -> dict[str, Json]:
    """Return what `--json` prints of a session. Equal records give equal objects."""
    stands = standing(session, entries)
    negotiation = session.settings.negotiation
    return {
        "session": session.id,
        "name": negotiation.name,
        "title": negotiation.title,
        "seed": session.settings.seed,
        "status": stands.status,
        "reason": stands.reason,
        "terms": terms_json(session.terms),
        "digest": session.digest,
        "utilities": utilities(session, session.terms) if session.status == "agreed" else {},
        "rounds": rounds_used(session),
        "tokens": _tokens(session),
        "spending": spending(session),
        "context": context(session, entries),
        "findings": [_finding(judged) for judged in findings_of(entries)],
        "backers": list(session.backers),
        "offer": _offer(session, stands.offer),
        "waiting": _waiting(stands, entries),
        **({"frozen": _frozen(stands.froze)} if stands.froze else {}),
        "supersedes": session.settings.supersedes,
        "measure": measure_json(measure_of(session, entries)),
    }


def terms_json(terms: Terms) -> dict[str, Json]:
    """Return terms as a JSON object, issue by issue."""
    return {term.issue: plain(term) for term in terms}


def utilities(session: Session, terms: Terms) -> dict[str, Json]:
    """Return what the terms are worth to each role, from 0 to 1, rounded to six places."""
    return {role.name: round(utility(role.mandate, terms), 6) for role in session.roles}


def findings_of(entries: Iterable[Entry]) -> Iterator[Judged]:
    """Yield every finding of a session in its order."""
    turn = attempt = 0
    for event in (event for entry in entries for event in entry.events):
        yield from _judged(event, turn, attempt)
        if isinstance(event, Tabled | Held):
            turn, attempt = turn + 1, 0
        elif isinstance(event, Refused):
            attempt = event.attempt + 1


def _judged(event: Event, turn: int, attempt: int) -> Iterator[Judged]:
    match event:
        case Tabled():
            role, fate = event.move.sender, "withheld"
        case Refused():
            role, fate = event.role, "refused"
        case Fell():
            role, turn, attempt, fate = event.fall.sender, event.fall.turn, 0, "unfit"
        case Opened():
            role, fate = NOBODY, "unfit"
        case _:
            return
    for finding in event.findings:
        became: Fate = "noted" if finding.severity == "note" else fate
        yield Judged(role=role, turn=turn, attempt=attempt, finding=finding, outcome=became)


def _finding(judged: Judged) -> Json:
    finding = judged.finding
    return {
        "role": judged.role,
        "turn": judged.turn,
        "attempt": judged.attempt,
        "code": finding.code,
        "kind": finding.kind,
        "severity": finding.severity,
        "path": finding.path,
        "words": finding.words,
        "message": finding.message,
        "outcome": judged.outcome,
    }


def _tokens(session: Session) -> dict[str, Json]:
    by_role: dict[str, Json] = {entry.role: {"prompt": entry.prompt, "reply": entry.reply} for entry in session.tokens}
    return {"total": sum(entry.prompt + entry.reply for entry in session.tokens), **by_role}


def spending_accounts(session: Session) -> tuple[Account, ...]:
    """Return the accounts that matter: of what costs something or has bounds, and the total where there is any such."""
    costly = {seat.role for seat in session.seats if seat.costly and not seat.is_person}
    return tuple(
        account
        for account in session.accounts
        if account.bounds != NO_BOUNDS or (costly and account.role is None) or account.role in costly
    )


def spending(session: Session) -> dict[str, Json]:
    """Return what was used of which bounds: under `total` and by role; nothing where calls cost nothing and have no bounds."""
    return {
        account.role or "total": {
            "usd": exact(account.usd),
            "calls": account.calls,
            "tokens": account.tokens,
            "seconds": account.millis / 1000,
            "bounds": account.bounds.model_dump(mode="json", exclude_none=True),
        }
        for account in spending_accounts(session)
    }


def _offer(session: Session, offer: Offer | None) -> Json:
    if offer is None:
        return None
    return {
        "id": offer.id,
        "sender": offer.sender,
        "terms": terms_json(offer.terms),
        "digest": offer.digest,
        "utilities": utilities(session, offer.terms),
        "backers": list(session.backers_of(offer.id)),
        "warnings": list(warnings(session, offer)),
    }


def _frozen(froze: Froze) -> Json:
    return {"breaker": froze.breaker, "why": froze.why, "person": froze.person, "role": froze.role}


def _waiting(stands: Standing, entries: Iterable[Entry]) -> list[Json]:
    asked = {entry.reply.gate: entry.at for entry in entries if isinstance(entry.reply, Sought)}
    return [{"gate": gate.id, "approver": gate.wanted, "when": gate.when, "asked": asked.get(gate.id)} for gate in stands.gates]
