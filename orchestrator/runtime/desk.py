"""What becomes of a command? It is checked against the record as it is now, put on record, and answered in a line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TypeVar, assert_never

from pydantic import JsonValue

from orchestrator.approval.leaves import LeaveBook
from orchestrator.engine import Rules, Session, overdue
from orchestrator.errors import ChainBroken, ConfigError, Conflict, Drift, OrchestratorError, ScriptError, UsageError
from orchestrator.messages.cancelling import Cancelled
from orchestrator.messages.command import (
    Allow,
    Answered,
    Cancel,
    Command,
    Query,
    Revise,
    Revoke,
    Rule,
    SizePots,
    Submit,
    Tell,
    Unfreeze,
    Watch,
)
from orchestrator.messages.entry import Entry
from orchestrator.messages.gate import span_text
from orchestrator.messages.journal import Journal
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pot import PotsApplied
from orchestrator.messages.reply import Unfroze
from orchestrator.messages.settings import PERSON, Settings
from orchestrator.messages.terms import exact
from orchestrator.messages.value import SessionId
from orchestrator.runtime.approving import At, query, revise, rule
from orchestrator.runtime.driver import cancel, elapse, open_session, unfreeze
from orchestrator.runtime.facts import tell_fact_to_all
from orchestrator.runtime.perform import Clock, utc_now
from orchestrator.runtime.potbook import apply_pots
from orchestrator.runtime.record import check_ours, entries_of, session_of
from orchestrator.runtime.reopening import Handover, Renewal, look_at_pots

__all__ = ["Desk", "Heeder", "handle", "refusal"]

_Outcome = TypeVar("_Outcome")

_TRIES = 3
"""How often another entry may come first."""

Heeder = Callable[[Session], None]
"""Told of each session as it stands after a command, so that it may be driven on. Must not wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where commands are handled: a journal that may be written to, and by what its sessions are judged."""

    journal: Journal
    key: str
    """The public half of the key that signs heads."""
    rules_for: Callable[[Negotiation], Rules]
    clock: Clock = utc_now
    turn: Callable[[SessionId], AbstractAsyncContextManager[object]] = lambda _: nullcontext()
    """Entered while a session is read and written to, so that nobody else writes to it meanwhile."""
    version: str = ""
    """Of handfast, for the successors of agreements that are opened here."""
    guards: tuple[str, ...] = ()
    """Names of the guards that other packages added, for the same."""
    handover: Handover = field(default_factory=Handover)
    """Who drives those successors."""

    @property
    def renewal(self) -> Renewal:
        """Return what opening a successor needs."""
        return Renewal(
            rules=self.rules_for,
            version=self.version,
            guards=self.guards,
            clock=self.clock,
            key=self.key,
            handover=self.handover,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A session that a command is about."""

    session: Session
    entries: tuple[Entry, ...]
    rules: Rules


async def handle(command: Command, desk: Desk, heed: Heeder = lambda _: None) -> Answered:  # noqa: PLR0911 - one line a command
    """Put a command on record and answer it. Raises UsageError where it cannot be done as asked, JournalError as it may."""
    match command:
        case Submit():
            return await _submit(command.settings, desk, heed)
        case Allow():
            return await _allow(command, desk)
        case Revoke():
            return await _revoke(command, desk)
        case SizePots():
            return await _size(command, desk, heed)
        case Watch():
            return Answered(says="Nobody drives the sessions of this journal now.")
        case Tell():
            return await _tell(command, desk, heed)
        case Rule() | Revise() | Query() | Unfreeze() | Cancel():
            return await _again(lambda: _said(command, desk, heed))
        case _:
            assert_never(command)


async def _again(say: Callable[[], Awaitable[_Outcome]]) -> _Outcome:
    """Say it to the record as it is by now, where another entry took the place first."""
    for _ in range(_TRIES):
        try:
            return await say()
        except Conflict:
            continue
    return await say()


async def _said(command: Rule | Revise | Query | Unfreeze | Cancel, desk: Desk, heed: Heeder) -> Answered:
    async with desk.turn(command.session):
        match command:
            case Rule() | Revise() | Query():
                return await _at_gate(command, desk, heed)
            case Unfreeze():
                return await _unfreeze(command, desk, heed)
            case Cancel():
                return await _cancel(command, desk, heed)
            case _:
                assert_never(command)


def refusal(error: OrchestratorError) -> Answered:
    """Return the answer to a command that failed, with the code that the command line would give it."""
    if isinstance(error, UsageError | ConfigError | ScriptError):
        code = 2
    else:
        code = 1 if isinstance(error, ChainBroken | Drift) else 6
    return Answered(code=code, says=error.message, hint=error.hint)


