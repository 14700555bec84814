"""What if somebody else has put something on record meanwhile? People's words go first; another driver has the session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from orchestrator.engine import Session, advance, pending
from orchestrator.errors import Conflict
from orchestrator.messages.entry import read_row
from orchestrator.messages.journal import Journal
from orchestrator.messages.reply import Completed, Interrupted, Requested, Sought, Written

__all__ = ["Keep", "behind"]

Keep: TypeAlias = Callable[[Session], Awaitable[Session]]
"""Appends what a reply becomes behind a session, and returns the session after it."""

_OF_DRIVERS = (Requested, Written, Sought, Completed, Interrupted)
"""Replies that whoever drives a session puts on record; the others are people's and timers' words."""

_TRIES = 10


async def behind(session: Session, keep: Keep, journal: Journal) -> Session:
    """Keep a reply, behind what others put on record meanwhile if they did, so that no answer is lost that was paid for.

    Raises Conflict where another driver is at work: the session is its own then. Where the session waits for something else
    by now, the reply answers nothing any more, and is let go.
    """
    for _ in range(_TRIES):
        try:
            return await keep(session)
        except Conflict as taken:
            latest = _latest(taken, session, journal)
            if _awaited(latest) != _awaited(session):
                return latest
            session = latest
    return await keep(session)


def _latest(taken: Conflict, session: Session, journal: Journal) -> Session:
    for row in journal.rows(session.id, session.seq - 1):
        entry = read_row(row)
        if isinstance(entry.reply, _OF_DRIVERS):
            raise taken
        session = advance(session, entry)
    return session


def _awaited(session: Session) -> tuple[object, ...]:
    """Return what a reply must answer: the kind of effect, whose turn it is, and the request that was made."""
    return type(pending(session)), session.turn, session.attempt, session.fallback, session.request
