"""When may a model be called? When its provider has room and its turn has come; waiting takes no time of a session."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType

__all__ = ["NO_LIMITS", "Limits"]

NO_LIMITS: Mapping[str, float] = MappingProxyType({})


class Limits:
    """How many calls a provider takes at once, and how many a second; providers that are not named take any."""

    __slots__ = ("_closed", "_next", "_per_second", "_rooms", "calls")

    def __init__(self, at_once: Mapping[str, int] | None = None, per_second: Mapping[str, float] = NO_LIMITS) -> None:
        self._rooms = {provider: asyncio.Semaphore(most) for provider, most in (at_once or {}).items()}
        self._per_second = dict(per_second)
        self._next: dict[str, float] = {}
        self._closed = asyncio.Event()
        self.calls: dict[str, int] = {}
        """Calls that were let through, by provider."""

    @asynccontextmanager
    async def admit(self, provider: str) -> AsyncGenerator[None]:
        """Wait until a call may be made, and count it as under way until the block is left."""
        room = self._rooms.get(provider)
        if room is None:
            await self._turn(provider)
            yield
            return
        async with room:
            await self._turn(provider)
            yield

    def close(self) -> None:
        """Let everybody who waits for a turn go at once: nothing is called any more."""
        self._closed.set()

    async def _turn(self, provider: str) -> None:
        rate = self._per_second.get(provider)
        if rate is not None:
            now = asyncio.get_running_loop().time()
            turn = max(now, self._next.get(provider, now))
            self._next[provider] = turn + 1.0 / rate
            await self._until(turn - now)
        self.calls[provider] = self.calls.get(provider, 0) + 1

    async def _until(self, seconds: float) -> None:
        if seconds <= 0:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._closed.wait()
        except TimeoutError:
            return
