"""What time is it for a server, whatever somebody does to the clock? Never earlier than it was before."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from orchestrator.runtime.perform import Clock, utc_now

__all__ = ["SteadyClock"]


class SteadyClock:
    """A clock that follows the system's forwards, and goes on by itself where that one is set back."""

    __slots__ = ("_at", "_since", "_ticks", "_wall")

    def __init__(self, wall: Clock = utc_now, ticks: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._ticks = ticks
        self._at = wall()
        self._since = ticks()

    def __call__(self) -> datetime:
        """Return the time in UTC."""
        ticks = self._ticks()
        gone_on = self._at + timedelta(seconds=max(0.0, ticks - self._since))
        self._at, self._since = max(gone_on, self._wall()), ticks
        return self._at
