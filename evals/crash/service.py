"""Which calls were made, and which were answered? A model service on this machine that counts by talk and by prompt."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from evals.bench.service import streamed
from evals.crash.talk import draft_for, read_state

__all__ = ["Call", "Service"]

_TALK = re.compile(r"in talk (\d+)")
_LONGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Call:
    """One question of one talk."""

    talk: int
    prompt: str
    """Digest of all that was asked."""


@dataclass(slots=True)
class Service:
    """Answers chat completions after a delay, and keeps count."""

    delay: float
    asked: Counter[Call] = field(default_factory=Counter[Call])
    under_way: int = 0
    """Calls that were asked and not answered yet."""
    port: int = 0

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[str]:
        """Serve on loopback; yield the address that models are given."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_LONGEST)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield f"http://127.0.0.1:{self.port}/v1"
        finally:
            server.close()

    def asked_in(self, talk: int) -> int:
        """Return how many calls were made in a talk."""
        return sum(count for call, count in self.asked.items() if call.talk == talk)

    @property
    def repeats(self) -> int:
        """Return how many calls were made that had been made before, word by word."""
        return sum(count - 1 for count in self.asked.values())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").lower().split("\r\n")
                length = next((int(line.partition(":")[2]) for line in lines if line.startswith("content-length:")), 0)
                await self._answer(await reader.readexactly(length), writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, body: bytes, writer: asyncio.StreamWriter) -> None:
        messages = json.loads(body)["messages"]
        prompt = "\n".join(str(message["content"]) for message in messages)
        talk = _TALK.search(prompt)
        self.asked[Call(int(talk[1]) if talk else -1, hashlib.sha256(prompt.encode()).hexdigest())] += 1
        self.under_way += 1
        try:
            await asyncio.sleep(self.delay)
            writer.write(streamed(draft_for(read_state(prompt))))
            await writer.drain()
        finally:
            self.under_way -= 1
