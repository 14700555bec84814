"""Who drives sessions on many machines? Workers over a journal in Postgres, on queues that an existing engine keeps."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace

from orchestrator.assembly.bursting import Bursting, of_versions
from orchestrator.assembly.dating import dating
from orchestrator.assembly.journals import Held, Place, open_journal
from orchestrator.assembly.serving import limits_of, means_for
from orchestrator.assembly.waking import database_of
from orchestrator.durable.dbos_queue import DbosQueue
from orchestrator.durable.identity import worker_id
from orchestrator.durable.lease import LEASE, Lease
from orchestrator.durable.roster import Roster, queue_of
from orchestrator.durable.version import deciding_version
from orchestrator.durable.worker import Worker
from orchestrator.engine import Session
from orchestrator.errors import UsageError
from orchestrator.messages.burst import Load
from orchestrator.runtime.hosting.clock import SteadyClock
from orchestrator.runtime.hosting.duties import DEADLINES, Duties
from orchestrator.runtime.hosting.entrance import Entrance
from orchestrator.runtime.hosting.health import Figure, Health, Lookout
from orchestrator.runtime.hosting.limits import Limits
from orchestrator.runtime.perform import Performer
from orchestrator.storage.postgres_place import PostgresPlace

__all__ = ["Work", "work_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a worker is started with."""

    queue: str
    say: Callable[[str], None]
    """Told, in a line and on any thread, of what an operator should know."""
    name: str | None = None
    """Of this worker among those of its host; None for the one that is kept in the user's folder."""
    load: Load
    also: tuple[str, ...] = ()
    """Other versions whose sessions it drives too, each after deciding its record again."""
    calls: Mapping[str, int] = field(default_factory=dict[str, int])
    """Calls of a provider that may be under way here."""
    per_second: Mapping[str, float] = field(default_factory=dict[str, float])
    port: int | None = None
    """Of health and metrics; None for none."""
    lease: float = LEASE
    grace: float = 30.0
    ready: Callable[[Worker], None] = lambda _: None
    """Told of the worker before it begins."""
    performer_for: Callable[[Session], Performer] | None = None
    """What performs a session's effects; None for what its settings name."""
    duties: Duties = DEADLINES
    dates_seconds: float = 60.0
    """How often it looks for agreements whose date has come."""


async def work_on(place: Place, work: Work) -> None:
    """Drive the sessions of a queue until the worker is stopped. Raises UsageError where it cannot work here."""
    database = database_of(place)
    versions = (deciding_version(), *work.also)
    limits = limits_of(work.calls, work.per_second)
    async with AsyncExitStack() as stack:
        held = await stack.enter_async_context(open_journal(place, work.say))
        driving = _driving(held, work, versions, limits)
        worker = await stack.enter_async_context(_worker(database, work, driving))
        await stack.enter_async_context(dating(place, held, work.say, work.dates_seconds))
        await stack.enter_async_context(_watched(worker, limits, work.port))
        work.ready(worker)
        work.say(f"worker {worker.name} is at work on queue {work.queue!r}; it decides as {versions[0]}")
        for version, count in await asyncio.to_thread(worker.roster.others, work.queue, versions):
            work.say(f"{count} session{'' if count == 1 else 's'} of version {version} wait for a worker of that version")
        await worker.work(tuple(queue_of(work.queue, version) for version in versions), work.load)


def _driving(held: Held, work: Work, versions: tuple[str, ...], limits: Limits) -> Bursting:
    means = means_for(held, SteadyClock())
    if work.performer_for is not None:
        means = replace(means, performer_for=work.performer_for)
    return Bursting(
        journal=held.journal,
        means=of_versions(means, held.journal, versions),
        duties=work.duties,
        entrance=Entrance(limits.admit),
        say=work.say,
    )


@asynccontextmanager
async def _worker(database: PostgresPlace, work: Work, driving: Bursting) -> AsyncGenerator[Worker]:
    """Yield a worker that holds its name."""
    name = worker_id(work.name)
    roster, queue = Roster(database, work.lease), DbosQueue(database, name)
    worker = Worker(
        name=name,
        queue=queue,
        roster=roster,
        drive=driving.drive,
        say=work.say,
        grace=work.grace,
        look_seconds=min(2.0, work.lease / 3),
    )
    loop = asyncio.get_running_loop()

    def lost() -> None:
        work.say(f"another worker has taken the name {name!r} while this one was away; this one stops")
        loop.call_soon_threadsafe(worker.stopping.set)

    lease = Lease(database, name, seconds=work.lease, lost=lost)
    await asyncio.to_thread(lease.take)
    try:
        yield worker
    finally:
        await asyncio.to_thread(lease.release)
        roster.close()
        queue.close()


@asynccontextmanager
async def _watched(worker: Worker, limits: Limits, port: int | None) -> AsyncGenerator[None]:
    """Answer health and metrics on loopback, where a port is given."""
    if port is None:
        yield
        return
    began = time.monotonic()
    lookout = Lookout(lambda: _health(worker, limits, time.monotonic() - began))
    try:
        opened = await lookout.open(port)
    except OSError as error:
        raise UsageError(f"port {port} cannot be used: {error.strerror or error}", hint="give another --port") from error
    worker.say(f"health: http://127.0.0.1:{opened}/healthz  metrics: http://127.0.0.1:{opened}/metrics")
    try:
        yield
    finally:
        await lookout.close()


def _health(worker: Worker, limits: Limits, seconds: float) -> Health:
    return Health(
        well=worker.stuck == 0,
        facts={"worker": worker.name, "seconds": int(seconds), "running": worker.running, "stuck": worker.stuck},
        figures=(
            Figure(
                name="handfast_bursts_total",
                says="Bursts that were driven to their end.",
                kind="counter",
                values={(): worker.finished},
            ),
            Figure(name="handfast_bursts", says="Bursts under way.", kind="gauge", values={(): worker.running}),
            Figure(
                name="handfast_model_calls_total",
                says="Calls of models, by provider.",
                kind="counter",
                values={(("provider", provider),): count for provider, count in sorted(limits.calls.items())},
            ),
        ),
    )
