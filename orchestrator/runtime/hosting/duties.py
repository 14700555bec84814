"""What does time do to a session that waits? It is due at some time, and is told when that has come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from orchestrator.engine import Rules, Session, due
from orchestrator.messages.journal import Journal
from orchestrator.messages.value import SessionId
from orchestrator.runtime.driver import elapse

__all__ = ["DEADLINES", "DueOf", "Duties", "Elapse", "Follow", "nothing_follows", "nothing_to_do"]

DueOf: TypeAlias = Callable[[Session], datetime | None]
"""Returns when a parked session must be woken at the latest; None where only a person wakes it."""

Elapse: TypeAlias = Callable[[Session, datetime, Rules, Journal], Awaitable[Session]]
"""Puts on record that a session's time has come, and returns it as it stands then."""


Follow: TypeAlias = Callable[[Session, Journal], Awaitable[tuple[SessionId, ...]]]
"""Does what the end of a session brings about in others, and returns those that it has opened."""


async def nothing_follows(_session: Session, _journal: Journal) -> tuple[SessionId, ...]:
    """Open nothing."""
    return ()


async def nothing_to_do(_: Journal) -> None:
    """Leave the journal as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """When sessions are due, and what happens then."""

    due: DueOf
    elapse: Elapse
    begin: Callable[[Journal], Awaitable[None]] = nothing_to_do
    """Does what was left undone while no server ran."""
    follow: Follow = nothing_follows
    """Called when a session is over."""


DEADLINES = Duties(due=due, elapse=elapse)
"""Gates whose approvers may take so long and no longer."""
