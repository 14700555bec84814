"""How many sessions are read in at a time? A few, so that models are called for the first while others are still read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager

from orchestrator.runtime.burst import Admit

__all__ = ["Entrance"]

_WIDTH = 32
"""Sessions: they share the commits of what a killed driver left to be put on record."""


class Entrance:
    """Where sessions wait that a process is to drive, until those before them have called their model, or need none."""

    __slots__ = ("_admit", "_room")

    def __init__(self, admit: Admit, width: int = _WIDTH) -> None:
        self._admit = admit
        self._room = asyncio.Semaphore(width)

    @asynccontextmanager
    async def passed(self) -> AsyncGenerator[Admit]:
        """Wait for room, and yield what admits the calls of a session: its first gives the room to the next one."""
        await self._room.acquire()
        with ExitStack() as inside:
            inside.callback(self._room.release)

            @asynccontextmanager
            async def admit(provider: str) -> AsyncGenerator[None]:
                inside.close()
                async with self._admit(provider):
                    yield

            yield admit
