"""Does an adapter keep entries as the `Journal` port promises? Checks that run over any journal.

An adapter's own tests call each check with a way to open its journal: `await check(opened)`. The journal is opened empty,
with the sign function of the sample key. Those of `DURABLE_CHECKS` close it and open the same place again.
"""
# ruff: noqa: D401 - the docstring of a check is the behaviour that it asks for

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from orchestrator.errors import Conflict, JournalError, Unwritable
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal, SessionState, Summary
from orchestrator.messages.value import SessionId
from orchestrator.testing.appending import append_all, refuses, sample_rows
from orchestrator.testing.samples import (
    SAMPLE_START,
    sample_agreement,
    sample_entries,
    sample_escalation,
    sample_interruption,
    sample_news,
    sample_parked,
)

__all__ = [
    "DURABLE_CHECKS",
    "JOURNAL_CHECKS",
    "JournalCheck",
    "OpenJournal",
    "finishes_what_is_cancelled",
    "is_the_same_when_opened_again",
    "keeps_apart_what_comes_at_once",
    "keeps_many_sessions_at_once",
    "keeps_nothing_once_closed",
    "keeps_the_first_of_two",
    "knows_no_rows_of_a_strange_session",
    "leaves_chains_of_no_session_out_of_its_list",
    "lists_equally_new_sessions_by_arrival",
    "lists_sessions_newest_first",
    "returns_rows_after_a_place",
    "returns_rows_as_they_were_appended",
    "tells_where_each_session_stands",
]

OpenJournal: TypeAlias = Callable[[], Journal]
JournalCheck: TypeAlias = Callable[[OpenJournal], Awaitable[None]]


async def returns_rows_as_they_were_appended(opened: OpenJournal) -> None:
    """The rows of a session are those of its entries, in order, signed where a signature belongs."""
    journal = opened()
    entries = sample_agreement()
    await append_all(journal, entries)
    assert journal.rows(entries[0].session) == sample_rows(entries)
    assert [bool(row.signature) for row in journal.rows(entries[0].session)] == [False, False, False, True, True]
    await journal.close()


async def returns_rows_after_a_place(opened: OpenJournal) -> None:
    """Rows can be asked for from any place on; above the last there are none."""
    journal = opened()
    entries = sample_entries(5)
    await append_all(journal, entries)
    for after in range(-1, 7):
        assert journal.rows(entries[0].session, after) == sample_rows(entries)[after + 1 :]
    await journal.close()


async def knows_no_rows_of_a_strange_session(opened: OpenJournal) -> None:
    """A session that was never opened has no rows, whatever its id looks like."""
    journal = opened()
    await append_all(journal, sample_entries(1))
    for strange in ("sample-0002", "", "sample-000", "sample-0001 ", "'; --", "\udcff"):
        assert journal.rows(SessionId(strange)) == ()
    await journal.close()


async def keeps_the_first_of_two(opened: OpenJournal) -> None:
    """A place that is taken stays as it is; the second entry is a Conflict, and the journal goes on."""
    journal = opened()
    first = sample_entries(3)
    second = sample_entries(3, text="Something else.")
    await append_all(journal, first[:2])
    await refuses(journal, second[1], Conflict(first[1].session, 1))
    await refuses(journal, first[1], Conflict(first[1].session, 1))
    await journal.append(first[2])
    assert journal.rows(first[0].session) == sample_rows(first)
    await journal.close()


async def keeps_apart_what_comes_at_once(opened: OpenJournal) -> None:
    """Of entries that come in one moment only those with a taken place are refused."""
    journal = opened()
    chains = [sample_entries(2, f"sample-{number:04}") for number in range(8)]
    arriving = [entry for chain in chains for entry in (chain[0], chain[0], chain[1])]
    outcomes = await asyncio.gather(*(journal.append(entry) for entry in arriving), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), Conflict, type(None)] * len(chains)
    for chain in chains:
        assert journal.rows(chain[0].session) == sample_rows(chain)
    await journal.close()


async def keeps_many_sessions_at_once(opened: OpenJournal) -> None:
    """Sessions that write at the same time each get their own unbroken chain."""
    journal = opened()
    chains = [sample_entries(6, f"sample-{number:04}") for number in range(40)]
    await asyncio.gather(*(append_all(journal, chain) for chain in chains))
    for chain in chains:
        assert journal.rows(chain[0].session) == sample_rows(chain)
    await journal.close()


async def lists_sessions_newest_first(opened: OpenJournal) -> None:
    """The session that was opened last comes first, however long others have gone on."""
    journal = opened()
    late, early = (sample_entries(count, f"sample-{count:04}", start=_hour(hour)) for count, hour in ((1, 2), (3, 1)))
    await append_all(journal, late)
    await append_all(journal, early)
    assert journal.summaries() == (_summary(late, "unfinished"), _summary(early, "unfinished"))
    await journal.close()


