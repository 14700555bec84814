"""What is worth telling people who are not here? That a session waits for them, that it still does, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.engine import Session, due
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Approved, Asked, Denied
from orchestrator.messages.gate import Gate
from orchestrator.messages.move import Offer, Ruling
from orchestrator.report.figures import ruled_by
from orchestrator.report.outcome import terms_json
from orchestrator.report.printed import Json

__all__ = ["is_notable", "notices", "reminder"]


def is_notable(entry: Entry) -> bool:
    """Return whether an entry is one that people are told of."""
    return any(isinstance(event, Asked | Approved | Denied) for event in entry.events)


def notices(session: Session, entry: Entry) -> Iterator[dict[str, Json]]:
    """Yield what is told of an entry; `session` stands as it does after it."""
    gates = {gate.id: gate for gate in session.agenda.gates}
    for event in entry.events:
        match event:
            case Asked():
                yield _waits("parked", session, gates[event.gate], entry.at)
            case Approved() | Denied():
                yield _decided(session, event.ruling, entry.at)
            case _:
                pass


def reminder(session: Session, at: str) -> Iterator[dict[str, Json]]:
    """Yield what is told again of a session that still waits, one object for each gate."""
    for gate in session.unruled:
        yield _waits("reminder", session, gate, at)


def _waits(kind: str, session: Session, gate: Gate, at: str) -> dict[str, Json]:
    until = next((each.at for each in session.dues if each.gate == gate.id), None) or due(session)
    return {
        **_head(kind, session, at),
        "gate": gate.id,
        "waits_for": list(gate.people),
        "approvers": gate.approvers,
        "due": until.isoformat() if until else None,
        "then": "the answer is no" if until else "it goes on waiting",
        "offer": _offer(session.offer(session.settled)),
    }


def _decided(session: Session, ruling: Ruling, at: str) -> dict[str, Json]:
    return {
        **_head("decided", session, at),
        "gate": ruling.gate,
        "by": ruled_by(ruling),
        "approved": ruling.approved,
        "expired": ruling.expired,
        "note": ruling.note,
        "leave": ruling.leave or None,
        "offer": {"id": ruling.offer, "digest": ruling.digest},
        "agreed": session.status == "agreed",
    }


def _head(kind: str, session: Session, at: str) -> dict[str, Json]:
    return {
        "notice": kind,
        "at": at,
        "session": session.id,
        "negotiation": session.agenda.name,
        "title": session.agenda.title,
    }


def _offer(offer: Offer | None) -> Json:
    return {"id": offer.id, "digest": offer.digest, "terms": terms_json(offer.terms)} if offer else None
