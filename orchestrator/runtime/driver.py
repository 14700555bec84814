"""How is a session driven over a journal? Opened, run, ruled on, told of facts, and interrupted in good order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.engine import Hold, Rules, Session, Wait, advance, begin, enter, fresh, pending
from orchestrator.errors import Conflict, JournalError, ProviderError, SeatLeft, Try, UsageError
from orchestrator.messages.entry import Entry, Row
from orchestrator.messages.journal import Journal, Summary
from orchestrator.messages.reasons import needs_reason
from orchestrator.messages.reply import Granted, Interrupted, Reported, Ruled, Seating, Unfroze
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.runtime.loop import Perform, run
from orchestrator.runtime.perform import Clock, utc_now
from orchestrator.runtime.record import entries_of, session_of

__all__ = ["Announced", "Watcher", "drive", "grant", "open_session", "report_fact", "rule_on", "take_seat", "unfreeze"]

Watcher: TypeAlias = Callable[[Entry], None]
"""Told of each entry after it is durable. Must not wait."""

_BY_OPERATOR = "stopped by its operator"

_TRIES = 3
"""An append that was under way when the interruption came may take the place first."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A journal whose watchers hear of every entry once it is durable."""

    journal: Journal
    watchers: tuple[Watcher, ...]

    async def append(self, entry: Entry) -> None:
        """Append, then tell the watchers."""
        await self.journal.append(entry)
        for watcher in self.watchers:
            watcher(entry)

    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        """Return the stored rows."""
        return self.journal.rows(session, after)

    def summaries(self) -> tuple[Summary, ...]:
        """Return all sessions."""
        return self.journal.summaries()

    async def close(self) -> None:
        """Close the journal."""
        await self.journal.close()


async def open_session(settings: Settings, rules: Rules, journal: Journal, clock: Clock = utc_now) -> Session:
    """Append a session's first entry and return the session."""
    entry = begin(settings, clock(), rules)
    try:
        await journal.append(entry)
    except asyncio.CancelledError:
        await _interrupt(settings.session, rules, journal, clock, _BY_OPERATOR)
        raise
    return advance(fresh(settings), entry)


async def drive(session: Session, rules: Rules, journal: Journal, perform: Perform, clock: Clock = utc_now) -> Session:
    """Run a session. What interrupts it is put on record before it is raised again.

    A request that a dead driver left without its answer is given up first, at its full price, and then made anew.
    """
    if session.request is not None:
        lost = Interrupted(at=clock(), why="the driver ended before the answer was on record")
        session = await _append(session, lost, rules, journal)
    try:
        return await run(session, rules, journal, perform)
    except (asyncio.CancelledError, KeyboardInterrupt):
        await _interrupt(session.id, rules, journal, clock, _BY_OPERATOR)
        raise
    except SeatLeft as left:
        seat = None if left.interrupted else RoleName(left.role)
        await _interrupt(session.id, rules, journal, clock, left.message, tries=(), seat=seat)
        raise
    except ProviderError as error:
        await _interrupt(session.id, rules, journal, clock, error.message, tries=error.tries)
        raise


async def rule_on(session: Session, ruled: Ruled, rules: Rules, journal: Journal) -> Session:
    """Record an approver's word. Raises UsageError where it is not the one that the session waits for."""
    effect = pending(session)
    gates = effect.gates if isinstance(effect, Wait) else ()
    gate = next((gate for gate in gates if gate.id == ruled.gate), None)
    if gate is None:
        raise UsageError(f"session {session.id!r} does not wait at gate {ruled.gate!r}", hint=_waiting_at(session))
    if ruled.by != gate.approver:
        raise UsageError(f"gate {gate.id!r} is ruled on by {gate.approver!r}, not by {ruled.by!r}")
    if not ruled.note and needs_reason(session.agenda, gate.id):
        raise UsageError(f"gate {gate.id!r} asks for a reason", hint="say why with --note")
    return await _append(session, ruled, rules, journal)


async def unfreeze(session: Session, unfroze: Unfroze, rules: Rules, journal: Journal) -> Session:
    """Record what a person says of a frozen session. Raises UsageError where it is not frozen, or waits for somebody else."""
    effect = pending(session)
    if not isinstance(effect, Hold):
        raise UsageError(f"session {session.id!r} is not frozen", hint=_waiting_at(session))
    if unfroze.by != effect.froze.person:
        raise UsageError(f"session {session.id!r} waits for {effect.froze.person!r}, not for {unfroze.by!r}")
    return await _append(session, unfroze, rules, journal)


async def report_fact(session: Session, reported: Reported, rules: Rules, journal: Journal) -> Session:
    """Record a fact's new value; offers that rest on the old one fall."""
    return await _append(session, reported, rules, journal)


def _waiting_at(session: Session) -> str:
    effect = pending(session)
    if isinstance(effect, Wait):
        return f"it waits at {', '.join(repr(gate.id) for gate in effect.gates)}"
    if isinstance(effect, Hold):
        return f"it is frozen and waits for {effect.froze.person!r}: 'handfast unfreeze'"
    return "it is over" if effect is None else "it is still being negotiated: resume it first"


async def grant(session: Session, granted: Granted, rules: Rules, journal: Journal) -> Session:
    """Record that more may be spent. Raises UsageError where the session is over for another reason."""
    if pending(session) is None and session.phase != "stopped":
        raise UsageError(f"session {session.id!r} is over: {session.reason}", hint="a new session can have other bounds")
    return await _append(session, granted, rules, journal)


async def take_seat(session: Session, seating: Seating, rules: Rules, journal: Journal) -> Session:
    """Record who writes for a role from now on. Raises UsageError where there is no such role, or the session is over."""
    names = [role.name for role in session.roles]
    if seating.seat.role not in names:
        raise UsageError(f"session {session.id!r} has no role {seating.seat.role!r}", hint=f"its roles: {', '.join(names)}")
    if pending(session) is None and session.phase != "stopped":
        raise UsageError(f"session {session.id!r} is over: {session.reason}", hint="there is no seat left to take in it")
    if session.seat(seating.seat.role) == seating.seat:
        return session
    return await _append(session, seating, rules, journal)


async def _append(
    session: Session, reply: Ruled | Reported | Interrupted | Granted | Seating | Unfroze, rules: Rules, journal: Journal
) -> Session:
    entry = enter(session, reply, rules)
    await journal.append(entry)
    return advance(session, entry)


async def _interrupt(
    session: SessionId,
    rules: Rules,
    journal: Journal,
    clock: Clock,
    why: str,
    *,
    tries: tuple[Try, ...] | None = None,
    seat: RoleName | None = None,
) -> None:
    for _ in range(_TRIES):
        latest = session_of(entries_of(journal, session))
        if pending(latest) is None:
            return
        try:
            await _append(latest, Interrupted(at=clock(), why=why, tries=tries, seat=seat), rules, journal)
        except Conflict:
            continue
        except JournalError:
            return
        return
