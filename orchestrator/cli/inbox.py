"""What waits for a person? Sessions at gates and frozen ones, and for one of them all that an approver should see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from orchestrator.assembly import read_journal
from orchestrator.cli.options import journal_option
from orchestrator.cli.printing import say, wrapped
from orchestrator.cli.record import Record, pick, read_record
from orchestrator.errors import ChainBroken, UsageError
from orchestrator.messages.journal import Journal
from orchestrator.messages.terms import Terms
from orchestrator.report.clean import clean
from orchestrator.report.figures import duration, plural
from orchestrator.report.inbox import Inbox, inbox_lines
from orchestrator.report.measures.approval import decisions
from orchestrator.report.words import why

__all__ = ["approver_lines", "earlier_terms", "inbox"]

_MOST_READ = 200
"""Of the newest sessions, so that a large journal is no wait."""
_MOST_COMPARED = 20


@click.command
@click.argument("session", required=False)
@journal_option
def inbox(session: str | None, *, journal: Path) -> int:
    """List what waits for a person, or show all that an approver of SESSION should see before deciding.

    What changed since the last offer that was ruled on, what is unusual, what each role did, and why each term is as it is.
    """
    with read_journal(journal) as reader:
        lines = list(_waiting(reader) if session is None else _of_one(reader, session))
    for line in lines:
        say(line)
    return 0


def approver_lines(record: Record, earlier: tuple[Terms, ...]) -> Iterator[str]:
    """Yield what an approver of the session that waits should see, wrapped; nothing where no offer waits."""
    offer = record.standing.offer
    if offer is None:
        return
    view = Inbox(session=record.session, entries=record.entries, offer=offer, earlier=earlier)
    for line in inbox_lines(view):
        if line.endswith(":"):
            yield line.removesuffix(":")
        else:
            yield from wrapped(line, "  ", "    ")


def earlier_terms(reader: Journal, record: Record) -> tuple[Terms, ...]:
    """Return what the latest earlier sessions of the same negotiation agreed on."""
    found: list[Terms] = []
    for summary in reader.summaries()[:_MOST_READ]:
        if summary.name == record.session.settings.negotiation.name and summary.state == "agreed":
            other = read_record(reader, summary.id).session
            if other.id != record.session.id and other.terms:
                found.append(other.terms)
        if len(found) >= _MOST_COMPARED:
            break
    return tuple(found)


def _of_one(reader: Journal, words: str) -> Iterator[str]:
    record = read_record(reader, pick(reader, words))
    if record.standing.status != "waiting":
        raise UsageError(f"session {record.session.id!r} waits for nobody", hint=f"it stands at: {record.standing.status}")
    yield from wrapped(why(record.session, record.entries))
    yield from approver_lines(record, earlier_terms(reader, record))


def _waiting(reader: Journal) -> Iterator[str]:
    found = 0
    for summary in reader.summaries():
        if summary.state == "waiting":
            found += 1
            record = read_record(reader, summary.id)
            yield from wrapped(f"{clean(summary.id)}: {why(record.session, record.entries)}", "", "  ")
    if not found:
        yield "Nothing waits for a person."
    yield from _decided(reader)


def _decided(reader: Journal) -> Iterator[str]:
    """Yield how long the decisions of this journal took, and how many agreements were overturned later."""
    times: list[float] = []
    approved: dict[str, str] = {}
    amended: dict[str, str] = {}
    for summary in reader.summaries()[:_MOST_READ]:
        try:
            record = read_record(reader, summary.id)
        except ChainBroken:
            continue
        given = [decided for decided in decisions(record.entries) if not decided.beforehand]
        times.extend(decided.seconds for decided in given)
        session = record.session
        if session.digest and any(decided.approved for decided in given):
            approved[session.id] = session.digest
        if session.settings.supersedes and session.digest:
            amended[session.settings.supersedes] = session.digest
    if not times:
        return
    times.sort()
    overturned = sum(1 for session, digest in approved.items() if amended.get(session, digest) != digest)
    median = duration(times[len(times) // 2])
    yield (
        f"{len(times)} {plural(len(times), 'decision')} so far, time to decide {median} (median); "
        f"{overturned} of {len(approved)} approved {plural(len(approved), 'agreement')} overturned later"
    )
