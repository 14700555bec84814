"""How does a command drive a session? Journal held, view beside it, and whatever stops it on record before it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from orchestrator.assembly import Held, open_journal, open_telemetry, performer_for, rules_for, telling_of
from orchestrator.bus.log_bus import LogBus
from orchestrator.cli.ending import print_ending
from orchestrator.cli.exits import BY_STATUS
from orchestrator.cli.moves import write_moves
from orchestrator.cli.options import Tracing
from orchestrator.cli.printing import complain, say
from orchestrator.cli.record import Record, check_ours, read_record
from orchestrator.cli.screen import screen_for
from orchestrator.engine import Session, fresh
from orchestrator.errors import OrchestratorError
from orchestrator.messages.journal import Journal
from orchestrator.messages.reply import Granted
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import SessionId
from orchestrator.report.clean import clean
from orchestrator.report.figures import listed
from orchestrator.runtime.driver import Announced, Watcher, drive, grant, open_session
from orchestrator.runtime.record import entries_of, session_of

__all__ = ["Shown", "conduct"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a command shows a session."""

    as_object: bool = False
    plain: bool = False
    moves: Path | None = None
    """Where each move is written as it is delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Driven:
    """What is on record after driving, and what stopped it, if anything did."""

    record: Record
    failure: Exception | None = None


_Follow: TypeAlias = Callable[[Session], tuple[Watcher, ...]]
"""Returns who else watches a session."""


def conduct(
    journal: Path,
    start: Settings | SessionId,
    shown: Shown,
    *,
    tape: Path | None = None,
    granted: tuple[Granted, ...] = (),
    tracing: Tracing = "off",
) -> int:
    """Open a session or go on with one until it is over or must wait; print its end and return the exit code."""
    with _traced(tracing) as follow:
        driven = asyncio.run(_conduct(journal, start, shown, tape, granted, follow=follow))
        print_ending(driven.record, journal, as_object=shown.as_object)
    if driven.failure is not None:
        raise driven.failure
    return BY_STATUS[driven.record.standing.status]


@contextmanager
def _traced(tracing: Tracing) -> Generator[_Follow]:
    """Tell sessions in spans, where that is asked for; what could not be sent is one line, and changes nothing else."""
    if tracing == "off":
        yield lambda _: ()
        return
    telemetry = open_telemetry()
    try:
        yield lambda session: (telemetry.follow(session, telling_of(session.settings, content=tracing == "content")),)
    finally:
        if lost := telemetry.close():
            complain(f"handfast: {lost}")


async def _conduct(
    path: Path, start: Settings | SessionId, shown: Shown, tape: Path | None, granted: tuple[Granted, ...], *, follow: _Follow
) -> _Driven:
    async with open_journal(path) as held:
        session = _begin(held, start)
        with _view(session, shown) as watch:
            async with _observed(held.journal, session, shown.moves) as tell:
                watchers = (*(each for each in (watch, tell) if each), *follow(session))
                failure = await _drive(held.journal, session, watchers, tape, granted)
        try:
            record = read_record(held.journal, session.id)
        except Exception as error:
            raise failure or error from error
    if isinstance(failure, OrchestratorError) and not failure.hint:
        failure.hint = f"'handfast resume {session.id}' goes on where it stopped"
    return _Driven(record=record, failure=failure)


def _begin(held: Held, start: Settings | SessionId) -> Session:
    if isinstance(start, Settings):
        return fresh(start.model_copy(update={"key": held.key}))
    session = session_of(entries_of(held.journal, start))
    check_ours(session, held.key)
    return session


@asynccontextmanager
async def _observed(journal: Journal, session: Session, moves: Path | None) -> AsyncGenerator[Watcher | None]:
    """Let a file hear what is tabled; at the end, wait until it has heard all."""
    if moves is None:
        yield None
        return
    bus = LogBus(journal.rows)
    writing = asyncio.create_task(write_moves(bus, session.id, moves))
    try:
        yield bus.tell
    finally:
        bus.close()
        await writing


async def _drive(
    journal: Journal, session: Session, watchers: tuple[Watcher, ...], tape: Path | None, granted: tuple[Granted, ...]
) -> Exception | None:
    settings = session.settings
    rules = rules_for(settings.negotiation)
    announced = Announced(journal, watchers)
    performer = performer_for(settings, tape=tape)
    try:
        if session.seq == 0:
            session = await open_session(settings, rules, announced)
        else:
            performer.go_on(entries_of(journal, session.id))
        for more in granted:
            session = await grant(session, more, rules, announced)
        session = await drive(session, rules, announced, performer)
        if session.status is not None:
            performer.finish()
    except asyncio.CancelledError:
        # Ctrl-C. It is on record; what is left to do is to tell how far it came.
        task = asyncio.current_task()
        if task is not None:
            task.uncancel()
    except Exception as error:  # noqa: BLE001 - told after the record, by the last door
        return error
    finally:
        await performer.aclose()
    return None


def _view(session: Session, shown: Shown) -> AbstractContextManager[Watcher | None]:
    if shown.as_object:
        return nullcontext()
    for line in _greeting(session):
        say(line)
    return screen_for(session, plain=shown.plain)


def _greeting(session: Session) -> Iterator[str]:
    negotiation = session.settings.negotiation
    yield clean(negotiation.title)
    does = "goes on" if session.seq else "begins"
    yield f"Session {session.id} {does}: {listed([role.name for role in session.roles])}, at most {session.stop.rounds} rounds."
    yield ""
