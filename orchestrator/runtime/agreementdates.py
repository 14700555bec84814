"""When must the agreements of a journal be looked at again? Read from the last of their entries, without refolding them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from orchestrator.messages.entry import read_row
from orchestrator.messages.event import Ended
from orchestrator.messages.journal import Journal
from orchestrator.messages.reopening import Learned, PotsKnown, Reopened
from orchestrator.messages.value import SessionId

__all__ = ["AgreementDates", "come_due", "due_at"]


def due_at(journal: Journal, session: SessionId, entries: int) -> datetime | None:
    """Return when an agreement must be looked at again, from the last of its entries; None where no date is left."""
    return _date_of(journal, session, entries).due


def come_due(journal: Journal, now: datetime) -> Iterator[SessionId]:
    """Yield the agreements for which a date has come, or whose announced successor was never opened, without refolding them."""
    return AgreementDates(journal).come(now)


@dataclass(frozen=True, slots=True)
class _Date:
    """What the last entries of an agreement say of when it must be looked at again."""

    entries: int
    due: datetime | None
    announced: SessionId | None


@dataclass(slots=True)
class AgreementDates:
    """When the agreements of a journal are due, for whoever looks again and again: only what has moved on is read anew."""

    journal: Journal
    _kept: dict[SessionId, _Date] = field(default_factory=dict[SessionId, _Date], init=False, repr=False)

    def come(self, now: datetime) -> Iterator[SessionId]:
        """Yield the agreements for which a date has come, or whose announced successor was never opened."""
        summaries = self.journal.summaries()
        ids = {summary.id for summary in summaries}
        for summary in summaries:
            if summary.state != "agreed":
                continue
            date = self._date(summary.id, summary.entries)
            lost = date.announced is not None and date.announced not in ids
            if lost or (date.due is not None and date.due <= now):
                yield summary.id

    def put_off(self, session: SessionId, until: datetime) -> None:
        """Note that a look at an agreement was in vain, and that it is to be looked at again then, or when it moves on."""
        if (date := self._kept.get(session)) is not None:
            self._kept[session] = replace(date, due=until)

    def _date(self, session: SessionId, entries: int) -> _Date:
        kept = self._kept.get(session)
        if kept is None or kept.entries != entries:
            kept = self._kept[session] = _date_of(self.journal, session, entries)
        return kept


def _date_of(journal: Journal, session: SessionId, entries: int) -> _Date:
    rows = journal.rows(session, entries - 2)
    events = read_row(rows[-1]).events if rows else ()
    last = next((event for event in reversed(events) if isinstance(event, Ended | Learned | PotsKnown | Reopened)), None)
    announced = last.successor if isinstance(last, Reopened) and last.cause is not None else None
    return _Date(entries, last.due if last is not None else None, announced)
