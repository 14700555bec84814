"""How do workers hear of what a command put on record? Its session's next burst is queued, where workers drive it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from typing import TypeAlias

from orchestrator.assembly.journals import Place
from orchestrator.engine import Session
from orchestrator.errors import UsageError
from orchestrator.messages.burst import Burst, BurstQueue
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import SessionId
from orchestrator.runtime.reopening import Handover
from orchestrator.storage.postgres_place import PostgresPlace

__all__ = ["Enrol", "Wake", "database_of", "enrolling", "handing_over", "waking"]

Wake: TypeAlias = Callable[[Session], None]
"""Has a session driven on by the workers that drive it, where there are any."""

Enrol: TypeAlias = Callable[[Settings], Settings]
"""Notes that workers are to drive a session, before it is opened; returns its settings with the version of this code."""


def database_of(place: Place) -> PostgresPlace:
    """Return the database of a journal. Raises UsageError where it is a file: workers are for databases."""
    if isinstance(place, PostgresPlace):
        return place
    raise UsageError(
        f"workers need a journal in Postgres, and {str(place)!r} is a file",
        hint="give --journal postgresql://..., or let 'handfast serve' drive the sessions of a file",
    )


@contextmanager
def waking(place: Place) -> Generator[Wake]:
    """Yield what wakes sessions. Where no worker drives a session, nothing happens, and nothing is loaded."""
    if not isinstance(place, PostgresPlace):
        yield lambda _: None
        return
    from orchestrator.durable.roster import Roster, queue_of  # noqa: PLC0415 - an extra

    with ExitStack() as stack:
        roster = Roster(place)
        stack.callback(roster.close)
        queues: list[BurstQueue] = []

        def queue() -> BurstQueue:
            if not queues:
                from orchestrator.durable.dbos_queue import DbosQueue  # noqa: PLC0415 - slow to load, and only for workers

                made = DbosQueue(place)
                stack.callback(made.close)
                queues.append(made)
            return queues[0]

        def wake(session: Session) -> None:
            if found := roster.find(session.id):
                queue().enqueue(Burst(session=session.id, epoch=session.seq), queue_of(*found))

        yield wake


@contextmanager
def handing_over(place: Place, wake: Wake) -> Generator[Handover]:
    """Yield what gives the successor of an agreement to the workers that drove the talk before, and wakes them."""
    if not isinstance(place, PostgresPlace):
        yield Handover()
        return
    from orchestrator.durable.roster import Roster  # noqa: PLC0415 - an extra
    from orchestrator.durable.version import deciding_version  # noqa: PLC0415 - only for workers

    roster = Roster(place)

    def enrol(old: SessionId, settings: Settings) -> Settings:
        found = roster.find(old)
        if found is None:
            return settings.model_copy(update={"decides": ""})
        roster.enrol(settings.session, found[0], deciding_version())
        # Whoever enrolled it first and died is to be believed: a worker takes it only where both say the same.
        _, version = roster.find(settings.session) or found
        return settings.model_copy(update={"decides": version})

    try:
        yield Handover(
            enrol=lambda old, settings: asyncio.to_thread(enrol, old, settings),
            wake=lambda session: asyncio.to_thread(wake, session),
        )
    finally:
        roster.close()


@contextmanager
def enrolling(place: Place, queue: str) -> Generator[Enrol]:
    """Yield what gives sessions to the workers of a queue."""
    database = database_of(place)
    try:
        from orchestrator.durable.roster import Roster  # noqa: PLC0415 - an extra
        from orchestrator.durable.version import deciding_version  # noqa: PLC0415 - only for workers
    except ImportError as missing:
        raise UsageError("workers need the extra 'postgres'", hint="pip install 'handfast[postgres]'") from missing
    roster = Roster(database)
    version = deciding_version()

    def enrol(settings: Settings) -> Settings:
        roster.enrol(settings.session, queue, version)
        return settings.model_copy(update={"decides": version})

    try:
        yield enrol
    finally:
        roster.close()
