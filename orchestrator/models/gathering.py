"""What has a stream said so far? Text up to a bound, how it ended, and what it took."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Callable
from typing import TypeVar

from orchestrator.errors import Malformed
from orchestrator.messages.model import Completion
from orchestrator.messages.reply import Finish
from orchestrator.messages.usage import Usage
from orchestrator.models.bounded import MOST_TEXT

__all__ = ["Gathering", "gather"]

E = TypeVar("E")

_REST = 1.0
"""Seconds that a service has to end its stream after the answer's end."""


class Gathering:
    """The answer of one call as it comes in."""

    __slots__ = ("_pieces", "finish", "length", "over", "refused", "usage")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        self.refused = False
        self.finish: Finish | None = None
        self.usage: Usage | None = None
        self.over = False
        """Whether the service said that nothing more will come."""

    def add(self, piece: object) -> None:
        """Take a piece of text. Raises Malformed where it is none."""
        if piece is None:
            return
        if not isinstance(piece, str):
            raise Malformed("a piece of the answer is no text", status=200, charged=True)
        self._pieces.append(piece[: MOST_TEXT - self.length])
        self.length += len(self._pieces[-1])

    @property
    def full(self) -> bool:
        """Return whether there is more than a draft may have: the rest is not read."""
        return self.length >= MOST_TEXT

    def completion(self) -> Completion:
        """Return the answer. Raises Malformed where the stream ended before the model said that it had finished."""
        text = "".join(self._pieces)
        if self.refused:
            return Completion(text=text, usage=self.usage, finish="refused")
        if self.full:
            return Completion(text=text, usage=self.usage)
        if self.finish is None:
            raise Malformed("the answer stopped before its end", status=200, charged=True)
        finish = "empty" if self.finish == "stop" and not text.strip() else self.finish
        return Completion(text=text, usage=self.usage, finish=finish)


async def gather(stream: AsyncIterable[E], take: Callable[[Gathering, E], None]) -> Gathering:
    """Return what a stream said, each event taken in, up to its end or to more text than a draft may have.

    The few bytes behind the end are read too: a connection that is left before them cannot be used again.
    """
    gathering = Gathering()
    async for event in stream:
        take(gathering, event)
        if gathering.over or gathering.full:
            break
    if gathering.over:
        await _read_out(stream)
    return gathering


async def _read_out(stream: AsyncIterable[object]) -> None:
    try:
        async with asyncio.timeout(_REST):
            async for _ in stream:
                pass
    except Exception:  # noqa: BLE001, S110 - the answer is whole, whatever becomes of its connection
        pass
