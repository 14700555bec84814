"""How is a session driven on many machines? In bursts: all that it does until it must wait. The port of who hands them out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from orchestrator.messages.value import SessionId

__all__ = ["Burst", "BurstQueue", "Flying", "Load", "Rested", "RunBurst"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """All that a session does from one entry on until it must wait."""

    session: SessionId
    epoch: int
    """The place of the entry that it is to write first: it rises with each burst, and doubled enqueues name the same."""
    due: datetime | None = None
    """Where a timer woke it: the time that it was set to."""

    @property
    def id(self) -> str:
        """Return the id by which a burst is handed out once, however many ask for it."""
        return f"{self.session}:{self.epoch}" if self.due is None else f"{self.session}:{self.epoch}@{self.due.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rested:
    """How a burst ended: where its session rests, and what wakes it."""

    seq: int
    """Of the next entry."""
    due: datetime | None = None
    """When it must be woken at the latest; None where only a person or an event wakes it."""
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flying:
    """A burst that is not finished."""

    session: SessionId
    worker: str | None = None
    """Who runs it; None while it is queued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many bursts of a queue may run at a time."""

    each: int
    """At one worker."""
    in_all: int | None = None
    """At all workers together; None for as many as each of them takes."""


RunBurst: TypeAlias = Callable[[Burst], Awaitable[None]]
"""Runs a burst to its end. Cancelled, it is given back: another worker is to run it."""


class BurstQueue(Protocol):
    """Hand each burst to one worker, and the bursts of one session one after another."""

    def enqueue(self, burst: Burst, queue: str) -> None:
        """Ask for a burst. One that was asked for before, finished or not, is not asked for again."""
        ...

    def flying(self) -> tuple[Flying, ...]:
        """Return all bursts that are queued or run."""
        ...

    def adopt(self, worker: str) -> None:
        """Queue again what a worker had begun. Whoever calls this knows that it is dead."""
        ...

    def forget(self, before: datetime) -> int:
        """Remove some of the bursts that were finished before that, and return how many."""
        ...

    def working(self, run: RunBurst, queues: tuple[str, ...], load: Load) -> AbstractAsyncContextManager[None]:
        """Take bursts from these queues and run them, until the context is left."""
        ...
