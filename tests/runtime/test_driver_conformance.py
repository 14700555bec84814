"""Our drivers keep sessions as every driver must, whatever journal they are kept in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

import pytest

from orchestrator.engine import Effect
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.messages.reply import Reply
from orchestrator.runtime.burst import Means, burst
from orchestrator.runtime.driver import drive
from orchestrator.runtime.loop import Perform
from orchestrator.runtime.perform import Performer
from orchestrator.runtime.record import entries_of, session_of
from orchestrator.storage.memory import MemoryJournal
from orchestrator.storage.postgres import PostgresJournal
from orchestrator.storage.postgres_place import PostgresPlace
from orchestrator.storage.sqlite import SqliteJournal
from orchestrator.testing.drivers import DRIVER_CHECKS, DriverCheck, Table
from orchestrator.testing.samples import sample_key


async def _embedded(table: Table) -> None:
    session = session_of(entries_of(table.journal, table.session))
    await drive(session, table.rules, table.journal, table.perform, table.clock)


class _Named:
    name = "sample:"


class _Performs:
    """Performs what the table performs, and keeps nothing that is to be let go of."""

    def __init__(self, perform: Perform) -> None:
        self._perform = perform
        self.seats = {role: _Named() for role in ("buyer", "seller")}

    async def __call__(self, effect: Effect) -> Reply:
        return await self._perform(effect)

    def go_on(self, entries: Iterable[Entry]) -> None:
        """Keep no place of its own."""

    async def aclose(self) -> None:
        """Hold nothing."""


async def _bursting(table: Table) -> None:
    performer = cast("Performer", _Performs(table.perform))
    key = sample_key().public
    means = Means(rules_for=lambda _: table.rules, performer_for=lambda _: performer, key=key, clock=table.clock)
    await burst(table.session, table.journal, means)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Journal]:
    """Return how an empty journal of each kind is opened."""
    sign = sample_key().sign
    if request.param == "memory":
        return lambda: MemoryJournal(sign)
    if request.param == "sqlite":
        return lambda: SqliteJournal.open(tmp_path / "handfast.db", sign)
    place: PostgresPlace = request.getfixturevalue("postgres")
    return lambda: PostgresJournal.open(place, sign)


@pytest.mark.parametrize("check", DRIVER_CHECKS)
async def test_embedded(check: DriverCheck, opened: Callable[[], Journal]) -> None:
    """The driver that a command has in its own process passes every check."""
    await check(_embedded, opened)


@pytest.mark.parametrize("check", DRIVER_CHECKS)
async def test_bursts(check: DriverCheck, opened: Callable[[], Journal]) -> None:
    """The driver of a server, which goes from one wait to the next, passes every check."""
    await check(_bursting, opened)
