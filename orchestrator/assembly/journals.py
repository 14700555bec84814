"""Where is a session kept, and how is its record checked? In one file that one process holds, by its chain and key."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestrator.messages.entry import Row
from orchestrator.messages.journal import Journal
from orchestrator.storage.chain import ChainReport, check_chain
from orchestrator.storage.keys import load_key
from orchestrator.storage.sqlite import SqliteJournal, SqliteReader

__all__ = ["Held", "check_heads", "open_journal", "read_journal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A journal that this process alone writes to, and the public half of the key that signs its heads."""

    journal: Journal
    key: str


@asynccontextmanager
async def open_journal(path: Path) -> AsyncGenerator[Held]:
    """Hold a journal, made where there is none. Raises Unwritable where it is held, locked, full or not a journal."""
    key = load_key()
    journal = SqliteJournal.open(path, key.sign)
    try:
        yield Held(journal=journal, key=key.public)
    finally:
        await journal.close()


def read_journal(path: Path) -> SqliteReader:
    """Return a journal to read from, as a context manager. Raises UsageError where there is none."""
    return SqliteReader.open(path)


def check_heads(rows: tuple[Row, ...], key: str | None = None) -> ChainReport:
    """Check digests and signatures of all rows of a session. Raises ChainBroken at the first flaw."""
    return check_chain(rows, key)
