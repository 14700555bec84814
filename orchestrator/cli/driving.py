"""How does a command drive a session? Journal held, view beside it, and whatever stops it on record before it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from orchestrator.assembly import (
    Held,
    Place,
    approver_for,
    leave_book_of,
    open_journal,
    open_telemetry,
    performer_for,
    rules_for,
    telling_of,
)
from orchestrator.bus.log_bus import LogBus
from orchestrator.cli.ending import print_ending
from orchestrator.cli.exits import BY_STATUS
from orchestrator.cli.moves import write_moves
from orchestrator.cli.options import Tracing
from orchestrator.cli.printing import complain, say
from orchestrator.cli.record import Record, read_record
from orchestrator.cli.screen import screen_for
from orchestrator.cli.seat.console import Console
from orchestrator.cli.seat.painter import SeatPainter
from orchestrator.cli.seat.taking import seated
from orchestrator.engine import Rules, Session, fresh
from orchestrator.errors import OrchestratorError, SeatLeft
from orchestrator.messages.auction import Auction
from orchestrator.messages.journal import Journal
from orchestrator.messages.reply import Granted, Unfroze
from orchestrator.messages.settings import PERSON, Settings
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.report.clean import clean
from orchestrator.report.figures import listed
from orchestrator.runtime.driver import Announced, Watcher, drive, grant, open_session, take_seat, unfreeze
from orchestrator.runtime.perform import Performer, utc_now
from orchestrator.runtime.record import check_ours, entries_of, session_of

__all__ = ["Shown", "conduct"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a command shows a session."""

    as_object: bool = False
    plain: bool = False
    moves: Path | None = None
    """Where each move is written as it is delivered."""


_AS_THEY_ARE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Going:
    """How a session is gone on with."""

    tape: Path | None
    granted: tuple[Granted, ...]
    seats: Mapping[str, str]
    """Who writes for which role from now on; an empty model is the one that the session was opened with."""
    unfroze: Unfroze | None
    """The word of the person that a frozen session waits for, who takes the seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Driven:
    """What is on record after driving, and what stopped it, if anything did."""

    record: Record
    failure: Exception | None = None


_Follow: TypeAlias = Callable[[Session], tuple[Watcher, ...]]
"""Returns who else watches a session."""


def conduct(
    journal: Place,
    start: Settings | SessionId,
    shown: Shown,
    *,
    tape: Path | None = None,
    granted: tuple[Granted, ...] = (),
    seats: Mapping[str, str] = _AS_THEY_ARE,
    unfroze: Unfroze | None = None,
    tracing: Tracing = "off",
) -> int:
    """Open a session or go on with one until it is over or must wait; print its end and return the exit code."""
    with _traced(tracing) as follow:
        going = _Going(tape=tape, granted=granted, seats=seats, unfroze=unfroze)
        driven = asyncio.run(_conduct(journal, start, shown, going, follow=follow))
        print_ending(driven.record, journal, as_object=shown.as_object, eyes=_eyes(driven.record.session, going))
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


async def _conduct(path: Place, start: Settings | SessionId, shown: Shown, going: _Going, *, follow: _Follow) -> _Driven:
    async with open_journal(path) as held:
        session = _begin(held, start)
        console = _console(session, shown, going)
        with _view(session, shown, console) as watch:
            async with _observed(held.journal, session, shown.moves) as tell:
                watchers = (*(each for each in (watch, tell) if each), *follow(session))
                failure = await _drive(held.journal, session, watchers, going, console)
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
    auction = session.agenda.pattern_rules
    sealed = frozenset(auction.bidders) if isinstance(auction, Auction) and auction.is_sealed else frozenset[RoleName]()
    writing = asyncio.create_task(write_moves(bus, session.id, moves, sealed))
    try:
        yield bus.tell
    finally:
        bus.close()
        await writing


async def _drive(
    journal: Journal, session: Session, watchers: tuple[Watcher, ...], going: _Going, console: Console | None
) -> Exception | None:
    settings = session.settings
    rules = rules_for(settings.negotiation)
    announced = Announced(journal, watchers)
    performer: Performer | None = None
    try:
        if session.seq == 0:
            session = await open_session(settings, rules, announced)
        session = await _readied(session, going, rules, announced)
        performer = performer_for(
            settings,
            approver_for(settings, leave_book_of(journal, session.settings.key), utc_now),
            tape=going.tape,
            seats=session.seats,
            person=console,
        )
        performer.go_on(entries_of(journal, session.id))
        session = await drive(session, rules, announced, performer)
        if session.status is not None:
            performer.finish()
    except asyncio.CancelledError:
        # Ctrl-C. It is on record; what is left to do is to tell how far it came.
        task = asyncio.current_task()
        if task is not None:
            task.uncancel()
    except SeatLeft:
        # As Ctrl-C: the record says who left, and the talk goes on when it is resumed.
        return None
    except Exception as error:  # noqa: BLE001 - told after the record, by the last door
        return error
    finally:
        if performer is not None:
            await performer.aclose()
    return None


def _eyes(session: Session, going: _Going) -> tuple[str, ...] | None:
    """Return the roles whose people read the end here; None where an operator does."""
    here = [role for role, model in going.seats.items() if model.startswith(PERSON)]
    return tuple(role for role in session.people if not here or role in here) or None


async def _readied(session: Session, going: _Going, rules: Rules, journal: Journal) -> Session:
    """Put on record what is different from now on: more to spend, a breaker let go, people who sit down."""
    for more in going.granted:
        session = await grant(session, more, rules, journal)
    if going.unfroze is not None:
        session = await unfreeze(session, going.unfroze, rules, journal)
    for seating in seated(session, going.seats):
        session = await take_seat(session, seating, rules, journal)
    return session


def _console(session: Session, shown: Shown, going: _Going) -> Console | None:
    """Return what asks people, where any sit at the table."""
    here = [role for role, model in going.seats.items() if model.startswith(PERSON)]
    if not here and not session.people:
        return None
    return Console(aside=shown.as_object, missed=session.seq > 0, here=here)


def _view(session: Session, shown: Shown, console: Console | None) -> AbstractContextManager[Watcher | None]:
    if console is not None:
        for line in _greeting(session):
            console.tell(line)
        return nullcontext(SeatPainter(session, console.tell, console.here).watch)
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
