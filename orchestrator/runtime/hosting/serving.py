"""How does a server live? It opens its doors, goes on with what is on record, and when told to stop leaves all in order."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orchestrator.errors import Unwritable, UsageError
from orchestrator.messages.command import Answered, Command, Watch
from orchestrator.runtime.hosting.doors import Door, Handle, has_sockets
from orchestrator.runtime.hosting.health import Figure, Health, Lookout
from orchestrator.runtime.hosting.host import Host
from orchestrator.runtime.hosting.place import Holder, forget, socket_place, write_holder
from orchestrator.runtime.perform import utc_now

__all__ = ["INTERRUPTED", "Server"]

INTERRUPTED = 130
"""The exit code after a second signal."""

_WHY_NOT = "no socket could be opened"


@dataclass(slots=True, kw_only=True)
class Server:
    """A host with its doors, for one journal that this process holds."""

    journal: Path
    host: Host
    port: int = 0
    """Of health and metrics; 0 for any free one, below 0 for none."""
    grace: float = 10.0
    """Seconds that effects under way may take when the server is stopped."""
    say: Callable[[str], None] = lambda _: None

    async def serve(self) -> int:
        """Run until a signal comes, or this is cancelled; return the exit code."""
        began, started = utc_now(), time.monotonic()
        told = _Told(self.journal)
        door = Door(self._handle(began), token="" if has_sockets() else secrets.token_urlsafe(32))
        lookout = Lookout(lambda: self._health(door, started))
        try:
            await self._open(door, lookout, began)
            with told:
                await self.host.start()
                await told.wait()
            self.say(f"stopping: effects under way have {self.grace:g} s; a second signal ends at once")
        finally:
            with told:
                await door.close()
                stopped = await self.host.stop(self.grace)
                await lookout.close()
                forget(self.journal)
        self.say(f"stopped; {stopped} interrupted, on record" if stopped else "stopped")
        return 0

    async def _open(self, door: Door, lookout: Lookout, began: datetime) -> None:
        forget(self.journal)
        health = await self._watched(lookout)
        try:
            if has_sockets():
                socket = socket_place(self.journal)
                await door.open_at(socket)
                holder = Holder(pid=os.getpid(), since=began, socket=str(socket), health=health)
            else:
                port = await door.open_on_loopback()
                holder = Holder(pid=os.getpid(), since=began, port=port, token=door.token, health=health)
            write_holder(self.journal, holder)
        except OSError as error:
            raise Unwritable(f"{_WHY_NOT}: {_reason(error)}", hint="check that its folder may be written to") from error
        self.say(f"journal {self.journal}, process {holder.pid}, commands at {holder.socket or f'port {holder.port}'}")
        if health:
            self.say(f"health: http://127.0.0.1:{health}/healthz  metrics: http://127.0.0.1:{health}/metrics")

    async def _watched(self, lookout: Lookout) -> int:
        if self.port < 0:
            return 0
        try:
            return await lookout.open(self.port)
        except OSError as error:
            raise UsageError(f"port {self.port} cannot be used: {_reason(error)}", hint="give another --port") from error

    def _handle(self, began: datetime) -> Handle:
        async def handled(command: Command) -> Answered:
            answered = await self.host.handle(command)
            if not isinstance(command, Watch) or not isinstance(answered.data, dict):
                return answered
            who = {"pid": os.getpid(), "since": began.isoformat(timespec="seconds")}
            return answered.model_copy(update={"data": {**who, **answered.data}})

        return handled

    def _health(self, door: Door, started: float) -> Health:
        now = self.host.figures()
        return Health(
            well=now["waiting_for_disk"] == 0,
            facts={"pid": os.getpid(), "seconds": int(time.monotonic() - started), **now},
            figures=(*_figures(self.host), _one("handfast_refused_lines_total", "Lines that were no command.", door.refused)),
        )


class _Told:
    """Waits for a signal to stop. A second one leaves at once: the journal is in order at any instant."""

    def __init__(self, journal: Path) -> None:
        self._journal = journal
        self._event = asyncio.Event()

    def __enter__(self) -> None:
        for number in _signals():
            with suppress(NotImplementedError, RuntimeError):
                asyncio.get_running_loop().add_signal_handler(number, self._ring)

    def __exit__(self, *_: object) -> None:
        for number in _signals():
            with suppress(NotImplementedError, RuntimeError):
                asyncio.get_running_loop().remove_signal_handler(number)

    async def wait(self) -> None:
        """Return when a signal came."""
        await self._event.wait()

    def _ring(self) -> None:
        if self._event.is_set():
            forget(self._journal)
            os._exit(INTERRUPTED)
        self._event.set()


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)


def _signals() -> tuple[signal.Signals, ...]:
    return (signal.SIGINT, signal.SIGTERM)


def _figures(host: Host) -> tuple[Figure, ...]:
    tally, now = host.tally, host.figures()
    return (
        Figure(
            name="handfast_entries_total",
            says="Entries that were appended, by kind of reply.",
            kind="counter",
            values={(("kind", kind),): count for kind, count in sorted(tally.entries.items())},
        ),
        Figure(
            name="handfast_sessions_ended_total",
            says="Sessions that ended, by status.",
            kind="counter",
            values={(("status", status),): count for status, count in sorted(tally.endings.items())},
        ),
        _one("handfast_sessions_opened_total", "Sessions that were opened.", tally.opened),
        _one("handfast_sessions_left_total", "Sessions that failed and are not tried again by this server.", tally.left),
        Figure(
            name="handfast_model_calls_total",
            says="Calls of models, by provider.",
            kind="counter",
            values={(("provider", provider),): count for provider, count in sorted(host.limits.calls.items())},
        ),
        Figure(
            name="handfast_sessions",
            says="Sessions now, by what they do; parked ones are rows and not counted.",
            kind="gauge",
            values={(("state", state),): count for state, count in now.items()},
        ),
    )


def _one(name: str, says: str, value: float) -> Figure:
    return Figure(name=name, says=says, kind="counter", values={(): value})
