"""What is a journal at its least? One that passes everything on to another, and knows of sessions alone."""

from __future__ import annotations

from orchestrator.messages.entry import Entry, Row
from orchestrator.messages.journal import Journal, Summary
from orchestrator.messages.value import SessionId

__all__ = ["PassingJournal"]


class PassingJournal:
    """A journal over another; what is to go wrong is written by whoever derives from it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def append(self, entry: Entry) -> None:
        """Append to the other."""
        await self._journal.append(entry)

    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        """Return the other's rows of a session."""
        return self._journal.rows(session, after)

    def summaries(self) -> tuple[Summary, ...]:
        """Return the other's sessions."""
        return self._journal.summaries()

    async def close(self) -> None:
        """Close the other."""
        await self._journal.close()
