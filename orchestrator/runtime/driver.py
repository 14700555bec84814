"""How is a session driven over a journal? Opened, run, told what people say, and interrupted in good order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from orchestrator.engine import Hold, Rules, Session, Wait, overdue, pending
from orchestrator.errors import Conflict, JournalError, ProviderError, SeatLeft, Try, UsageError
from orchestrator.messages.cancelling import Cancelled
from orchestrator.messages.elapsed import Elapsed
from orchestrator.messages.entry import Entry, Row
from orchestrator.messages.gate import names_of
from orchestrator.messages.journal import Journal, Mends, Summary
from orchestrator.messages.ledger import Holding, Stock
from orchestrator.messages.pot import Room
from orchestrator.messages.reasons import needs_reason
from orchestrator.messages.reply import Granted, Interrupted, Reported, Ruled, Seating, Unfroze
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.runtime.keeping import begun, keep, ledger_of
from orchestrator.runtime.loop import Perform, run
from orchestrator.runtime.perform import Clock, utc_now
from orchestrator.runtime.record import entries_of, session_of

__all__ = [
    "BY_OPERATOR",
    "Announced",
    "Watcher",
    "cancel",
    "drive",
    "elapse",
    "grant",
    "interrupt",
    "open_session",
    "report_fact",
    "rule_on",
    "take_seat",
    "unfreeze",
]

Watcher: TypeAlias = Callable[[Entry], None]
"""Told of each entry after it is durable. Must not wait."""

_Word: TypeAlias = Ruled | Elapsed | Reported | Interrupted | Granted | Seating | Unfroze | Cancelled

BY_OPERATOR = "stopped by its operator"
"""Why a session was interrupted that somebody ran and stopped; whoever wants it to go on resumes it."""

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

    def stocks(self) -> tuple[Stock, ...]:
        """Return all pots."""
        return ledger_of(self.journal).stocks()

    def holdings(self, pot: str | None = None) -> tuple[Holding, ...]:
        """Return what is held."""
        return ledger_of(self.journal).holdings(pot)

    def rooms(self, account: SessionId, pots: Iterable[str]) -> tuple[Room, ...]:
        """Return how much an account may hold of each pot."""
        return ledger_of(self.journal).rooms(account, pots)

    def mend(self) -> None:
        """Try again to keep entries, where the journal had failed."""
        if isinstance(self.journal, Mends):
            self.journal.mend()

    async def close(self) -> None:
        """Close the journal."""
        await self.journal.close()


async def open_session(
    settings: Settings, rules: Rules, journal: Journal, clock: Clock = utc_now, *, stopped: str = BY_OPERATOR
) -> Session:
    """Append a session's first entry and return the session. `stopped` goes on record where it is cancelled meanwhile."""
    try:
        return await begun(settings, rules, journal, clock)
    except asyncio.CancelledError:
        await interrupt(settings.session, rules, journal, clock, stopped)
        raise


async def drive(
    session: Session,
    rules: Rules,
    journal: Journal,
    perform: Perform,
    clock: Clock = utc_now,
    *,
    stopped: str = BY_OPERATOR,
) -> Session:
    """Run a session. What interrupts it is put on record before it is raised again; where it is cancelled, as `stopped`.

    A request that a dead driver left without its answer is given up first, at its full price, and then made anew.
    """
    if session.request is not None:
        lost = Interrupted(at=clock(), why="the driver ended before the answer was on record")
        session = await _append(session, lost, rules, journal)
    try:
        return await run(session, rules, journal, perform, clock)
    except (asyncio.CancelledError, KeyboardInterrupt):
        await interrupt(session.id, rules, journal, clock, stopped)
        raise
    except SeatLeft as left:
        seat = None if left.interrupted else RoleName(left.role)
        await interrupt(session.id, rules, journal, clock, left.message, tries=(), seat=seat)
        raise
    except ProviderError as error:
        await interrupt(session.id, rules, journal, clock, error.message, tries=error.tries)
        raise


async def rule_on(session: Session, ruled: Ruled, rules: Rules, journal: Journal) -> Session:
    """Record an approver's word. Raises UsageError where it is not the one that the session waits for."""
    gate = next((gate for gate in session.unruled if gate.id == ruled.gate), None)
    if gate is None:
        raise UsageError(f"session {session.id!r} does not wait at gate {ruled.gate!r}", hint=_waiting_at(session))
    if ruled.by not in gate.people:
        raise UsageError(f"gate {gate.id!r} is ruled on by {names_of(gate)}, not by {ruled.by!r}")
    if not ruled.note and needs_reason(session.agenda, gate.id):
        raise UsageError(f"gate {gate.id!r} asks for a reason", hint="say why with --note")
    return await _append(session, ruled, rules, journal)


async def elapse(session: Session, at: datetime, rules: Rules, journal: Journal) -> Session:
    """Record that time has answered where it has; a timer that comes early, or again, leaves the session as it is."""
    if overdue(session, at) is None:
        return session
    return await _append(session, Elapsed(at=at), rules, journal)


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


async def cancel(session: Session, cancelled: Cancelled, rules: Rules, journal: Journal) -> Session:
    """Record that a session is called off. Raises UsageError where it is over."""
    if pending(session) is None and session.phase != "stopped":
        raise _over(session, "'handfast sessions' shows which are not")
    return await _append(session, cancelled, rules, journal)


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
        raise _over(session, "a new session can have other bounds")
    return await _append(session, granted, rules, journal)


async def take_seat(session: Session, seating: Seating, rules: Rules, journal: Journal) -> Session:
    """Record who writes for a role from now on. Raises UsageError where there is no such role, or the session is over."""
    names = [role.name for role in session.roles]
    if seating.seat.role not in names:
        raise UsageError(f"session {session.id!r} has no role {seating.seat.role!r}", hint=f"its roles: {', '.join(names)}")
    if pending(session) is None and session.phase != "stopped":
        raise _over(session, "there is no seat left to take in it")
    if session.seat(seating.seat.role) == seating.seat:
        return session
    return await _append(session, seating, rules, journal)


def _over(session: Session, hint: str) -> UsageError:
    how = "agreed" if session.status == "agreed" else f"without agreement, {session.reason}"
    return UsageError(f"session {session.id!r} is over: {how}", hint=hint)


async def _append(session: Session, reply: _Word, rules: Rules, journal: Journal) -> Session:
    return await keep(session, reply, rules, journal)


async def interrupt(
    session: SessionId,
    rules: Rules,
    journal: Journal,
    clock: Clock,
    why: str,
    *,
    tries: tuple[Try, ...] | None = None,
    seat: RoleName | None = None,
) -> None:
    """Put on record, where that can be done, that a session which is not over was interrupted; its head is signed then."""
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
