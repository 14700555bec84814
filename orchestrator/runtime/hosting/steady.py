"""What becomes of an entry when the disk is full? Its session waits, and the same entry is tried again until it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from orchestrator.errors import Conflict, Unwritable
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Mends
from orchestrator.runtime.driver import Announced

__all__ = ["Outage", "Prompt", "Steady"]

_FIRST_WAIT = 0.5
_LONGEST_WAIT = 15.0


@dataclass(slots=True)
class Outage:
    """Whether the journal can be written to now; shared by all sessions, so that each outage is told once."""

    say: Callable[[str], None]
    waiting: set[str] = field(default_factory=set[str])
    """Sessions whose entry could not be kept."""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when nothing is tried any more."""

    def begins(self, session: str, error: Unwritable) -> None:
        """Take note that a session waits, and say so where it is the first."""
        if not self.waiting:
            self.say(f"{error.message}; sessions wait, and go on when it can be written to again")
        self.waiting.add(session)

    def ends(self, session: str) -> None:
        """Take note that a session's entry was kept, and say so where it was the last."""
        self.waiting.discard(session)
        if not self.waiting:
            self.say("the journal can be written to again; all sessions go on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steady(Announced):
    """A journal that tries an entry again until it is kept, so that no finished call is lost with it."""

    outage: Outage

    async def append(self, entry: Entry) -> None:
        """Return when the entry is durable. Raises Unwritable only when nothing is tried any more."""
        wait = _FIRST_WAIT
        while True:
            try:
                await self._kept(entry, again=entry.session in self.outage.waiting)
            except Unwritable as error:
                if self.outage.over.is_set():
                    self.outage.waiting.discard(entry.session)
                    raise
                self.outage.begins(entry.session, error)
                await _until(self.outage.over, wait)
                wait = min(2 * wait, _LONGEST_WAIT)
            else:
                if entry.session in self.outage.waiting:
                    self.outage.ends(entry.session)
                return

    async def _kept(self, entry: Entry, *, again: bool) -> None:
        if again and isinstance(self.journal, Mends):
            self.journal.mend()
        try:
            await Announced.append(self, entry)
        except Conflict:
            # What failed to be confirmed may have been kept all the same.
            stored = self.journal.rows(entry.session, entry.seq - 1)
            if not again or not stored or stored[0].digest != entry.digest:
                raise
            for watcher in self.watchers:
                watcher(entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt(Announced):
    """A journal for those who would rather be told at once: what cannot be kept is given up, and the next is tried anew."""

    async def append(self, entry: Entry) -> None:
        """Return when the entry is durable. Raises Unwritable where it is not kept."""
        try:
            await Announced.append(self, entry)
        except Unwritable:
            if isinstance(self.journal, Mends):
                self.journal.mend()
            raise


async def _until(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
