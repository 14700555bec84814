"""What may a role see of a session now? What all know and what it alone knows, as a view."""

from __future__ import annotations

from orchestrator.engine.accounts import scale_of
from orchestrator.engine.patterns.table import conduct_of
from orchestrator.engine.session import Session
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["view_of"]


def view_of(session: Session, role: RoleName) -> View:
    """Return the view of a role: what all know, what it alone knows, and nothing of the others' own."""
    seat = next(seat for seat in session.roles if seat.name == role)
    speaks = session.speaker.name == role
    view = View(
        session=session.id,
        role=role,
        agenda=session.agenda,
        mandate=seat.mandate,
        words=seat.words,
        facts=tuple(fact for fact in session.facts if role in fact.visible_to),
        turn=session.turn,
        round=session.round,
        offers=session.offers,
        backing=session.backing,
        moves=session.moves,
        falls=session.falls,
        rulings=session.rulings,
        findings=session.findings if speaks else (),
        attempt=session.attempt if speaks else 0,
        scale=scale_of(session, role),
        precedent=session.settings.precedent,
        reopened=_reopened(session),
        entries=session.entries,
        records=session.records,
        people=session.people,
        remarks=next((remarks for named, remarks in session.remarks if named == role), ()),
        step=session.course.step,
        rooms=session.rooms,
        question=session.question if session.question and session.question.to == role else None,
    )
    return conduct_of(session).shows(session, view)


def _reopened(session: Session) -> str:
    """Return why the agreement of before was reopened. Of a fact all are told no more than its name."""
    cause = session.settings.cause
    if cause is None:
        return ""
    named = f"; fact {cause.fact.name!r} has changed" if cause.fact else ""
    return f"{cause.why}{named}"
