"""Which sessions of a journal wait for people? A page of them, read one by one, and never all of a large journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from orchestrator.cli.printing import wrapped
from orchestrator.cli.record import Record, read_record
from orchestrator.errors import ChainBroken
from orchestrator.messages.entry import Entry, Row
from orchestrator.messages.journal import Journal, Summary
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import SessionId
from orchestrator.report.clean import clean
from orchestrator.report.printed import Json
from orchestrator.report.waiting import Waiting, is_for, waiting_json, waiting_lines
from orchestrator.report.words import why

__all__ = ["Asked", "Snapshot", "page_json", "waiting_list", "waiting_of", "waiting_records"]

_NEVER = "9999"
_MOST_LOOKED_AT = 20
"""Agreed sessions that are looked at for what was last approved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to see, and when."""

    name: str | None
    limit: int
    page: int
    now: datetime


class Snapshot:
    """A journal to read from, whose list of sessions is made once: in a large one that takes most of the time."""

    __slots__ = ("_agreed", "_journal", "_summaries")

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._summaries = journal.summaries()
        self._agreed: dict[str, Terms] = {}

    async def append(self, entry: Entry) -> None:
        """Append to the journal itself."""
        await self._journal.append(entry)

    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        """Return the rows of a session as they are now."""
        return self._journal.rows(session, after)

    def summaries(self) -> tuple[Summary, ...]:
        """Return the sessions as they were when this was made."""
        return self._summaries

    async def close(self) -> None:
        """Close the journal."""
        await self._journal.close()

    def last_agreed(self, negotiation: str) -> Terms:
        """Return what the latest agreed session of a negotiation settled on."""
        if negotiation not in self._agreed:
            self._agreed[negotiation] = _last_agreed(self, negotiation)
        return self._agreed[negotiation]


@dataclass(frozen=True, slots=True)
class _Page:
    records: tuple[Record, ...]
    broken: tuple[ChainBroken, ...]
    waiting: int
    """On all pages; with a name, those that may be that person's."""
    more: bool


def waiting_list(reader: Snapshot, asked: Asked) -> Iterator[str]:
    """Yield the lines of one page."""
    page = _page(reader, asked)
    for record in page.records:
        session = record.session
        yield from wrapped(f"{clean(session.id)}: {why(session, record.entries)}", "", "  ")
        for line in waiting_lines(waiting_of(reader, record, asked.now)):
            yield from wrapped(line, "  ", "    ")
    for broken in page.broken:
        yield from wrapped(f"! {clean(broken.message, 300)}", "", "  ")
    if not page.records and not page.broken:
        whom = "a person" if asked.name is None else clean(asked.name, 80)
        yield f"Nothing {'more ' if asked.page > 1 else ''}waits for {whom}."
    elif page.more:
        of = f" of {page.waiting:,}" if asked.name is None else ""
        yield f"{len(page.records)}{of} that wait; --page {asked.page + 1} shows more."


def page_json(reader: Snapshot, asked: Asked) -> dict[str, Json]:
    """Return one page for programs."""
    page = _page(reader, asked)
    return {
        "page": asked.page,
        "more": page.more,
        "waiting": [waiting_json(waiting_of(reader, record, asked.now)) for record in page.records],
        "broken": [broken.message for broken in page.broken],
    }


def waiting_records(reader: Snapshot, asked: Asked) -> tuple[Record, ...]:
    """Return the sessions on one page."""
    return _page(reader, asked).records


def waiting_of(reader: Snapshot, record: Record, now: datetime) -> Waiting:
    """Return a session that waits, with what was last approved in the same negotiation."""
    session = record.session
    earlier: Terms = () if session.settings.precedent else reader.last_agreed(session.agenda.name)
    return Waiting(session=session, entries=record.entries, stands=record.standing, now=now, approved=earlier)


def _page(reader: Snapshot, asked: Asked) -> _Page:
    waiting = [summary for summary in reader.summaries() if summary.state == "waiting"]
    waiting = sorted(waiting, key=lambda summary: summary.due or _NEVER)
    meant = [summary for summary in waiting if _may_be_for(summary, asked.name)]
    records: list[Record] = []
    broken: list[ChainBroken] = []
    skipped = (asked.page - 1) * asked.limit
    for summary in meant if asked.name is not None else meant[skipped:]:
        if len(records) + len(broken) > asked.limit:
            break
        try:
            record = read_record(reader, summary.id)
        except ChainBroken as error:
            broken.append(error)
            continue
        if asked.name is not None and not is_for(record.standing, asked.name):
            continue
        if asked.name is not None and skipped:
            skipped -= 1
            continue
        records.append(record)
    more = len(records) + len(broken) > asked.limit
    return _Page(tuple(records[: asked.limit]), tuple(broken), len(meant), more)


def _may_be_for(summary: Summary, name: str | None) -> bool:
    """Return whether a session may wait for somebody, as far as the list of sessions tells."""
    return name is None or not summary.waits_for or any(name.casefold() in said.casefold() for said in summary.waits_for)


def _last_agreed(reader: Journal, negotiation: str) -> Terms:
    """Return what the latest agreed session of a negotiation settled on."""
    for summary in [each for each in reader.summaries() if (each.name, each.state) == (negotiation, "agreed")][
        :_MOST_LOOKED_AT
    ]:
        try:
            return read_record(reader, summary.id).session.terms
        except ChainBroken:
            continue
    return ()
