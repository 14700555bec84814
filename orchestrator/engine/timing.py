"""When must a session that waits be woken at the latest, and whose time is up? Read off the session; nobody asks a clock.

A deadline counts from the latest time that the record names, so a clock that was set back while the approver was asked can
bring none nearer, and one that is set back later only lets the deadline come when the clock shows it. It is written into the
event that parks the session, and never computed again.
"""

from __future__ import annotations

from datetime import datetime

from orchestrator.engine.session import Session
from orchestrator.messages.gate import Gate

__all__ = ["deadline", "due", "overdue"]


def due(session: Session) -> datetime | None:
    """Return when a parked session must be woken at the latest; None where it waits for a person alone, or for nobody."""
    if session.phase != "approving":
        return None
    waiting = {gate.id for gate in session.unruled}
    return min((each.at for each in session.dues if each.gate in waiting), default=None)


def overdue(session: Session, at: datetime) -> Gate | None:
    """Return the first gate, in the order of the file, whose time is up; a deadline is reached at its own instant."""
    if session.phase != "approving":
        return None
    passed = {each.gate for each in session.dues if each.at <= at}
    return next((gate for gate in session.unruled if gate.id in passed), None)


def deadline(session: Session, gate: Gate, at: datetime) -> datetime | None:
    """Return when a gate that is asked now is answered by time; None where the file sets none."""
    if gate.span is None:
        return None
    return (at if session.latest is None else max(session.latest, at)) + gate.span