async def lists_equally_new_sessions_by_arrival(opened: OpenJournal) -> None:
    """Of sessions that were opened in the same moment, the one that came last comes first."""
    journal = opened()
    chains = [sample_entries(2, session) for session in ("sample-b", "sample-c", "sample-a")]
    for chain in chains:
        await append_all(journal, chain[:1])
    for chain in chains:
        await append_all(journal, chain[1:])
    assert [summary.id for summary in journal.summaries()] == ["sample-a", "sample-c", "sample-b"]
    await journal.close()


async def tells_where_each_session_stands(opened: OpenJournal) -> None:
    """A list tells agreed, ended without agreement, waiting for an approver, interrupted, and unfinished apart."""
    journal = opened()
    chains: tuple[tuple[tuple[Entry, ...], SessionState], ...] = (
        (sample_news("sample-0006", start=_hour(6)), "waiting"),
        (sample_entries(2, "sample-0001", start=_hour(5)), "unfinished"),
        (sample_parked("sample-0002", start=_hour(4)), "waiting"),
        (sample_agreement("sample-0003", start=_hour(3)), "agreed"),
        (sample_escalation("sample-0004", start=_hour(2)), "no_agreement"),
        (sample_interruption("sample-0005", start=_hour(1)), "interrupted"),
    )
    for chain, _ in chains:
        await append_all(journal, chain)
    told = tuple(replace(summary, due="", waits_for=()) for summary in journal.summaries())
    assert told == tuple(_summary(chain, state) for chain, state in chains)
    await journal.close()


async def leaves_chains_of_no_session_out_of_its_list(opened: OpenJournal) -> None:
    """A chain whose id begins with `~` is kept, read and fenced as any other, and is no session."""
    journal = opened()
    session, ledger = sample_entries(2, "sample-0001"), sample_entries(3, "~approvals")
    await append_all(journal, (*session, *ledger))
    await refuses(journal, ledger[2], Conflict(ledger[2].session, 2))
    assert journal.rows(ledger[0].session, 0) == sample_rows(ledger)[1:]
    assert [summary.id for summary in journal.summaries()] == ["sample-0001"]
    await journal.close()


async def finishes_what_is_cancelled(opened: OpenJournal) -> None:
    """An append that is cancelled keeps its entry before it says so; the next entry finds its place."""
    journal = opened()
    entries = sample_entries(40)
    await journal.append(entries[0])
    for entry in entries[1:]:
        task = asyncio.create_task(journal.append(entry))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        assert journal.rows(entry.session, entry.seq - 1) == sample_rows([entry])
    assert journal.rows(entries[0].session) == sample_rows(entries)
    await journal.close()


async def keeps_nothing_once_closed(opened: OpenJournal) -> None:
    """A closed journal refuses to append, and may be closed again."""
    journal = opened()
    await journal.close()
    await journal.close()
    refusal: JournalError | None = None
    try:
        await journal.append(sample_entries(1)[0])
    except JournalError as error:
        refusal = error
    assert isinstance(refusal, Unwritable)


async def is_the_same_when_opened_again(opened: OpenJournal) -> None:
    """What was appended is there when the same place is opened again, and goes on from there."""
    journal = opened()
    entries = sample_agreement()
    await append_all(journal, entries[:3])
    await journal.close()
    journal = opened()
    assert journal.rows(entries[0].session) == sample_rows(entries[:3])
    await refuses(journal, entries[2], Conflict(entries[2].session, 2))
    await append_all(journal, entries[3:])
    await journal.close()
    journal = opened()
    assert journal.rows(entries[0].session) == sample_rows(entries)
    assert journal.summaries() == (_summary(entries, "agreed"),)
    await journal.close()


JOURNAL_CHECKS: tuple[JournalCheck, ...] = (
    returns_rows_as_they_were_appended,
    returns_rows_after_a_place,
    knows_no_rows_of_a_strange_session,
    keeps_the_first_of_two,
    keeps_apart_what_comes_at_once,
    keeps_many_sessions_at_once,
    lists_sessions_newest_first,
    lists_equally_new_sessions_by_arrival,
    tells_where_each_session_stands,
    leaves_chains_of_no_session_out_of_its_list,
    finishes_what_is_cancelled,
    keeps_nothing_once_closed,
)
"""What every journal must pass."""

DURABLE_CHECKS: tuple[JournalCheck, ...] = (is_the_same_when_opened_again,)
"""What a journal must pass that outlives its process."""


def _hour(hour: int) -> datetime:
    return SAMPLE_START + timedelta(hours=hour)


def _summary(entries: Sequence[Entry], state: SessionState) -> Summary:
    return Summary(
        id=entries[0].session,
        name="sample",
        opened=entries[0].at,
        at=entries[-1].at,
        entries=len(entries),
        state=state,
    )
