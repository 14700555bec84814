"""How does DBOS hand out bursts? The one module that knows it; another engine would take this module's place.

A burst is a workflow without steps: its journal is its memory, and running it twice is going on where the journal ends.
Its session is its partition, of which one runs at a time. DBOS keeps its tables in a schema of their own and opens no port;
its dashboards, exporters and cloud are never switched on here.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from getpass import getuser
from typing import TypeVar

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from orchestrator.errors import UsageError
from orchestrator.messages.burst import Burst, Flying, Load, RunBurst
from orchestrator.messages.value import SessionId
from orchestrator.storage.postgres_errors import unwritable
from orchestrator.storage.postgres_place import PostgresPlace

__all__ = ["DbosQueue"]

_APPLICATION = "handfast"
_WORKFLOW = "burst"
_FLYING = ["ENQUEUED", "PENDING"]

_ATTEMPTS = 20
"""Starts of one burst whose workers all died of it: then it is left alone, and its session shows what it did last."""

_BATCH = 1000
_POOL = 6
_POLL_SECONDS = 0.1

_CONNECTING = {
    "application_name": "handfast bursts",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}

T = TypeVar("T")


class DbosQueue:
    """Bursts as workflows of DBOS on the server of the journal."""

    def __init__(self, place: PostgresPlace, worker: str = "", *, poll_seconds: float = _POLL_SECONDS) -> None:
        self._place = place
        self._address = _address_of(place)
        self._schema = f"{place.schema}_bursts"
        self._worker = worker
        self._poll_seconds = poll_seconds
        self._client: DBOSClient | None = None

    def enqueue(self, burst: Burst, queue: str) -> None:
        """Ask for a burst; asked for before, nothing changes. Raises Unwritable where the server cannot be reached."""
        options = EnqueueOptions(
            workflow_name=_WORKFLOW,
            queue_name=queue,
            workflow_id=burst.id,
            queue_partition_key=burst.session,
            app_version=_APPLICATION,
        )
        due = None if burst.due is None else burst.due.isoformat()

        def ask(client: DBOSClient) -> None:
            client.enqueue(options, burst.session, burst.epoch, due)  # pyright: ignore[reportUnknownMemberType] - of any result

        self._ask(ask)

    def flying(self) -> tuple[Flying, ...]:
        """Return all bursts that are queued or run. Raises Unwritable where the server cannot be reached."""
        found = self._ask(
            lambda client: client.list_workflows(status=_FLYING, name=_WORKFLOW, load_input=False, load_output=False)
        )
        return tuple(
            Flying(
                session=SessionId(state.queue_partition_key or ""),
                worker=state.executor_id if state.status == "PENDING" else None,
            )
            for state in found
        )

    def adopt(self, worker: str) -> None:
        """Queue again what a dead worker had begun."""
        # What a recovery service asks of an executor; the public calls forget how often a burst was begun.
        DBOS._recover_pending_workflows([worker])  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]

    def forget(self, before: datetime) -> int:
        """Remove bursts that were finished before that, so that their tables stay small; return how many."""

        def forgotten(client: DBOSClient) -> int:
            found = client.list_workflows(
                status=["SUCCESS"],
                name=_WORKFLOW,
                completed_before=before.isoformat(),
                limit=_BATCH,
                load_input=False,
                load_output=False,
            )
            if found:
                client.delete_workflows([state.workflow_id for state in found])
            return len(found)

        return self._ask(forgotten)

    @asynccontextmanager
    async def working(self, run: RunBurst, queues: tuple[str, ...], load: Load) -> AsyncGenerator[None]:
        """Take bursts from these queues and run them in this loop, until the context is left."""
        _check_environment()
        _listen_to_logs()

        @DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=_ATTEMPTS)
        async def burst(session: str, epoch: int, due: str | None) -> None:
            await run(Burst(session=SessionId(session), epoch=epoch, due=datetime.fromisoformat(due) if due else None))

        assert burst  # DBOS finds it by its name
        DBOS(config=self._config())
        DBOS.listen_queues(queues)
        try:
            # In this thread, so that DBOS runs its workflows in this thread's loop.
            self._translated(DBOS.launch)
            for queue in queues:
                # Not its async twin, which gives the loop a pool of threads that ends with DBOS.
                await asyncio.to_thread(
                    DBOS.register_queue,
                    queue,
                    worker_concurrency=load.each if load.in_all is None else min(load.each, load.in_all),
                    global_concurrency=load.in_all,
                    partition_concurrency=1,
                    polling_interval_sec=self._poll_seconds,
                    on_conflict="always_update",
                )
            yield
        finally:
            await asyncio.to_thread(DBOS.destroy, destroy_registry=True)

    def close(self) -> None:
        """Let go of the server."""
        if self._client is not None:
            self._client.destroy()
        self._client = None

    def _config(self) -> DBOSConfig:
        return {
            "name": _APPLICATION,
            "system_database_url": self._address,
            "db_engine_kwargs": {"connect_args": _CONNECTING},
            "dbos_system_schema": self._schema,
            "executor_id": self._worker,
            "application_version": _APPLICATION,
            "sys_db_pool_size": _POOL,
            "log_level": "WARNING",
            "enable_otlp": False,
        }

    def _ask(self, question: Callable[[DBOSClient], T]) -> T:
        return self._translated(lambda: question(self._connected()))

    def _translated(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except DBAPIError as error:
            raise unwritable(self._place, error.orig if isinstance(error.orig, Exception) else error) from error

    def _connected(self) -> DBOSClient:
        if self._client is None:
            _listen_to_logs()
            DBOS.migrate(self._address, schema=self._schema)
            self._client = DBOSClient(
                system_database_url=self._address,
                dbos_system_schema=self._schema,
                application_name=_APPLICATION,
                system_database_pool_size=2,
                retry_connection_errors=False,
            )
        return self._client


def _address_of(place: PostgresPlace) -> str:
    """Return the address with the name of the database, which is that of the user where none is given."""
    url = make_url(place.address)
    return url.set(database=url.database or url.username or getuser()).render_as_string(hide_password=False)


def _check_environment() -> None:
    if os.environ.get("DBOS__CLOUD") == "true":
        raise UsageError("DBOS__CLOUD is set: it would send what workers do elsewhere", hint="unset it for handfast's workers")


def _listen_to_logs() -> None:
    """Let what DBOS logs go where other warnings of the process go, and its advice nowhere."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        # With a handler of ours DBOS adds none that writes to the console.
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
    logger.setLevel(logging.WARNING)
