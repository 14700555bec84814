"""How do other processes speak to a server? At a socket for this user alone; a bad client harms nobody but itself."""

from __future__ import annotations

import asyncio
import hmac
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

from orchestrator.errors import OrchestratorError, UsageError
from orchestrator.messages.command import Answered, Command
from orchestrator.runtime.desk import refusal
from orchestrator.runtime.hosting.clients import Clients
from orchestrator.runtime.hosting.wire import LONGEST_LINE, SLOWEST, read_asked, read_line, write_line

__all__ = ["MOST_CLIENTS", "Door", "Handle", "has_sockets"]

MOST_CLIENTS = 200
"""Connections at a time; more are told to come again."""

Handle: TypeAlias = Callable[[Command], Awaitable[Answered]]
"""Handles a command; raises what the desk raises."""


def has_sockets() -> bool:
    """Return whether this system has Unix sockets that asyncio can use."""
    return hasattr(asyncio, "start_unix_server")


class Door:
    """A socket where commands come in and answers go out."""

    __slots__ = ("_clients", "_handle", "_patience", "_server", "refused", "token")

    def __init__(self, handle: Handle, *, token: str = "", patience: float = SLOWEST) -> None:
        self._handle = handle
        self.token = token
        self._patience = patience
        self._server: asyncio.Server | None = None
        self._clients = Clients(self._serve)
        self.refused = 0
        """Lines that were no command, came too slowly or too long."""

    async def open_at(self, socket: Path) -> None:
        """Listen at a path, which only its owner may use from the first moment on."""
        before = os.umask(0o177)
        try:
            self._server = await asyncio.start_unix_server(self._clients.accept, path=socket, limit=LONGEST_LINE)
        finally:
            os.umask(before)

    async def open_on_loopback(self) -> int:
        """Listen at a port of this machine, where every command must show the token; return the port."""
        self._server = await asyncio.start_server(self._clients.accept, host="127.0.0.1", port=0, limit=LONGEST_LINE)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Let nobody in any more, and let those go who are in."""
        await self._clients.dismiss(self._server)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._clients) > MOST_CLIENTS:
            busy = Answered(code=6, says=f"{MOST_CLIENTS} clients are connected already", hint="try again in a moment")
            await write_line(writer, busy, self._patience)
            return
        try:
            while line := await read_line(reader, self._patience):
                await write_line(writer, await self._answered(line), self._patience)
        except UsageError as error:
            self.refused += 1
            await write_line(writer, refusal(error), self._patience)

    async def _answered(self, line: bytes) -> Answered:
        asked = read_asked(line)
        if not hmac.compare_digest(asked.token.encode(), self.token.encode()):
            raise UsageError("the token is wrong", hint="it stands in the note beside the journal")
        try:
            return await self._handle(asked.command)
        except OrchestratorError as error:
            return refusal(error)
        except Exception as error:  # noqa: BLE001 - whoever asked must hear of it, and nobody else must suffer
            return Answered(code=6, says=f"internal error: {type(error).__name__}: {error}")
