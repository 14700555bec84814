"""A worker looks after the others' work, sets sessions aside that it cannot drive, and names itself the same each time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestrator.durable.identity import worker_id
from orchestrator.durable.lease import connect_while_alive, vacant
from orchestrator.durable.lookout import Lookout
from orchestrator.durable.roster import Enrolled, Roster, queue_of
from orchestrator.durable.version import ENVIRONMENT, deciding_version
from orchestrator.durable.worker import Worker
from orchestrator.engine import begin
from orchestrator.errors import Conflict, Unwritable, UsageError
from orchestrator.messages.burst import Burst, Flying, Load, Rested, RunBurst
from orchestrator.messages.value import SessionId
from orchestrator.storage.postgres import PostgresJournal
from orchestrator.storage.postgres_place import PostgresPlace, place_of
from orchestrator.testing.haggling import haggle_settings
from orchestrator.testing.samples import sample_key, sample_rules

slow = pytest.mark.slow
ANNA, BEN = SessionId("talk-anna"), SessionId("talk-ben")


class Queue:
    """A queue in memory, for tests of those who use one."""

    def __init__(self, *flying: Flying) -> None:
        self.asked: list[tuple[str, str]] = []
        self.adopted: list[str] = []
        self.forgot: list[datetime] = []
        self._flying = flying

    def enqueue(self, burst: Burst, queue: str) -> None:
        self.asked.append((burst.id, queue))

    def flying(self) -> tuple[Flying, ...]:
        return self._flying

    def adopt(self, worker: str) -> None:
        self.adopted.append(worker)

    def forget(self, before: datetime) -> int:
        self.forgot.append(before)
        return 0

    @asynccontextmanager
    async def working(self, run: RunBurst, queues: tuple[str, ...], load: Load) -> AsyncGenerator[None]:
        del queues, load
        running = asyncio.ensure_future(run(Burst(session=ANNA, epoch=1)))
        try:
            yield
        finally:
            await asyncio.wait([running])


@slow
def test_sessions_are_enrolled_once_and_found(place: PostgresPlace) -> None:
    """The roster knows queue and version of each session, as they were first given."""
    roster = Roster(place)
    roster.enrol(ANNA, "talks", "2-a")
    roster.enrol(ANNA, "others", "2-b")
    assert (roster.find(ANNA), roster.find(BEN), roster.open()) == (("talks", "2-a"), None, 1)
    assert (roster.others("talks", ("2-b",)), roster.others("talks", ("2-b", "2-a"))) == ((("2-a", 1),), ())
    roster.rest(ANNA, Rested(seq=9, over=True))
    assert roster.open() == 0
    roster.close()


@slow
def test_sessions_whose_time_has_come_are_due(place: PostgresPlace) -> None:
    """Due are those whose time is past by the clock of the server; the burst that wakes them bears that time."""
    roster = Roster(place)
    past, future = datetime(2026, 1, 2, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
    for session, due in ((ANNA, past), (BEN, future)):
        roster.enrol(session, "talks", "2-a")
        roster.rest(session, Rested(seq=7, due=due))
    assert roster.due() == (Enrolled(burst=Burst(session=ANNA, epoch=7, due=past), queue="talks@2-a"),)
    roster.rest(ANNA, Rested(seq=5, due=future))
    assert len(roster.due()) == 1, "a burst that is behind moves nothing"
    roster.close()


@slow
async def test_what_nobody_queued_is_found(place: PostgresPlace) -> None:
    """A session whose journal goes on behind where it was seen to rest is neglected, once it has been for a while."""
    roster = Roster(place)
    roster.enrol(ANNA, "talks", "2-a")
    roster.enrol(BEN, "talks", "2-a")
    journal = PostgresJournal.open(place, sample_key().sign)
    await journal.append(begin(haggle_settings(ANNA), datetime(2026, 1, 1, tzinfo=UTC), sample_rules()))
    found = (Enrolled(burst=Burst(session=ANNA, epoch=1), queue="talks@2-a"),)
    assert (roster.neglected(60), roster.neglected(0)) == ((), found)
    roster.rest(ANNA, Rested(seq=1))
    assert roster.neglected(0) == ()
    await journal.close()
    roster.close()


@slow
async def test_a_lookout_adopts_the_dead_and_wakes_what_is_due(place: PostgresPlace) -> None:
    """Work of a dead worker is queued again, that of a living one is not; what is due is asked for."""
    await PostgresJournal.open(place, sample_key().sign).close()
    roster, said = Roster(place), list[str]()
    roster.enrol(ANNA, "talks", "2-a")
    due = datetime(2026, 1, 2, tzinfo=UTC)
    roster.rest(ANNA, Rested(seq=7, due=due))
    flying = [Flying(session=BEN, worker=name) for name in ("h/me", "h/dead", "h/alive", None)]
    queue = Queue(*flying)
    lookout = Lookout(worker="h/me", queue=queue, roster=roster, say=said.append)
    with connect_while_alive(place) as other, vacant(other, place, "h/alive"):
        lookout.look()
        lookout.look()
    assert queue.adopted == ["h/dead", "h/dead"]
    assert len(queue.forgot) == 1
    assert set(queue.asked) == {(f"{ANNA}:7@{due.isoformat()}", "talks@2-a")}
    assert set(said) == {"worker 'h/dead' is gone: what it had begun is queued again"}
    roster.close()


class Rests(Roster):
    """A roster without a server."""

    def __init__(self, said: list[str]) -> None:
        super().__init__(place_of("postgresql://127.0.0.1:1/none"))
        self._said = said

    def rest(self, session: SessionId, rested: Rested) -> None:
        self._said.append(f"{session} rests at {rested.seq}")

    def due(self) -> tuple[Enrolled, ...]:
        return ()

    def neglected(self, seconds: float) -> tuple[Enrolled, ...]:
        del seconds
        return ()


async def worked(drive: Callable[[Burst], Rested | None]) -> tuple[list[str], int]:
    """Let a worker run one burst; return what it said and how many it has finished."""
    said: list[str] = []

    async def driving(burst: Burst, stopping: Callable[[], bool]) -> Rested | None:
        del stopping
        return drive(burst)

    worker = Worker(name="h/me", queue=Queue(), roster=Rests(said), drive=driving, say=said.append, grace=0.1)
    asyncio.get_running_loop().call_later(0.3, worker.stopping.set)
    await worker.work(("talks@1",), Load(each=4))
    return said, worker.finished


async def test_a_burst_that_ends_is_noted() -> None:
    """Where its session rests is written down, and it counts as finished."""
    assert await worked(lambda _: Rested(seq=4)) == (["talk-anna rests at 4"], 1)


async def test_a_burst_of_another_driver_is_let_go() -> None:
    """A Conflict is said in a line, and the burst is done with."""

    def drive(burst: Burst) -> Rested:
        raise Conflict(burst.session, 3)

    assert await worked(drive) == (["session talk-anna: another worker drives it; this one lets it go"], 1)


async def test_a_session_that_cannot_be_driven_here_is_kept() -> None:
    """What a worker cannot drive it says, and the burst stays as begun, for the next start or another worker."""

    def drive(burst: Burst) -> Rested:
        raise UsageError(f"nobody knows {burst.session}")

    assert await worked(drive) == (["session talk-anna cannot be driven here: nobody knows talk-anna"], 0)


async def test_a_mistake_of_ours_takes_nothing_else_with_it() -> None:
    """An error that nobody foresaw is said, and the burst kept."""

    def drive(burst: Burst) -> Rested:
        raise KeyError(burst.session)

    said = ["session talk-anna cannot be driven here: internal error: KeyError: 'talk-anna'"]
    assert await worked(drive) == (said, 0)


async def test_a_journal_that_cannot_be_written_is_waited_for() -> None:
    """The burst is tried again until the worker stops, and is given back then."""

    def drive(burst: Burst) -> Rested:
        raise Unwritable(f"no disk for {burst.session}")

    said, finished = await worked(drive)
    assert (said, finished) == (["session talk-anna: no disk for talk-anna; it goes on when that is well again"], 0)


async def test_a_burst_that_was_given_back_is_not_finished() -> None:
    """A drive that was stopped before its end leaves the burst to others."""
    assert await worked(lambda _: None) == ([], 0)


def test_a_worker_is_called_the_same_after_each_restart(tmp_path: Path) -> None:
    """Its name is kept in the user's folder, or given; one that is none is refused."""
    first = worker_id(folder=tmp_path)
    assert (worker_id(folder=tmp_path), worker_id("anna").rpartition("/")[2]) == (first, "anna")
    assert worker_id(folder=tmp_path / "other") != first
    for wrong in ("", "a b", "-a", "a" * 64, "ä"):
        with pytest.raises(UsageError, match="is no name for a worker"):
            worker_id(wrong)
    (tmp_path / "worker").write_text("no name at all\n")
    with pytest.raises(UsageError, match="'no name at all' is no name for a worker"):
        worker_id(folder=tmp_path)


def test_a_folder_that_keeps_no_name_is_told_of(tmp_path: Path) -> None:
    """Where no name can be kept one must be given."""
    (tmp_path / "file").write_text("")
    with pytest.raises(Unwritable, match="cannot be read or made"):
        worker_id(folder=tmp_path / "file")


def test_the_version_is_of_the_code_that_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same for the same code, may be given to try an upgrade, and is a word that a queue's name can hold."""
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    assert deciding_version() == deciding_version()
    assert deciding_version().partition("-")[0] == "2"
    monkeypatch.setenv(ENVIRONMENT, "2-next")
    assert queue_of("talks", deciding_version()) == "talks@2-next"
    for wrong in ("", "a b", "x" * 41):
        monkeypatch.setenv(ENVIRONMENT, wrong)
        with pytest.raises(UsageError, match="is no version"):
            deciding_version()
