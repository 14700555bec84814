"""Does a driver keep sessions as it must? Checks that run over whatever drives a session by its id over a journal.

A driver's own tests call each check with the driver and a way to open an empty journal: `await check(driver, opened)`. The
driver gets a `Table` and returns when the session is over or must wait; it may raise what stopped it.
"""
# ruff: noqa: D401 - the docstring of a check is the behaviour that it asks for

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from orchestrator.engine import Effect, Rules, begin, enter, refold
from orchestrator.errors import OrchestratorError, Unwritable
from orchestrator.messages.entry import Entry, read_row
from orchestrator.messages.journal import Journal
from orchestrator.messages.reply import Interrupted, Reply
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import SessionId
from orchestrator.testing.haggling import Haggling, approve, haggle_settings, story_of, undisturbed
from orchestrator.testing.journals import OpenJournal
from orchestrator.testing.passing import PassingJournal
from orchestrator.testing.samples import sample_fact, sample_rules

__all__ = [
    "DRIVER_CHECKS",
    "Driver",
    "DriverCheck",
    "Table",
    "decides_as_if_undisturbed",
    "goes_on_after_a_lost_answer",
    "goes_on_after_a_stop_between_entries",
    "leaves_alone_what_is_over",
    "leaves_alone_what_waits",
    "retries_a_costly_request_once_and_tells",
    "stops_where_another_writes",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a driver needs to drive one session, whose opening is on record."""

    session: SessionId
    rules: Rules
    journal: Journal
    perform: Callable[[Effect], Awaitable[Reply]]
    clock: Callable[[], datetime]


Driver: TypeAlias = Callable[[Table], Awaitable[object]]
"""Drives a session from its journal until it is over or must wait."""

DriverCheck: TypeAlias = Callable[[Driver, OpenJournal], Awaitable[None]]


async def decides_as_if_undisturbed(driver: Driver, opened: OpenJournal) -> None:
    """A session is driven to the same decisions as by the engine alone, each time its seed is the same."""
    journal = opened()
    for seed in range(4):
        for number in range(2):
            settings = haggle_settings(f"sample-{seed}-{number}", seed=seed)
            await _drive(driver, journal, settings, Haggling(settings.seed))
            assert story_of(_entries(journal, settings)) == story_of(undisturbed(settings))
    await journal.close()


async def goes_on_after_a_stop_between_entries(driver: Driver, opened: OpenJournal) -> None:
    """Stopped before any entry is durable, a session is driven on to the decisions it would have come to."""
    await _stop_everywhere(driver, opened, stored=False)


async def goes_on_after_a_lost_answer(driver: Driver, opened: OpenJournal) -> None:
    """Stopped after an entry is durable and before its driver knew, a session is driven on, and no entry is there twice."""
    await _stop_everywhere(driver, opened, stored=True)


async def retries_a_costly_request_once_and_tells(driver: Driver, opened: OpenJournal) -> None:
    """A costly call whose answer was not on record is made once more, and the record tells that the first was lost."""
    journal = opened()
    settings = haggle_settings(seed=1, costly=True)
    whole = undisturbed(settings)
    requests = [entry.seq for entry in whole if entry.reply.kind == "requested"]
    haggling = Haggling(settings.seed)
    await _drive(driver, journal, settings, haggling, stop_at=requests[1] + 1)
    await _drive(driver, journal, settings, haggling)
    entries = _entries(journal, settings)
    assert story_of(entries) == story_of(whole)
    assert sum(isinstance(entry.reply, Interrupted) for entry in entries) == 1
    assert [entry.reply.kind for entry in entries].count("requested") == len(requests) + 1
    assert haggling.calls == sum(entry.reply.kind == "written" for entry in whole) + 1
    await journal.close()


async def stops_where_another_writes(driver: Driver, opened: OpenJournal) -> None:
    """Where another has taken the next place, the driver stops; what the other wrote stands, and the session can go on."""
    journal = opened()
    settings = haggle_settings(seed=2)
    count = len(undisturbed(settings))
    for place in range(1, count):
        rivalled = settings.model_copy(update={"session": SessionId(f"sample-{place:04}")})
        await _drive(driver, journal, rivalled, Haggling(settings.seed), rival_at=place)
        entries = _entries(journal, rivalled)
        assert [entry.reply.kind for entry in entries].count("reported") == 1
        assert entries[place].reply == _NEWS
        await _drive(driver, journal, rivalled, Haggling(settings.seed))
        assert story_of(_entries(journal, rivalled)) == story_of(undisturbed(settings))
    await journal.close()


async def leaves_alone_what_waits(driver: Driver, opened: OpenJournal) -> None:
    """A session that waits for a person needs nothing: driving it adds no entry, until the person has spoken."""
    journal = opened()
    settings = haggle_settings(gated=True)
    await _drive(driver, journal, settings, Haggling(settings.seed))
    parked = _entries(journal, settings)
    assert parked[-1].reply.kind == "sought"
    haggling = Haggling(settings.seed)
    await _drive(driver, journal, settings, haggling)
    assert (_entries(journal, settings), haggling.calls) == (parked, 0)
    await journal.append(approve(parked))
    await _drive(driver, journal, settings, haggling)
    assert story_of(_entries(journal, settings))[-1] == ("agreed", "all")
    await journal.close()


async def leaves_alone_what_is_over(driver: Driver, opened: OpenJournal) -> None:
    """A session that is over is not driven."""
    journal = opened()
    settings = haggle_settings()
    await _drive(driver, journal, settings, Haggling(settings.seed))
    entries = _entries(journal, settings)
    haggling = Haggling(settings.seed)
    await _drive(driver, journal, settings, haggling)
    assert (_entries(journal, settings), haggling.calls) == (entries, 0)
    await journal.close()


DRIVER_CHECKS: tuple[DriverCheck, ...] = (
    decides_as_if_undisturbed,
    goes_on_after_a_stop_between_entries,
    goes_on_after_a_lost_answer,
    retries_a_costly_request_once_and_tells,
    stops_where_another_writes,
    leaves_alone_what_waits,
    leaves_alone_what_is_over,
)
"""What every driver must pass."""

_NEWS = sample_fact()


class _Disturbed(PassingJournal):
    """A journal that stops its driver at one place: it fails there, before or after keeping, or another was faster."""

    def __init__(self, journal: Journal, *, stop_at: int, stored: bool, rival_at: int) -> None:
        super().__init__(journal)
        self._stop_at = stop_at
        self._stored = stored
        self._rival_at = rival_at

    async def append(self, entry: Entry) -> None:
        if entry.seq == self._rival_at:
            self._rival_at = -1
            session = refold(map(read_row, self._journal.rows(entry.session)))
            await self._journal.append(enter(session, _NEWS, sample_rules()))
        if entry.seq >= self._stop_at >= 0:
            if self._stored and entry.seq == self._stop_at:
                await self._journal.append(entry)
            raise Unwritable("the world failed, as the check wants it")
        await self._journal.append(entry)


async def _stop_everywhere(driver: Driver, opened: OpenJournal, *, stored: bool) -> None:
    journal = opened()
    for costly in (False, True):
        settings = haggle_settings(seed=3, costly=costly)
        whole = undisturbed(settings)
        for place in range(1, len(whole)):
            stopped = settings.model_copy(update={"session": SessionId(f"sample-{costly:d}-{place:04}")})
            await _drive(driver, journal, stopped, Haggling(settings.seed), stop_at=place, stored=stored)
            assert len(_entries(journal, stopped)) == place + stored
            await _drive(driver, journal, stopped, Haggling(settings.seed))
            assert story_of(_entries(journal, stopped)) == story_of(whole)
    await journal.close()


async def _drive(
    driver: Driver,
    journal: Journal,
    settings: Settings,
    haggling: Haggling,
    *,
    stop_at: int = -1,
    stored: bool = False,
    rival_at: int = -1,
) -> None:
    """Let a session be driven once, opened where it is new. What stops the driver stays with it."""
    rules = sample_rules()
    if not journal.rows(settings.session):
        await journal.append(begin(settings, haggling.clock(), rules))
    disturbed = _Disturbed(journal, stop_at=stop_at, stored=stored, rival_at=rival_at)
    table = Table(session=settings.session, rules=rules, journal=disturbed, perform=haggling, clock=haggling.clock)
    expected: tuple[type[Exception], ...] = (OrchestratorError,) if max(stop_at, rival_at) >= 0 else ()
    with suppress(*expected):
        await driver(table)


def _entries(journal: Journal, settings: Settings) -> tuple[Entry, ...]:
    """Return the entries of a session, each with its digest, in one unbroken chain."""
    entries = tuple(map(read_row, journal.rows(settings.session)))
    assert refold(entries).seq == len(entries)
    return entries
