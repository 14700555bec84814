"""May many processes write to a store at once? Checks that open the same place more than once at a time.

They are for stores that allow it, beside those of `journals` and `ledgers`. An adapter's own tests call each with a way to open
its journal, as there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from decimal import Decimal

from orchestrator.errors import Conflict, Overdrawn
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.messages.ledger import Ledger
from orchestrator.testing.appending import refuses, sample_rows
from orchestrator.testing.journals import JournalCheck, OpenJournal
from orchestrator.testing.pots import PottedTalk
from orchestrator.testing.samples import sample_entries

__all__ = [
    "SHARED_CHECKS",
    "fences_each_session_between_writers",
    "is_made_once_by_many",
    "keeps_the_first_of_two_writers",
    "lets_many_writers_hold_as_there_is",
]


async def keeps_the_first_of_two_writers(opened: OpenJournal) -> None:
    """Of two journals on one place, the second to come to a place is refused, and both see the same afterwards."""
    journals = opened(), opened()
    first = sample_entries(4)
    second = sample_entries(4, text="Something else.")
    for entry in first[:2]:
        await journals[0].append(entry)
    await refuses(journals[1], second[1], Conflict(first[1].session, 1))
    await refuses(journals[1], first[1], Conflict(first[1].session, 1))
    await journals[1].append(first[2])
    await refuses(journals[0], second[2], Conflict(first[2].session, 2))
    await journals[0].append(first[3])
    for journal in journals:
        assert journal.rows(first[0].session) == sample_rows(first)
        assert [(summary.id, summary.entries) for summary in journal.summaries()] == [(first[0].session, 4)]
        await journal.close()


async def fences_each_session_between_writers(opened: OpenJournal) -> None:
    """Where two drivers write the same sessions at once, each place is taken by exactly one, and every chain holds."""
    journals = opened(), opened()
    chains = [[sample_entries(5, f"sample-{number:04}", text=text) for text in "ab"] for number in range(12)]

    outcomes = await asyncio.gather(
        *(_follow(journal, chain) for pair in chains for journal, chain in zip(journals, pair, strict=True))
    )
    for number, pair in enumerate(chains):
        kept = [outcomes[2 * number], outcomes[2 * number + 1]]
        # The opening is the same in both, so that whoever wrote it went on alone.
        assert sorted(kept) == [0, 5]
        assert journals[0].rows(pair[0][0].session) == sample_rows(pair[kept.index(5)])
    for journal in journals:
        await journal.close()


async def is_made_once_by_many(opened: OpenJournal) -> None:
    """Where several open a place that is empty, it is made once, and all of them write to it."""
    journals = await asyncio.gather(*(asyncio.to_thread(opened) for _ in range(4)))
    chains = [sample_entries(2, f"sample-{number:04}") for number in range(len(journals))]
    await asyncio.gather(*(_follow(journal, chain) for journal, chain in zip(journals, chains, strict=True)))
    for journal in journals:
        assert [journal.rows(chain[0].session) for chain in chains] == [sample_rows(chain) for chain in chains]
        await journal.close()


async def lets_many_writers_hold_as_there_is(opened: OpenJournal) -> None:
    """Of offers that several writers make at once on one pot, as many are kept as it bears, and the others leave nothing."""
    journals = [opened() for _ in range(4)]
    talks = [PottedTalk(f"talk-{number:02}") for number in range(16)]
    pairs = [(journals[number % 4], talk) for number, talk in enumerate(talks)]
    await asyncio.gather(*(journal.append(talk.opening) for journal, talk in pairs))
    outcomes = await asyncio.gather(*(journal.append(talk.propose(30)) for journal, talk in pairs), return_exceptions=True)
    refused = [isinstance(outcome, Overdrawn) for outcome in outcomes]
    assert [outcome for outcome in outcomes if outcome is not None and not isinstance(outcome, Overdrawn)] == []
    assert refused.count(False) == 3
    for journal in journals:
        assert isinstance(journal, Ledger)
        assert [stock.held for stock in journal.stocks()] == [Decimal(90)]
        assert [len(journal.rows(talk.session.id)) for talk in talks] == [1 if each else 2 for each in refused]
        await journal.close()


SHARED_CHECKS: tuple[JournalCheck, ...] = (
    keeps_the_first_of_two_writers,
    fences_each_session_between_writers,
    is_made_once_by_many,
    lets_many_writers_hold_as_there_is,
)
"""What a journal must pass that many processes may write to at once."""


async def _follow(journal: Journal, entries: Sequence[Entry]) -> int:
    """Append entries until a place is taken; return how many were kept."""
    for done, entry in enumerate(entries):
        try:
            await journal.append(entry)
        except Conflict:
            return done
    return len(entries)
