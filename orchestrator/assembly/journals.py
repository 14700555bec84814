"""Where is a session kept, and how is its record checked? In a file or a database, by its chain and key."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Protocol, TypeAlias

from orchestrator.assembly.notices import noticed
from orchestrator.bus.log_bus import LogBus
from orchestrator.errors import UsageError
from orchestrator.messages.entry import Row, Sign
from orchestrator.messages.journal import Journal
from orchestrator.messages.ledger import Ledger
from orchestrator.messages.value import Digest, SessionId
from orchestrator.storage.chain import ChainReport, check_chain
from orchestrator.storage.keys import load_key
from orchestrator.storage.postgres_place import PostgresPlace, is_address, place_of
from orchestrator.storage.sqlite import SqliteJournal, SqliteReader

__all__ = [
    "Copied",
    "Held",
    "Place",
    "ReadableJournal",
    "check_heads",
    "open_copy",
    "open_journal",
    "others_heard",
    "place_from",
    "read_journal",
]

if TYPE_CHECKING:
    from orchestrator.storage.postgres import PostgresJournal

Place: TypeAlias = Path | PostgresPlace
"""Where a journal is kept."""

Copied: TypeAlias = "SqliteJournal | PostgresJournal"
"""A journal that takes rows as another has stored them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A journal that this process writes to, and the public half of the key that signs its heads."""

    journal: Journal
    key: str


class ReadableJournal(Journal, Ledger, AbstractContextManager["ReadableJournal"], Protocol):
    """A journal to read from, closed at the end of its `with`."""

    def chains(self) -> tuple[SessionId, ...]:
        """Return the ids of all chains, in the order in which they came: sessions, and those that no list shows."""
        ...

    def orphans(self) -> tuple[SessionId, ...]:
        """Return the sessions whose rows are not numbered 0, 1, 2 and so on."""
        ...


def place_from(text: str) -> Place:
    """Return the place that a text names: an address of Postgres, or a path. Raises UsageError where it is neither."""
    if is_address(text):
        return place_of(text)
    scheme, colons, _ = text.partition("://")
    if colons:
        raise UsageError(f"journals are not kept at {scheme!r} addresses", hint="name a file, or a postgresql:// address")
    return Path(text)


@asynccontextmanager
async def open_journal(place: Place, tell: Callable[[str], None] | None = None) -> AsyncGenerator[Held]:
    """Open a journal for writing, made where there is none. Raises Unwritable where it cannot be written to.

    A file is held by this process alone; a database is open to others too, and each session fenced. `tell` is told in a
    line when a database is waited for; without it, standard error is.
    """
    key = load_key()
    journal = _opened(place, key.sign, tell or _complain)
    try:
        async with noticed(journal) as seen:
            yield Held(journal=seen, key=key.public)
    finally:
        await journal.close()


@asynccontextmanager
async def open_copy(place: Place) -> AsyncGenerator[Copied]:
    """Open a journal that takes rows as they are; it signs nothing, and needs no key."""
    journal = _opened(place, _sign_nothing, _complain)
    try:
        yield journal
    finally:
        await journal.close()


def read_journal(place: Place) -> ReadableJournal:
    """Return a journal to read from, as a context manager. Raises UsageError where there is none."""
    if isinstance(place, PostgresPlace):
        return _postgres().PostgresReader.open(place, _complain)
    return SqliteReader.open(place)


@contextmanager
def others_heard(place: Place, journal: Journal, bus: LogBus) -> Generator[None]:
    """Let listeners on a bus hear also what other processes write, where the place allows others to write."""
    if not isinstance(place, PostgresPlace):
        yield
        return
    from orchestrator.storage.postgres_news import PostgresNews  # noqa: PLC0415 - an extra

    news = PostgresNews(place, bus.wake, lambda: getattr(journal, "pid", None))
    try:
        yield
    finally:
        news.close()


def check_heads(rows: tuple[Row, ...], key: str | None = None) -> ChainReport:
    """Check digests and signatures of all rows of a session. Raises ChainBroken at the first flaw."""
    return check_chain(rows, key)


def _opened(place: Place, sign: Sign, tell: Callable[[str], None]) -> Copied:
    if isinstance(place, PostgresPlace):
        opened: PostgresJournal = _postgres().PostgresJournal.open(place, sign, tell)
        return opened
    return SqliteJournal.open(place, sign)


def _sign_nothing(digest: Digest) -> str:
    raise AssertionError(f"a copy signs nothing, not even {digest!r}")


def _postgres() -> ModuleType:
    try:
        from orchestrator.storage import postgres  # noqa: PLC0415 - an extra
    except ImportError as missing:
        hint = "pip install 'handfast[postgres]'"
        raise UsageError("a journal in Postgres needs psycopg, the extra 'postgres'", hint=hint) from missing
    return postgres


def _complain(line: str) -> None:
    sys.stderr.write(f"handfast: {line}\n")
    sys.stderr.flush()
