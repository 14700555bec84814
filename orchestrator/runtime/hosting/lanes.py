"""Who may write to a session now? One at a time, in the order in which they came; who drives it sees that others wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from orchestrator.messages.value import SessionId

__all__ = ["Lane", "Lanes"]


class Lane:
    """The turn of a session, for as long as anybody has it or waits for it."""

    __slots__ = ("hurried", "lock", "under_way", "users")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.users = 0
        self.under_way: asyncio.Task[object] | None = None
        """What drives the session."""
        self.hurried = False

    @property
    def is_wanted(self) -> bool:
        """Return whether somebody waits behind the one who has the turn."""
        return self.users > 1

    def hurry(self) -> None:
        """Break off what drives the session, in the middle of its effect."""
        if self.under_way is not None:
            self.hurried = True
            self.under_way.cancel()


class Lanes:
    """The turns of all sessions; of those that nobody touches there is nothing here."""

    __slots__ = ("_lanes",)

    def __init__(self) -> None:
        self._lanes: dict[SessionId, Lane] = {}

    def __len__(self) -> int:
        return len(self._lanes)

    @asynccontextmanager
    async def turn(self, session: SessionId) -> AsyncGenerator[Lane]:
        """Wait for the turn of a session and hold it."""
        lane = self._lanes.setdefault(session, Lane())
        lane.users += 1
        try:
            async with lane.lock:
                yield lane
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[session]

    def hurry(self, session: SessionId) -> None:
        """Break off what drives a session, if anything does."""
        lane = self._lanes.get(session)
        if lane is not None:
            lane.hurry()
