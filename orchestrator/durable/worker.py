"""What does a worker do? It holds its name, takes bursts and drives them, looks after the others, and stops in good order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from orchestrator.durable.lookout import LOOK_SECONDS, Lookout
from orchestrator.durable.roster import Roster
from orchestrator.errors import Conflict, OrchestratorError, Unwritable
from orchestrator.messages.burst import Burst, BurstQueue, Load, Rested

__all__ = ["Drive", "Worker"]

Drive: TypeAlias = Callable[[Burst, Callable[[], bool]], Awaitable[Rested | None]]
"""Drives a session until it must wait, or until it is asked to stop: then it returns None, and the burst is given back.

Raises Conflict where somebody else drives it, Unwritable where the journal cannot be reached, ProviderError where a model
cannot be, and other errors where it cannot be driven here at all.
"""

_SLOWEST_SECONDS = 10.0


@dataclass(kw_only=True)
class Worker:
    """One process of those that drive the sessions of a journal on Postgres."""

    name: str
    queue: BurstQueue
    roster: Roster
    drive: Drive
    say: Callable[[str], None]
    grace: float = 30.0
    """Seconds that calls under way have to come back when the worker stops."""
    look_seconds: float = LOOK_SECONDS
    forgotten_seconds: float | None = None
    finished: int = 0
    """Bursts that ended here."""
    stuck: int = 0
    """Bursts that wait for the journal."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _running: dict[str, asyncio.Task[object]] = field(default_factory=dict, repr=False)

    async def work(self, queues: tuple[str, ...], load: Load) -> None:
        """Work until `stopping` is set; then finish or give back what was begun."""
        async with self.queue.working(self._run, queues, load), self._looking():
            await self.stopping.wait()
            await self._wind_down()

    @property
    def running(self) -> int:
        """Return how many bursts run now."""
        return len(self._running)

    async def _run(self, burst: Burst) -> None:
        """Run a burst that the queue handed out. Cancelled where it is given back."""
        task = asyncio.current_task()
        assert task is not None
        self._running[burst.id] = task
        try:
            if self.stopping.is_set():
                # Held until the end, so that this worker takes no more than it would have run.
                await asyncio.Event().wait()
            await self._drive(burst)
            self.finished += 1
        finally:
            del self._running[burst.id]

    async def _drive(self, burst: Burst) -> None:
        pause = 0.5
        while not await self._driven(burst):
            self.stuck += 1
            try:
                await self._pause(pause)
            finally:
                self.stuck -= 1
            pause = min(pause * 2, _SLOWEST_SECONDS)

    async def _driven(self, burst: Burst) -> bool:
        """Return whether the burst is done with: not while the journal cannot be reached. Cancelled where it is given back."""
        try:
            await self._rest(burst, await self.drive(burst, self.stopping.is_set))
        except Conflict:
            self.say(f"session {burst.session}: another worker drives it; this one lets it go")
        except Unwritable as error:
            self.say(f"session {burst.session}: {error.message}; it goes on when that is well again")
            return False
        except OrchestratorError as error:
            raise self._kept(burst, error.message) from error
        except Exception as error:
            raise self._kept(burst, f"internal error: {type(error).__name__}: {error}") from error
        return True

    async def _rest(self, burst: Burst, rested: Rested | None) -> None:
        if rested is None:
            raise asyncio.CancelledError
        await asyncio.to_thread(self.roster.rest, burst.session, rested)

    def _kept(self, burst: Burst, why: str) -> asyncio.CancelledError:
        """Keep a burst as begun: it is tried again when this worker starts anew, or by others when it is gone."""
        self.say(f"session {burst.session} cannot be driven here: {why}")
        return asyncio.CancelledError()

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), seconds)
        if self.stopping.is_set():
            raise asyncio.CancelledError

    @contextlib.asynccontextmanager
    async def _looking(self) -> AsyncGenerator[None]:
        more = {} if self.forgotten_seconds is None else {"forgotten_seconds": self.forgotten_seconds}
        lookout = Lookout(worker=self.name, queue=self.queue, roster=self.roster, say=self.say, **more)

        async def watch() -> None:
            while not self.stopping.is_set():
                await asyncio.to_thread(lookout.look)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.stopping.wait(), self.look_seconds)

        watching = asyncio.create_task(watch())
        try:
            yield
        finally:
            self.stopping.set()
            await watching

    async def _wind_down(self) -> None:
        """Let calls under way come back; give back the rest."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=self.grace)
        for task in tuple(self._running.values()):
            task.cancel()
        if self._running:
            await asyncio.wait(tuple(self._running.values()))
