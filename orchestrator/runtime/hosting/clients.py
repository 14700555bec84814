"""Who is connected? Each client is served in a task of its own, and harms nobody but itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeAlias

__all__ = ["Clients", "Serve"]

Serve: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""Serves one client until it leaves. OSError, TimeoutError and an incomplete read end that client alone."""


class Clients:
    """The clients of a listening server."""

    __slots__ = ("_serve", "_tasks")

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """Return how many are connected now."""
        return len(self._tasks)

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client to its end, as asyncio's servers call it."""
        client = asyncio.current_task()
        if client is None:
            return
        self._tasks.add(client)
        try:
            await self._serve(reader, writer)
        except (OSError, TimeoutError, asyncio.CancelledError, asyncio.IncompleteReadError):
            # The client is gone, too slow, or reads nothing, or the server stops: there is nobody to tell.
            writer.transport.abort()
        finally:
            self._tasks.discard(client)
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def dismiss(self, server: asyncio.Server | None) -> None:
        """Let nobody in any more, and let those go who are in."""
        if server is None:
            return
        server.close()
        for client in self._tasks:
            client.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await server.wait_closed()
