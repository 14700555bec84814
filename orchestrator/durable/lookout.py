"""What do live workers do for each other? They look for the dead, for sessions whose time has come, and for what was forgotten.

All of them look; none is the chief. What two of them find at once has one id, and is queued once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from orchestrator.durable.roster import Enrolled, Roster
from orchestrator.errors import JournalError
from orchestrator.messages.burst import BurstQueue

__all__ = ["LOOK_SECONDS", "Lookout"]

LOOK_SECONDS = 2.0

_FORGOTTEN_SECONDS = 15.0
"""An append is followed by its enqueue at once; one that waits for so long has lost its writer."""

_KEPT = timedelta(days=3)
"""Finished bursts are kept for so long, for whoever looks into the tables of the queue."""

_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Lookout:
    """One worker's eyes on the work of all."""

    worker: str
    queue: BurstQueue
    roster: Roster
    say: Callable[[str], None]
    forgotten_seconds: float = _FORGOTTEN_SECONDS
    _remembered: float = field(default=0.0, init=False, repr=False)

    def look(self) -> None:
        """Look once. What cannot be reached now is looked for the next time."""
        try:
            self._adopt()
            self._wake(self.roster.due())
            if time.monotonic() - self._remembered >= self.forgotten_seconds:
                self._remembered = time.monotonic()
                self._remember()
                self.queue.forget(datetime.now(UTC) - _KEPT)
        except JournalError as error:
            _LOGGER.info("looked in vain: %s", error.message)

    def _adopt(self) -> None:
        """Queue again what dead workers had begun."""
        others = {flying.worker for flying in self.queue.flying()} - {None, self.worker}
        for worker in sorted(name for name in others if name):
            with self.roster.dead(worker) as is_dead:
                if is_dead:
                    self.queue.adopt(worker)
            if is_dead:
                self.say(f"worker {worker!r} is gone: what it had begun is queued again")

    def _remember(self) -> None:
        """Queue sessions that somebody moved on without telling the queue: a killed command, or a killed server."""
        forgotten = self.roster.neglected(self.forgotten_seconds)
        if forgotten:
            flying = {flying.session for flying in self.queue.flying()}
            self._wake(tuple(enrolled for enrolled in forgotten if enrolled.burst.session not in flying))

    def _wake(self, sessions: tuple[Enrolled, ...]) -> None:
        for enrolled in sessions:
            self.queue.enqueue(enrolled.burst, enrolled.queue)
