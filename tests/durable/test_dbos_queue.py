"""DBOS hands each burst out once, the bursts of one session one after another, and passes as a driver."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from orchestrator.durable.dbos_queue import DbosQueue
from orchestrator.errors import OrchestratorError, Unwritable, UsageError
from orchestrator.messages.burst import Burst, Flying, Load
from orchestrator.messages.journal import Journal
from orchestrator.messages.value import SessionId
from orchestrator.runtime.driver import drive
from orchestrator.runtime.record import entries_of, session_of
from orchestrator.storage.postgres import PostgresJournal
from orchestrator.storage.postgres_place import PostgresPlace, place_of
from orchestrator.testing.drivers import DRIVER_CHECKS, DriverCheck, Table
from orchestrator.testing.samples import sample_key

pytestmark = [pytest.mark.slow]

QUEUE = "talks@1"
LOAD = Load(each=8)


def burst(session: str, epoch: int = 1, due: datetime | None = None) -> Burst:
    """Return a burst of a session."""
    return Burst(session=SessionId(session), epoch=epoch, due=due)


@asynccontextmanager
async def working(place: PostgresPlace, run: Callable[[Burst], object], load: Load = LOAD) -> AsyncGenerator[DbosQueue]:
    """Run a worker in this loop that notes what it is given."""
    queue = DbosQueue(place, "here/test", poll_seconds=0.02)

    async def running(given: Burst) -> None:
        done = run(given)
        if asyncio.iscoroutine(done):
            await done

    try:
        async with queue.working(running, (QUEUE,), load):
            yield queue
    finally:
        queue.close()


async def settled(queue: DbosQueue) -> None:
    """Wait until nothing is queued or runs."""
    async with asyncio.timeout(30):
        while await asyncio.to_thread(queue.flying):  # noqa: ASYNC110 - other processes may hold them
            await asyncio.sleep(0.05)


async def test_a_burst_that_is_asked_for_twice_runs_once(place: PostgresPlace) -> None:
    """Doubled enqueues are one burst, also when it has ended; a timer's burst is another than that of a word."""
    due = datetime(2026, 3, 1, tzinfo=UTC)
    ran: list[Burst] = []
    async with working(place, ran.append) as queue:
        for each in (burst("a"), burst("a"), burst("a", 2), burst("b"), burst("b", due=due), burst("b", due=due)):
            await asyncio.to_thread(queue.enqueue, each, QUEUE)
        await settled(queue)
        await asyncio.to_thread(queue.enqueue, burst("a"), QUEUE)
        await settled(queue)
    assert sorted(each.id for each in ran) == ["a:1", "a:2", "b:1", "b:1@2026-03-01T00:00:00+00:00"]
    assert {each.due for each in ran} == {None, due}


async def test_the_bursts_of_a_session_run_one_after_another(place: PostgresPlace) -> None:
    """While one runs the next one of its session waits, and those of others do not."""
    running: set[str] = set()
    together: set[frozenset[str]] = set()

    async def run(given: Burst) -> None:
        running.add(given.id)
        together.add(frozenset(running))
        await asyncio.sleep(0.3)
        running.remove(given.id)

    async with working(place, run) as queue:
        for each in (burst("a", 1), burst("a", 2), burst("b", 1)):
            await asyncio.to_thread(queue.enqueue, each, QUEUE)
        await settled(queue)
    assert not any({"a:1", "a:2"} <= names for names in together)
    assert any(len(names) == 2 for names in together)


async def test_a_queue_may_be_bounded_over_all_its_workers(place: PostgresPlace) -> None:
    """However many one worker would take, no more run than all of them together may, and all are run in the end."""
    running: set[str] = set()
    most: list[int] = []

    async def run(given: Burst) -> None:
        running.add(given.id)
        most.append(len(running))
        await asyncio.sleep(0.1)
        running.remove(given.id)

    async with working(place, run, Load(each=8, in_all=2)) as queue:
        for number in range(7):
            await asyncio.to_thread(queue.enqueue, burst(f"talk-{number}"), QUEUE)
        await settled(queue)
    assert (len(most), max(most)) == (7, 2)


