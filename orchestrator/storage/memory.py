"""Where are entries kept in tests and evals? In this process, and nowhere else."""

from __future__ import annotations

from orchestrator.errors import Conflict, Unwritable
from orchestrator.messages.entry import Entry, Row, Sign, row_of
from orchestrator.messages.journal import Summary
from orchestrator.messages.value import SessionId
from orchestrator.storage.summary import name_of, newest_first, state_of

__all__ = ["MemoryJournal"]


class MemoryJournal:
    """A journal that is gone with its process."""

    __slots__ = ("_closed", "_sessions", "_sign")

    def __init__(self, sign: Sign) -> None:
        self._sign = sign
        self._sessions: dict[SessionId, dict[int, Row]] = {}
        self._closed = False

    async def append(self, entry: Entry) -> None:
        """Keep the entry. Raises Conflict where its place is taken, Unwritable where the journal is closed."""
        if self._closed:
            raise Unwritable("the journal in memory is closed", hint="open it again")
        rows = self._sessions.setdefault(entry.session, {})
        if entry.seq in rows:
            raise Conflict(entry.session, entry.seq)
        rows[entry.seq] = row_of(entry, self._sign)

    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        """Return the rows of a session with a place above `after`, in order."""
        rows = self._sessions.get(session, {})
        return tuple(rows[seq] for seq in sorted(rows) if seq > after)

    def summaries(self) -> tuple[Summary, ...]:
        """Return all sessions, newest first: the one that was opened last."""
        return newest_first(_summary(session, rows) for session, rows in self._sessions.items())

    def orphans(self) -> tuple[SessionId, ...]:
        """Return the sessions whose rows are not numbered 0, 1, 2 and so on."""
        return tuple(session for session, rows in self._sessions.items() if set(rows) != set(range(len(rows))))

    async def close(self) -> None:
        """Keep nothing more."""
        self._closed = True


def _summary(session: SessionId, rows: dict[int, Row]) -> Summary:
    first, last = rows[min(rows)], rows[max(rows)]
    return Summary(
        id=session,
        name=name_of(first.reply),
        opened=first.at,
        at=last.at,
        entries=len(rows),
        state=state_of((rows[seq].reply, rows[seq].events) for seq in sorted(rows, reverse=True)),
    )
