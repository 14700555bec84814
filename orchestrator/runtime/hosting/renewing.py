"""What does time do in a server that also keeps agreements up to date? Deadlines of gates, dates and pots of triggers."""

from __future__ import annotations

from datetime import datetime

from orchestrator.engine import Rules, Session, due, pots_of
from orchestrator.engine.reopening import next_due, watched
from orchestrator.messages.journal import Journal
from orchestrator.messages.value import SessionId
from orchestrator.runtime.driver import elapse
from orchestrator.runtime.hosting.duties import Duties
from orchestrator.runtime.record import entries_of, session_of
from orchestrator.runtime.reopening import Renewal, look, wake, wake_due, watching

__all__ = ["renewing"]


def renewing(renewal: Renewal) -> Duties:
    """Return the duties of a server: those of gates, and those of agreements under triggers."""
    on_pots: dict[SessionId, None] = {}

    async def begin(journal: Journal) -> None:
        await wake_due(journal, renewal)
        on_pots.update(dict.fromkeys(watching(journal)))

    async def follow(session: Session, journal: Journal) -> tuple[SessionId, ...]:
        if not pots_of(session):
            return ()
        if watched(session):
            on_pots[session.id] = None
        looked = [await look(journal, each, renewal) for each in tuple(on_pots)]
        return tuple(reopened.successor for reopened in looked if reopened is not None)

    async def told(session: Session, now: datetime, rules: Rules, journal: Journal) -> Session:
        if session.phase != "over":
            return await elapse(session, now, rules, journal)
        await wake(journal, session.id, renewal)
        return session_of(entries_of(journal, session.id))

    return Duties(due=_due, elapse=told, begin=begin, follow=follow)


def _due(session: Session) -> datetime | None:
    return next_due(session) if session.phase == "over" else due(session)
