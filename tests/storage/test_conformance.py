"""Every journal keeps entries as the port promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.messages.journal import Journal
from orchestrator.storage.memory import MemoryJournal
from orchestrator.storage.postgres import PostgresJournal
from orchestrator.storage.postgres_place import PostgresPlace
from orchestrator.storage.sqlite import SqliteJournal
from orchestrator.testing.journals import DURABLE_CHECKS, JOURNAL_CHECKS, JournalCheck
from orchestrator.testing.ledgers import DURABLE_LEDGER_CHECKS, LEDGER_CHECKS
from orchestrator.testing.samples import sample_entries, sample_key
from orchestrator.testing.shared import SHARED_CHECKS


def _memory() -> Journal:
    return MemoryJournal(sample_key().sign)


@pytest.mark.parametrize("check", JOURNAL_CHECKS + LEDGER_CHECKS)
async def test_memory(check: JournalCheck) -> None:
    """The journal in memory passes every check of the port."""
    await check(_memory)


async def test_gaps_in_memory() -> None:
    """The journal in memory tells of sessions whose rows are not numbered from 0 on, as the one in a file does."""
    journal = MemoryJournal(sample_key().sign)
    whole, late, gap = (sample_entries(3, f"sample-{number}") for number in ("whole", "late", "gap"))
    for entry in (*whole, *late[1:], gap[0], gap[2]):
        await journal.append(entry)
    assert journal.orphans() == ("sample-late", "sample-gap")


@pytest.mark.parametrize("check", JOURNAL_CHECKS + DURABLE_CHECKS + LEDGER_CHECKS + DURABLE_LEDGER_CHECKS)
async def test_sqlite(check: JournalCheck, tmp_path: Path) -> None:
    """The journal in a file passes every check of the port, and those of what outlives a process."""

    def opened() -> Journal:
        return SqliteJournal.open(tmp_path / "a journal #1?.db", sample_key().sign)

    await check(opened)


@pytest.mark.parametrize("check", JOURNAL_CHECKS + DURABLE_CHECKS + LEDGER_CHECKS + DURABLE_LEDGER_CHECKS + SHARED_CHECKS)
async def test_postgres(check: JournalCheck, postgres: PostgresPlace) -> None:
    """The journal in a database passes every check of the port, those of what outlives a process, and of many writers."""

    def opened() -> Journal:
        return PostgresJournal.open(postgres, sample_key().sign)

    await check(opened)