async def _submit(settings: Settings, desk: Desk, heed: Heeder) -> Answered:
    if desk.journal.rows(settings.session):
        raise UsageError(f"there is a session {settings.session!r} already")
    people = [seat.role for seat in settings.models if seat.model.startswith(PERSON)]
    if people:
        raise UsageError(f"nobody sits at {people[0]!r} here", hint="'handfast run --seat' lets a person at a terminal write")
    settings = settings.model_copy(update={"key": desk.key})
    session = await open_session(settings, desk.rules_for(settings.negotiation), desk.journal, desk.clock)
    heed(session)
    return Answered(says=f"Session {session.id} is opened.", session=session.id)


async def _at_gate(command: Rule | Revise | Query, desk: Desk, heed: Heeder) -> Answered:
    known = _known(command.session, desk)
    session = known.session
    waits = At(session=session, entries=known.entries, rules=known.rules, journal=desk.journal)
    now = desk.clock()
    if (late := overdue(session, now)) is not None:
        heed(await elapse(session, now, known.rules, desk.journal))
        raise UsageError(
            f"too late: gate {late.id!r} had {span_text(late.within or 0)} to answer, and time has answered no",
            hint=f"'handfast show {session.id}' tells what became of it",
        )
    match command:
        case Rule():
            done = await rule(command, waits, now)
        case Revise():
            done = await revise(command, waits, now)
        case Query():
            done = await query(command, waits, now)
        case _:
            assert_never(command)
    if done.session is not None:
        heed(done.session)
    return Answered(says=done.says, session=session.id)


async def _allow(command: Allow, desk: Desk) -> Answered:
    now = desk.clock()
    leave = command.leave
    if leave.until <= now:
        raise UsageError(f"leave until {leave.until:%Y-%m-%d %H:%M} is over before it begins", hint="give a later --until")
    await LeaveBook(desk.journal, desk.key).allow(leave, now)
    return Answered(
        says=f"{leave.by!r} approves at gate {leave.gate!r} from now on where {leave.when}: {leave.id}.", data=leave.id
    )


async def _revoke(command: Revoke, desk: Desk) -> Answered:
    changed = await LeaveBook(desk.journal, desk.key).revoke(command.leave, command.by, command.note, desk.clock())
    again = "" if changed else " already"
    return Answered(says=f"{command.leave} is revoked{again}: no session uses it from now on.", data=command.leave)


async def _unfreeze(command: Unfreeze, desk: Desk, heed: Heeder) -> Answered:
    known = _known(command.session, desk)
    unfroze = Unfroze(at=desk.clock(), by=command.by, goes_on=command.goes_on, note=command.note)
    heed(await unfreeze(known.session, unfroze, known.rules, desk.journal))
    done = "let go on" if command.goes_on else "ended"
    return Answered(says=f"Session {known.session.id} is {done} by {command.by!r}.", session=known.session.id)


async def _cancel(command: Cancel, desk: Desk, heed: Heeder) -> Answered:
    known = _known(command.session, desk)
    session = known.session
    last = known.entries[-1].reply
    if isinstance(last, Cancelled) and last.by == command.by:
        return Answered(says=f"Session {session.id} was cancelled by {command.by!r} already.", session=session.id)
    cancelled = Cancelled(at=desk.clock(), by=command.by, why=command.why)
    heed(await cancel(session, cancelled, known.rules, desk.journal))
    return Answered(says=f"Session {session.id} is cancelled by {command.by!r}.", session=session.id)


async def _tell(command: Tell, desk: Desk, heed: Heeder) -> Answered:
    told = await tell_fact_to_all(command, desk.journal, desk.key, desk.renewal, heed, desk.turn)
    where = f"{len(told)} session{'' if len(told) == 1 else 's'}"
    data: list[JsonValue] = [each.model_dump(mode="json") for each in told]
    return Answered(
        says=f"Fact {command.name!r} is {command.value} from now on, in {where}.", session=command.session, data=data
    )


async def _size(command: SizePots, desk: Desk, heed: Heeder) -> Answered:
    applied = PotsApplied(at=desk.clock(), by=command.by, file=command.file, pots=command.pots, key=desk.key)
    changed = await apply_pots(applied, desk.journal)
    names = [pot.name for pot in changed]
    said = ", ".join(f"{pot.name} {exact(pot.size)} {pot.unit}".rstrip() for pot in changed)
    says = f"In force by {command.by!r}: {said}." if changed else "All pots of the file have these sizes already."
    for old, reopened in await look_at_pots(desk.journal, desk.renewal):
        says += f"\n{old}: reopened as {reopened.successor}"
        heed(session_of(entries_of(desk.journal, reopened.successor)))
    return Answered(says=says, data=[*names])


def _known(session: SessionId, desk: Desk) -> _Known:
    entries = entries_of(desk.journal, session)
    known = session_of(entries)
    check_ours(known, desk.key)
    return _Known(session=known, entries=entries, rules=desk.rules_for(known.settings.negotiation))
