"""Where are entries kept, and who is told of them? The ports of storage and of the bus."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from orchestrator.messages.entry import Entry, Row
from orchestrator.messages.move import Move
from orchestrator.messages.value import SessionId

__all__ = ["Delivery", "Journal", "Mends", "OrderedBus", "SessionState", "Summary"]

SessionState: TypeAlias = Literal["agreed", "no_agreement", "stopped", "waiting", "interrupted", "unfinished"]
"""`waiting` for an approver; `unfinished` where it runs now, or its driver died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One session of a journal, as a list of sessions shows it."""

    id: SessionId
    name: str
    """Of the negotiation."""
    opened: str
    """ISO time of the first entry."""
    at: str
    """ISO time of the last entry."""
    entries: int
    state: SessionState
    due: str = ""
    """Of one that waits: the first ISO time that its deadlines name since it was settled. What it has still to be asked
    about may be due later: its own entries say it exactly."""
    waits_for: tuple[str, ...] = ()
    """Of one that waits: whom its gates name, in words, or the person who must look at it; empty where that is not told."""


class Journal(Protocol):
    """Keep entries, each exactly once, in an unbroken chain for each session."""

    async def append(self, entry: Entry) -> None:
        """Return when the entry is durable; cancelled, finish first.

        Raises Conflict where its place is taken, Overdrawn where a shared pot has too little left (nothing is written
        then), Unwritable where it cannot be kept.
        """
        ...

    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        """Return the stored rows of a session with a place above `after`, in order, exactly as they are stored."""
        ...

    def summaries(self) -> tuple[Summary, ...]:
        """Return all sessions, newest first; chains whose id begins with `~` are none, and are left out."""
        ...

    async def close(self) -> None:
        """Finish what was begun and let go of the file."""
        ...


@runtime_checkable
class Mends(Protocol):
    """A journal that, once it failed, keeps nothing more until it is told to try again."""

    def mend(self) -> None:
        """Try again from the next entry on; to be called by who tries the very entry again that was not kept."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An admitted move on its way; the id is the same when it is delivered again after a crash."""

    id: str
    """`SESSION:SEQ`, from the entry that holds the move."""
    seq: int
    move: Move


class OrderedBus(Protocol):
    """Deliver every admitted move of a session once, in order, to everyone who listens."""

    def tell(self, entry: Entry) -> None:
        """Take note of a durable entry. Never waits, whoever listens slowly."""
        ...

    def listen(self, session: SessionId, after: int = -1) -> AsyncIterator[Delivery]:
        """Return the moves of entries above `after`, from the log and then as they come, until the session is over."""
        ...
