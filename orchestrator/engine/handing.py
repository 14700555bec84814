"""Does an agent hand over to its own human? Where a person's words ask for it, the session freezes until that human looks."""

from __future__ import annotations

from orchestrator.engine.rules import Rules, hear_alarm
from orchestrator.engine.session import Session
from orchestrator.engine.view import view_of
from orchestrator.messages.draft import Draft
from orchestrator.messages.step import Froze
from orchestrator.messages.value import RoleName

__all__ = ["handed_over"]


def handed_over(session: Session, draft: Draft | None, role: RoleName, rules: Rules) -> Froze | None:
    """Return the hand-over that a person's draft, just tabled, leads to; withheld words are heard too. None for any agent's."""
    if draft is None or role not in session.people or session.fallback is not None:
        return None
    if not session.moves or session.moves[-1].sender != role:
        return None
    alarm = hear_alarm(rules, draft.text, view_of(session, role), session.course.since.turn)
    return Froze(breaker="hand_over", person=alarm.to, why=alarm.why, role=alarm.role) if alarm else None
