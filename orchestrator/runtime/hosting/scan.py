"""What is there to do when a server begins? Sessions that go on by themselves, and times at which others are woken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from orchestrator.errors import ChainBroken
from orchestrator.messages.entry import Row, read_row
from orchestrator.messages.journal import Journal, Summary
from orchestrator.messages.value import SessionId
from orchestrator.runtime.agreementdates import due_at
from orchestrator.runtime.burst import goes_on
from orchestrator.runtime.hosting.duties import DueOf
from orchestrator.runtime.record import entries_of, session_of

__all__ = ["Found", "Woken", "scan"]

_TAIL = 8
"""Rows of a waiting session that are looked at first: it was settled, and its approvers were asked."""


@dataclass(frozen=True, slots=True)
class Woken:
    """A session that is to be woken, at once or then."""

    session: SessionId
    at: datetime | None = None


Found: TypeAlias = Woken | ChainBroken
"""A session to wake, or why one cannot be read."""


def scan(journal: Journal, due: DueOf) -> Iterator[Found]:
    """Yield what a server has to do, oldest first; nothing for sessions that are over or wait for a person alone."""
    for summary in reversed(journal.summaries()):
        try:
            woken = _woken(summary, journal, due)
        except ChainBroken as broken:
            yield broken
        else:
            if woken is not None:
                yield woken


def _woken(summary: Summary, journal: Journal, due: DueOf) -> Woken | None:
    match summary.state:
        case "unfinished":
            return Woken(summary.id)
        case "interrupted":
            last = journal.rows(summary.id, summary.entries - 2)
            return Woken(summary.id) if last and goes_on(read_row(last[-1]).reply) else None
        case "waiting" if _may_be_due(summary, journal):
            at = due(session_of(entries_of(journal, summary.id)))
            return None if at is None else Woken(summary.id, at)
        case "agreed":
            at = due_at(journal, summary.id, summary.entries)
            return None if at is None else Woken(summary.id, at)
        case _:
            return None


def _may_be_due(summary: Summary, journal: Journal) -> bool:
    """Return whether an entry since the last move names a time; most sessions that wait are left unread by it."""
    rows = journal.rows(summary.id, summary.entries - 1 - _TAIL)
    if not any(_is_move(row) for row in rows):
        rows = journal.rows(summary.id)
    return any('"due":' in row.events for row in rows)


def _is_move(row: Row) -> bool:
    is_written = row.reply.startswith('{"kind":"written"') or '"kind":"written"' in row.reply[:80]
    return is_written and '"kind":"explained"' not in row.events
