"""What waits for a person? Sessions at gates and frozen ones, and for one of them all that an approver should see."""

from __future__ import annotations

from collections.abc import Iterator

import click

from orchestrator.assembly import Place, hook_of, read_journal
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, say, wrapped
from orchestrator.cli.record import Record, pick, read_record
from orchestrator.cli.timers import fire, fire_all
from orchestrator.cli.waitinglist import Asked, Snapshot, page_json, waiting_list, waiting_of, waiting_records
from orchestrator.errors import ChainBroken, UsageError
from orchestrator.messages.journal import Journal
from orchestrator.messages.terms import Terms
from orchestrator.report.figures import duration, plural
from orchestrator.report.inbox import Inbox, inbox_lines
from orchestrator.report.measures.approval import decisions
from orchestrator.report.notice import reminder
from orchestrator.report.printed import Json
from orchestrator.report.waiting import questions, waiting_json, waiting_lines
from orchestrator.report.words import why
from orchestrator.runtime.perform import utc_now

__all__ = ["approver_lines", "earlier_terms", "inbox"]

_MOST_READ = 200
"""Of the newest sessions, so that a large journal is no wait."""
_MOST_COMPARED = 20
_MOST_COUNTED = 50
"""Sessions that are over, of which the time to decide is told."""


@click.command
@click.argument("session", required=False)
@click.option("--for", "name", metavar="NAME", help="Only what waits for this person.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="Sessions on a page.")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Which page, from 1.")
@click.option("--remind", is_flag=True, help="Send a notice for each session on the page again, by the command for notices.")
@journal_option
@json_option
def inbox(
    session: str | None, *, name: str | None, limit: int, page: int, remind: bool, journal: Place, as_object: bool
) -> int:
    """List what waits for a person, or show all that an approver of SESSION should see before deciding.

    For each session: whose word it waits for and how long, what happens then, the exact terms with what changed since
    the last offer and since what was last approved, and what to be wary of. What is due first comes first, then what is
    newest. A deadline that has passed answers first, as it does everywhere: with no.
    """
    asked = Asked(name=name, limit=limit, page=page, now=utc_now())
    if session is not None:
        fire(journal, session)
    with read_journal(journal) as file:
        reader = Snapshot(file)
        if session is None and fire_all(journal, reader, asked.now):
            reader = Snapshot(file)
        if remind:
            _remind(reader, asked)
        if as_object:
            say(as_json(_one_json(reader, session, asked) if session is not None else page_json(reader, asked)))
            return 0
        lines = list(waiting_list(reader, asked) if session is None else _of_one(reader, session, asked))
        lines += _decided(reader) if session is None else ()
    for line in lines:
        say(line)
    return 0


def _remind(reader: Snapshot, asked: Asked) -> None:
    hook = hook_of()
    if hook is None:
        raise UsageError("there is no command for notices", hint="name one with HANDFAST_NOTIFY or 'handfast --notify COMMAND'")
    for record in waiting_records(reader, asked):
        for notice in reminder(record.session, asked.now.isoformat()):
            hook.tell(notice)
    hook.close()


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


def _of_one(reader: Snapshot, words: str, asked: Asked) -> Iterator[str]:
    record = _that_waits(reader, words)
    yield from wrapped(why(record.session, record.entries))
    waiting = waiting_of(reader, record, asked.now)
    if waiting.offer is not None:
        yield "Who must say yes, and until when"
        for line in waiting_lines(waiting):
            yield from wrapped(line, "  ", "    ")
    if told := list(questions(waiting)):
        yield "What was asked about it"
        for line in told:
            yield from wrapped(line, "  ", "    ")
    yield from approver_lines(record, earlier_terms(reader, record))


def _one_json(reader: Snapshot, words: str, asked: Asked) -> dict[str, Json]:
    record = _that_waits(reader, words)
    return waiting_json(waiting_of(reader, record, asked.now))


def _that_waits(reader: Journal, words: str) -> Record:
    record = read_record(reader, pick(reader, words))
    if record.standing.status != "waiting":
        raise UsageError(f"session {record.session.id!r} waits for nobody", hint=f"it stands at: {record.standing.status}")
    return record


def _decided(reader: Journal) -> Iterator[str]:
    """Yield how long the decisions of this journal took, and how many agreements were overturned later."""
    times: list[float] = []
    approved: dict[str, str] = {}
    amended: dict[str, str] = {}
    over = [summary for summary in reader.summaries() if summary.state in ("agreed", "no_agreement")]
    for summary in over[:_MOST_COUNTED]:
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
