"""What has a server done so far? Counts of entries and of endings, and nothing of what anybody said."""

from __future__ import annotations

from collections import Counter

from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Ended, Stopped
from orchestrator.messages.reply import Opening

__all__ = ["Tally"]


class Tally:
    """Counts since the server began."""

    __slots__ = ("endings", "entries", "left", "opened")

    def __init__(self) -> None:
        self.entries: Counter[str] = Counter()
        """By kind of reply."""
        self.endings: Counter[str] = Counter()
        """By status."""
        self.opened = 0
        self.left = 0
        """Sessions that failed in a way that trying again would not mend."""

    def note(self, entry: Entry) -> None:
        """Count an entry that is durable."""
        self.entries[entry.reply.kind] += 1
        self.opened += isinstance(entry.reply, Opening)
        for event in entry.events:
            if isinstance(event, Ended | Stopped):
                self.endings[event.status if isinstance(event, Ended) else "stopped"] += 1