async def test_what_was_given_back_is_run_when_it_was_adopted(place: PostgresPlace) -> None:
    """A burst that was cancelled is neither done nor lost: it is still its worker's, until that one is known to be dead."""
    ran: list[str] = []
    begun = asyncio.Event()

    def run(given: Burst) -> None:
        ran.append(given.id)
        begun.set()
        if len(ran) == 1:
            raise asyncio.CancelledError

    async with working(place, run) as queue:
        await asyncio.to_thread(queue.enqueue, burst("a"), QUEUE)
        await asyncio.wait_for(begun.wait(), 20)
        assert await asyncio.to_thread(queue.flying) == (Flying(session=SessionId("a"), worker="here/test"),)
        await asyncio.to_thread(queue.adopt, "somebody/else")
        assert await asyncio.to_thread(queue.flying) == (Flying(session=SessionId("a"), worker="here/test"),)
        await asyncio.to_thread(queue.adopt, "here/test")
        await settled(queue)
    assert ran == ["a:1", "a:1"]


async def test_finished_bursts_are_forgotten_after_a_while(place: PostgresPlace) -> None:
    """What was finished before a time is removed, and nothing that is newer, queued or runs."""
    async with working(place, lambda _: None) as queue:
        for each in (burst("a"), burst("b")):
            await asyncio.to_thread(queue.enqueue, each, QUEUE)
        await settled(queue)
        now = datetime.now(UTC)
        forgotten = [await asyncio.to_thread(queue.forget, now + timedelta(hours=hours)) for hours in (-1, 1, 1)]
    assert forgotten == [0, 2, 0]


async def test_nothing_is_said_and_no_port_is_opened(place: PostgresPlace, capfd: pytest.CaptureFixture[str]) -> None:
    """A worker writes nothing of DBOS to the terminal, and listens at no port."""
    others = _listening()
    async with working(place, lambda _: None) as queue:
        await asyncio.to_thread(queue.enqueue, burst("a"), QUEUE)
        await settled(queue)
        listening = _listening()
    said = capfd.readouterr()
    assert (said.out, said.err, listening - others) == ("", "", set())


def _listening() -> set[int]:
    """Return the ports at which this process listens."""
    return {each.laddr.port for each in psutil.Process().net_connections("inet") if each.status == psutil.CONN_LISTEN}


async def test_its_cloud_is_refused(place: PostgresPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the environment would send what workers do elsewhere, no worker starts."""
    monkeypatch.setenv("DBOS__CLOUD", "true")
    with pytest.raises(UsageError, match="DBOS__CLOUD is set"):
        async with working(place, lambda _: None):
            pass


def test_a_server_that_is_not_there_is_told_of() -> None:
    """What cannot be queued is an error of the world, in one line."""
    queue = DbosQueue(place_of("postgresql://127.0.0.1:1/none?connect_timeout=2"))
    with pytest.raises(Unwritable, match=r"journal 'postgresql://127.0.0.1:1/none.*': the server refuses the connection"):
        queue.enqueue(burst("a"), QUEUE)


def test_only_workers_load_it() -> None:
    """The assembly and its commands come without DBOS; the one module that knows it is loaded by workers alone."""
    script = "import sys, orchestrator.assembly, orchestrator.cli.worker, orchestrator.cli.submit; print('dbos' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("check", DRIVER_CHECKS)
async def test_as_a_driver(check: DriverCheck, place: PostgresPlace) -> None:
    """Sessions that are driven in bursts are kept as every driver must keep them."""
    tables: dict[SessionId, Table] = {}
    ended: dict[str, asyncio.Future[None]] = {}

    async def run(given: Burst) -> None:
        table = tables[given.session]
        try:
            session = session_of(entries_of(table.journal, table.session))
            await drive(session, table.rules, table.journal, table.perform, table.clock)
        except OrchestratorError as error:
            ended[given.id].set_exception(error)
        else:
            ended[given.id].set_result(None)

    async with working(place, run) as queue:

        async def driver(table: Table) -> None:
            wanted = Burst(session=table.session, epoch=len(ended))
            tables[table.session] = table
            ended[wanted.id] = asyncio.get_running_loop().create_future()
            await asyncio.to_thread(queue.enqueue, wanted, QUEUE)
            await ended[wanted.id]

        def opened() -> Journal:
            return PostgresJournal.open(place, sample_key().sign)

        await check(driver, opened)
