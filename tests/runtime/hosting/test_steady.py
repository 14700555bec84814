"""What becomes of sessions whose journal cannot be written to? They wait with the same entry, and go on when it can."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import closing
from pathlib import Path

import pytest

from orchestrator.errors import Unwritable
from orchestrator.messages.command import Cancel
from orchestrator.messages.value import SessionId
from orchestrator.runtime.hosting.steady import Outage, Steady
from orchestrator.storage import sqlite_file
from orchestrator.storage.sqlite import SqliteJournal
from orchestrator.testing.samples import sample_entries, sample_key
from tests.runtime.hosts import Talk, hosted, settings, stored, until

SIGN = sample_key().sign


@pytest.fixture
async def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[SqliteJournal]:
    """Yield an empty journal that waits for no lock."""
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.05)
    journal = SqliteJournal.open(tmp_path / "handfast.db", SIGN)
    yield journal
    await journal.close()


@pytest.fixture
def other(journal: SqliteJournal, tmp_path: Path) -> Generator[sqlite3.Connection]:
    """Yield another program's connection to the file: while it writes, nobody else can."""
    assert journal.orphans() == ()
    with closing(sqlite3.connect(tmp_path / "handfast.db", isolation_level=None)) as connection:
        yield connection


async def test_sessions_wait_and_go_on(journal: SqliteJournal, other: sqlite3.Connection) -> None:
    """No answer is lost, none asked for twice, no entry skipped; the outage is told once, and its end."""
    said: list[str] = []
    talk = Talk()
    talk.may.clear()
    host, _ = hosted(talk, journal, said=said)
    for number in range(5):
        await host.submit(settings(f"sample-{number:04}"))
    await asyncio.sleep(0)
    other.execute("BEGIN EXCLUSIVE")
    talk.may.set()
    await until(lambda: host.figures()["waiting_for_disk"] == 5)
    with pytest.raises(Unwritable, match="it is locked by another program"):
        await host.submit(settings("sample-0009"))
    assert len(talk.asked) == 5
    other.execute("ROLLBACK")
    await host.join()
    assert [stored(journal, f"sample-{number:04}")[0].status for number in range(5)] == ["agreed"] * 5
    assert len(talk.asked) == 10
    assert journal.orphans() == ()
    assert [line.partition(": ")[2] or line for line in said] == [
        "it is locked by another program; sessions wait, and go on when it can be written to again",
        "the journal can be written to again; all sessions go on",
    ]
    await host.submit(settings("sample-0009"))
    await host.join()
    await host.stop(1)


async def test_a_command_that_was_not_kept_can_be_given_again(journal: SqliteJournal, other: sqlite3.Connection) -> None:
    """With no session at work, a word that could not be kept is refused, and kept when it is given again."""
    host, _ = hosted(Talk(price=60), journal)
    await host.submit(settings())
    await host.join()
    off = Cancel(session=SessionId("sample-0001"), by="Kim", why="not needed")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unwritable, match="it is locked by another program"):
        await host.handle(off)
    other.execute("ROLLBACK")
    assert (await host.handle(off)).code == 0
    assert (stored(journal)[0].reason, journal.orphans()) == ("cancelled", ())
    await host.stop(1)


async def test_stopped_while_it_waits(journal: SqliteJournal, other: sqlite3.Connection) -> None:
    """A host that is stopped waits no longer than its grace; the record ends where it ended."""
    talk = Talk()
    talk.may.clear()
    host, _ = hosted(talk, journal)
    await host.submit(settings())
    await asyncio.sleep(0)
    other.execute("BEGIN EXCLUSIVE")
    talk.may.set()
    await until(lambda: host.figures()["waiting_for_disk"] == 1)
    assert await host.stop(0.05) == 1
    assert len(stored(journal)[1]) == 1


async def test_an_entry_that_was_kept_after_all(journal: SqliteJournal) -> None:
    """Where the store failed to say that it kept an entry, finding that very entry there is enough."""
    (entry,) = sample_entries(1)
    await journal.append(entry)
    outage = Outage(lambda _: None)
    outage.waiting.add(entry.session)
    await Steady(journal, (), outage=outage).append(entry)
    assert outage.waiting == set()
