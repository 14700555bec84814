"""How do many sessions run in one process? Each as a burst; one that waits is a row, woken by a command or by its time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from orchestrator.engine import Session
from orchestrator.errors import ChainBroken, Drift, JournalError, OrchestratorError, ProviderError, SeatLeft
from orchestrator.messages.command import Answered, Cancel, Command, Submit, Watch
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import SessionId
from orchestrator.runtime.burst import Admit, Means, burst, is_drivable
from orchestrator.runtime.desk import Desk, handle
from orchestrator.runtime.driver import interrupt
from orchestrator.runtime.hosting.duties import DEADLINES, Duties
from orchestrator.runtime.hosting.entrance import Entrance
from orchestrator.runtime.hosting.lanes import Lane, Lanes
from orchestrator.runtime.hosting.limits import Limits
from orchestrator.runtime.hosting.scan import scan
from orchestrator.runtime.hosting.setbacks import Setbacks
from orchestrator.runtime.hosting.steady import Outage, Prompt, Steady
from orchestrator.runtime.hosting.tally import Tally
from orchestrator.runtime.hosting.timers import Timers
from orchestrator.runtime.record import entries_of, session_of

__all__ = ["BY_SERVER", "Host"]

BY_SERVER = "its server was stopped"
"""Why a session was interrupted that goes on when a server is started again."""

_SCANNED = 64
"""Sessions that are looked at before others get a turn of the loop."""


class Host:
    """Drives the sessions of one journal. Made, used and stopped within one event loop."""

    def __init__(
        self,
        desk: Desk,
        means: Means,
        *,
        at_once: int = 100,
        limits: Limits | None = None,
        duties: Duties = DEADLINES,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.tally = Tally()
        self.limits = limits or Limits()
        self._entrance = Entrance(self.limits.admit)
        self.at_once = at_once
        self._means = means
        self._duties = duties
        self._say = say
        self._lanes = Lanes()
        self._outage = Outage(say)
        watchers = (self.tally.note,)
        self._journal = Steady(desk.journal, watchers, outage=self._outage)
        self._desk = replace(desk, journal=Prompt(desk.journal, watchers), turn=self._lanes.turn, clock=means.clock)
        self._ready: dict[SessionId, None] = {}
        self._running: dict[SessionId, asyncio.Task[None]] = {}
        self._setbacks = Setbacks()
        self._timed: set[SessionId] = set()
        self.timers = Timers(means.clock, self._ring)
        """Those of parked sessions, and of those that are tried again."""
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False

    async def start(self) -> None:
        """Read the journal: go on with what was under way, and wait for the times at which others are due."""
        await self._duties.begin(self._desk.journal)
        for number, found in enumerate(scan(self._desk.journal, self._duties.due)):
            if isinstance(found, ChainBroken):
                self._say(f"left alone: {found.message}")
            elif found.at is None:
                self._wake(found.session)
            else:
                self.timers.set(found.session, found.at)
            if number % _SCANNED == 0:
                await asyncio.sleep(0)

    async def submit(self, settings: Settings) -> SessionId:
        """Open a session and return its id; it runs as soon as there is room for it."""
        await self.handle(Submit(settings=settings))
        return settings.session

    async def handle(self, command: Command) -> Answered:
        """Handle a command. Raises what the desk raises."""
        if isinstance(command, Watch):
            return self.status()
        if isinstance(command, Cancel):
            self._lanes.hurry(command.session)
        heard: list[Session] = []

        def heed(session: Session) -> None:
            self._heed(session)
            heard.append(session)

        answered = await handle(command, self._desk, heed)
        for session in heard:
            await self._follow(session)
        return answered

    def status(self) -> Answered:
        """Say what is done now, with the ids of the sessions that run or wait for room."""
        running, ready = list(self._running), list(self._ready)
        return Answered(
            says=f"{len(running)} run, {len(ready)} are ready, {len(self.timers)} have a time to be woken.",
            data={"running": [*running], "ready": [*ready], "timers": len(self.timers), "stuck": len(self._outage.waiting)},
        )

    def figures(self) -> dict[str, int]:
        """Return what there is now, by name."""
        return {
            "running": len(self._running),
            "ready": len(self._ready),
            "timers": len(self.timers),
            "waiting_for_disk": len(self._outage.waiting),
            "set_back": len(self._setbacks),
        }

    async def join(self) -> None:
        """Return when no session runs or is ready to: all are over, parked, or set back."""
        await self._idle.wait()

    async def stop(self, grace: float) -> int:
        """Let each session finish the effect at hand, and put on record that it was interrupted; return how many.

        What is not done after `grace` seconds is broken off, on record too.
        """
        self._stopping = True
        self._ready.clear()
        self.timers.close()
        self.limits.close()
        running = list(self._running.values())
        if running:
            _, late = await asyncio.wait(running, timeout=grace)
            self._outage.over.set()
            for task in late:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        self._outage.over.set()
        return len(running)

    def _heed(self, session: Session) -> None:
        """Take note of how a session stands: it is driven on, woken later, or left to its row."""
        if is_drivable(session):
            self._wake(session.id)
        else:
            self._setbacks.forget(session.id)
            self.timers.set(session.id, self._due(session))
            before = session.settings.supersedes
            if before is not None and session.status == "no_agreement" and self._desk.journal.rows(before):
                self._ring(before)

    async def _follow(self, session: Session) -> None:
        """Let others hear that a session is over, and drive what they open because of it."""
        if session.phase == "over":
            for successor in await self._duties.follow(session, self._desk.journal):
                self._wake(successor)

    def _due(self, session: Session) -> datetime | None:
        """Return when a session is due; an agreement whose date has come waits for the talk that reopens it."""
        due = self._duties.due(session)
        return None if due is None or (session.phase == "over" and due <= self._means.clock()) else due

    def _ring(self, session: SessionId) -> None:
        self._timed.add(session)
        self._wake(session)

    def _wake(self, session: SessionId) -> None:
        if not self._stopping and session not in self._running:
            self._ready[session] = None
            self._fill()

    def _fill(self) -> None:
        while self._ready and len(self._running) < self.at_once and not self._stopping:
            session = next(iter(self._ready))
            del self._ready[session]
            self._running[session] = asyncio.create_task(self._run(session))
        if self._ready or self._running:
            self._idle.clear()
        else:
            self._idle.set()

    async def _run(self, session: SessionId) -> None:
        after: Session | None = None
        try:
            async with self._lanes.turn(session) as lane, self._entrance.passed() as admit:
                after = await self._driven(session, lane, admit)
        except ProviderError as error:
            self._later(session, error)
        except SeatLeft:
            pass
        except (ChainBroken, Drift) as error:
            self._leave(session, error.message)
        except JournalError as error:
            if not self._stopping:
                self._later(session, error)
        except OrchestratorError as error:
            self._leave(session, error.message)
        except Exception as error:  # noqa: BLE001 - one session that fails must not take the others with it
            self._leave(session, f"{type(error).__name__}: {error}")
        finally:
            del self._running[session]
            if after is not None:
                self._setbacks.forget(session)
                self._heed(after)
            self._fill()

    async def _driven(self, session: SessionId, lane: Lane, admit: Admit) -> Session | None:
        if session in self._timed:
            self._timed.discard(session)
            await self._elapse(session)
        lane.under_way = driving = asyncio.create_task(
            burst(
                session,
                self._journal,
                self._means,
                called=lambda: lane.is_wanted or self._stopping,
                admit=admit,
                stopped=BY_SERVER,
            )
        )
        try:
            after = await driving
        except asyncio.CancelledError:
            if not lane.hurried or self._stopping:
                raise
            lane.hurried = False
            return session_of(entries_of(self._journal, session))
        finally:
            lane.under_way = None
        if self._stopping and is_drivable(after):
            rules = self._means.rules_for(after.settings.negotiation)
            await interrupt(session, rules, self._journal, self._means.clock, BY_SERVER, tries=())
        await self._follow(after)
        return after

    async def _elapse(self, session: SessionId) -> None:
        """Tell a session that its time has come, where it has."""
        state = session_of(entries_of(self._journal, session))
        now = self._means.clock()
        due = self._duties.due(state)
        if due is not None and due <= now:
            rules = self._means.rules_for(state.settings.negotiation)
            after = await self._duties.elapse(state, now, rules, self._journal)
            for reopened in after.aftermath.reopened[len(state.aftermath.reopened) :]:
                self._wake(reopened.successor)

    def _later(self, session: SessionId, error: OrchestratorError) -> None:
        """Try a session again later: what stopped it is on record, and may pass."""
        wait = self._setbacks.wait(session)
        self._say(f"session {session}: {error.message}; tried again in {wait.total_seconds():.0f} s")
        if not self._stopping:
            self.timers.set(session, self._means.clock() + wait)

    def _leave(self, session: SessionId, why: str) -> None:
        """Leave a session as its record is: trying it again would fail again."""
        self.tally.left += 1
        self._setbacks.forget(session)
        self._say(f"session {session}: {why}; it is left as it is")
