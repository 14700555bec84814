"""Has time answered while nobody drove the session? Before anything else a command puts that on record."""

from __future__ import annotations

import asyncio
from datetime import datetime

from orchestrator.assembly import Place, open_journal, read_journal, rules_for
from orchestrator.cli.printing import complain, wrapped
from orchestrator.cli.record import pick, read_record
from orchestrator.engine import overdue
from orchestrator.errors import Unwritable
from orchestrator.messages.journal import Journal
from orchestrator.messages.value import SessionId
from orchestrator.report.words import why
from orchestrator.runtime.driver import elapse
from orchestrator.runtime.perform import utc_now
from orchestrator.runtime.record import check_ours

__all__ = ["fire", "fire_all"]

_MOST_AT_ONCE = 100
"""Deadlines that one look at the inbox puts on record; the rest is shown as over, and a server does it all."""


def fire(journal: Place, words: str) -> None:
    """Let a deadline that has passed answer with no, and say so. Whoever holds the journal does the same by itself."""
    with read_journal(journal) as reader:
        record = read_record(reader, pick(reader, words))
    if overdue(record.session, utc_now()) is None:
        return
    try:
        asyncio.run(_fire(journal, record.session.id))
    except Unwritable:
        return


def fire_all(journal: Place, reader: Journal, now: datetime) -> bool:
    """Let every deadline that has passed answer, where nobody holds the journal who does it; return whether any had."""
    found = [each for each in reader.summaries() if each.state == "waiting" and each.due and _is_over(each.due, now)]
    for summary in found[:_MOST_AT_ONCE]:
        fire(journal, summary.id)
    return bool(found)


def _is_over(due: str, now: datetime) -> bool:
    try:
        return datetime.fromisoformat(due) <= now
    except (TypeError, ValueError):
        return False


async def _fire(journal: Place, session: SessionId) -> None:
    async with open_journal(journal) as held:
        record = read_record(held.journal, session)
        check_ours(record.session, held.key)
        gate = overdue(record.session, utc_now())
        if gate is None:
            return
        await elapse(record.session, utc_now(), rules_for(record.session.settings.negotiation), held.journal)
        complain(f"Gate {gate.id!r} was not ruled on in time: the answer is no.")
        after = read_record(held.journal, session)
        for line in wrapped(why(after.session, after.entries)):
            complain(line)
