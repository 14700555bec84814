"""When is who woken? At most an id and a time for each session that waits for one, and one timer for them all."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable
from datetime import datetime

from orchestrator.messages.value import SessionId
from orchestrator.runtime.perform import Clock

__all__ = ["LONGEST_SLEEP", "Timers"]

LONGEST_SLEEP = 30.0
"""Seconds after which the clock is looked at again, whatever was done to it meanwhile."""


class Timers:
    """Calls back with each session whose time has come; a session has one time, the one that was set last."""

    __slots__ = ("_clock", "_due", "_fire", "_handle", "_heap")

    def __init__(self, clock: Clock, fire: Callable[[SessionId], None]) -> None:
        self._clock = clock
        self._fire = fire
        self._due: dict[SessionId, datetime] = {}
        self._heap: list[tuple[datetime, SessionId]] = []
        self._handle: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._due)

    def due(self, session: SessionId) -> datetime | None:
        """Return when a session is woken; None where it is not."""
        return self._due.get(session)

    def set(self, session: SessionId, due: datetime | None) -> None:
        """Wake a session then, and not when it was to be woken before; None wakes it never."""
        if due == self._due.get(session):
            return
        if due is None:
            del self._due[session]
            self._tidy()
            return
        self._due[session] = due
        heapq.heappush(self._heap, (due, session))
        self._arm()

    def close(self) -> None:
        """Wake nobody any more."""
        self._due.clear()
        self._heap.clear()
        if self._handle is not None:
            self._handle.cancel()

    def ring(self) -> None:
        """Call back with all whose time has come; the timer does so by itself."""
        now = self._clock()
        self._tidy()
        while self._heap and self._heap[0][0] <= now:
            _, session = heapq.heappop(self._heap)
            del self._due[session]
            self._fire(session)
            self._tidy()
        self._arm()

    def _tidy(self) -> None:
        """Drop what was set anew or unset from the heap's top, and all of it where that has become the most."""
        while self._heap and self._due.get(self._heap[0][1]) != self._heap[0][0]:
            heapq.heappop(self._heap)
        if len(self._heap) > 2 * len(self._due) + 64:
            self._heap = [(due, session) for session, due in self._due.items()]
            heapq.heapify(self._heap)

    def _arm(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        self._tidy()
        if self._heap:
            wait = (self._heap[0][0] - self._clock()).total_seconds()
            delay = min(max(wait, 0.0), LONGEST_SLEEP)
            self._handle = asyncio.get_running_loop().call_later(delay, self.ring)
