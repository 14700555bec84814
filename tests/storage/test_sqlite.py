"""A journal in a file: one process writes, any number read, and whatever stands in the way is told in one line."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from orchestrator.errors import ChainBroken, Unwritable, UsageError
from orchestrator.messages.entry import Row, row_of
from orchestrator.messages.journal import Journal
from orchestrator.messages.value import SessionId
from orchestrator.storage import sqlite_file
from orchestrator.storage.sqlite import SqliteJournal, SqliteReader
from orchestrator.storage.sqlite_file import APPLICATION, FORMAT, PAGE, connect_to_write
from orchestrator.storage.sqlite_writer import Writer
from orchestrator.testing.pots import PottedTalk
from orchestrator.testing.samples import sample_agreement, sample_entries, sample_key

SIGN = sample_key().sign
SESSION = SessionId("sample-0001")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a journal may be made."""
    return tmp_path / "handfast.db"


async def _fill(path: Path) -> None:
    journal = SqliteJournal.open(path, SIGN)
    for entry in sample_agreement():
        await journal.append(entry)
    await journal.close()


def _refusal(path: Path) -> Unwritable:
    with pytest.raises(Unwritable) as raised:
        SqliteJournal.open(path, SIGN)
    return raised.value


def _reading_refusal(path: Path) -> Unwritable:
    with pytest.raises(Unwritable) as raised:
        SqliteReader.open(path)
    return raised.value


async def test_the_file(path: Path) -> None:
    """The file carries its application and format, entries and ledger, and is alone in its folder but for the lock's note."""
    await _fill(path)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
        assert database.execute("PRAGMA user_version").fetchone() == (FORMAT,)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [
            ("entries",),
            ("pots",),
            ("pledges",),
        ]
    assert sorted(file.name for file in path.parent.iterdir()) == ["handfast.db", "handfast.db.lock"]


async def test_a_journal_is_opened_and_closed_without_entries(path: Path) -> None:
    """A journal that nobody wrote to is one all the same."""
    await SqliteJournal.open(path, SIGN).close()
    with SqliteReader.open(path) as reader:
        assert (reader.summaries(), reader.orphans(), reader.rows(SESSION)) == ((), (), ())


async def test_readers_see_what_is_durable(path: Path) -> None:
    """A reader takes no lock, and sees each entry as soon as it is appended."""
    journal = SqliteJournal.open(path, SIGN)
    with SqliteReader.open(path) as reader:
        entries = sample_entries(5)
        for entry in entries:
            await journal.append(entry)
            assert reader.rows(SESSION, entry.seq - 1) == (row_of(entry, SIGN),)
        assert reader.summaries() == journal.summaries()
        assert reader.orphans() == journal.orphans() == ()
        await journal.close()
        assert reader.rows(SESSION) == tuple(row_of(entry, SIGN) for entry in entries)


async def test_readers_write_nothing(path: Path) -> None:
    """A journal that is open for reading refuses to append, in one line."""
    await _fill(path)
    reader: Journal = SqliteReader.open(path)
    with pytest.raises(Unwritable) as raised:
        await reader.append(sample_entries(1)[0])
    assert raised.value.message == f"journal {str(path)!r}: opened for reading, it keeps no entry 0 of session 'sample-0001'"
    await reader.close()


async def test_sessions_with_a_gap(path: Path) -> None:
    """Sessions whose rows are not numbered from 0 on are told of."""
    journal = SqliteJournal.open(path, SIGN)
    whole, late, gap = (sample_entries(3, f"sample-{number}") for number in ("whole", "late", "gap"))
    for entry in (*whole, *late[1:], gap[0], gap[2]):
        await journal.append(entry)
    assert sorted(journal.orphans()) == ["sample-gap", "sample-late"]
    await journal.close()


async def test_the_second_to_open(path: Path) -> None:
    """Of two that open a journal the second is told who has it; when that one closes, it may."""
    journal = SqliteJournal.open(path, SIGN)
    error = _refusal(path)
    assert error.message.startswith(f"journal {str(path)!r}: another handfast process holds it (process {os.getpid()}, since ")
    assert error.hint == (
        "wait until it is done, hand it over with 'handfast submit' where it is a server, or name another file with --journal"
    )
    link = path.with_name("link.db")
    link.symlink_to(path)
    assert _refusal(link).message == error.message.replace(repr(str(path)), repr(str(link)))
    await journal.close()
    await SqliteJournal.open(link, SIGN).close()


@pytest.mark.parametrize("note", [b"", b"\xff", b"none"])
async def test_a_lock_that_does_not_say_whose_it_is(path: Path, note: bytes) -> None:
    """A journal is held by whoever has the lock, also where the note beside it says nothing of use."""
    journal = SqliteJournal.open(path, SIGN)
    path.with_name("handfast.db.lock").write_bytes(note)
    assert _refusal(path).message == f"journal {str(path)!r}: another handfast process holds it"
    await journal.close()


def test_no_journal_to_read(path: Path) -> None:
    """Reading what is not there is a wrong use, and makes nothing."""
    with pytest.raises(UsageError) as raised:
        SqliteReader.open(path)
    assert raised.value.message == f"there is no journal {str(path)!r}"
    assert list(path.parent.iterdir()) == []


def test_a_missing_folder(tmp_path: Path) -> None:
    """A folder that is missing is named, and is not made."""
    error = _refusal(tmp_path / "missing" / "handfast.db")
    assert error.message == (
        f"journal {str(tmp_path / 'missing' / 'handfast.db')!r}: there is no folder {str(tmp_path / 'missing')!r}"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    """What the system says about a name is told in one line."""
    path = tmp_path / ("x" * 300)
    assert _refusal(path).message == f"journal {str(path)!r}: File name too long"
    assert _reading_refusal(path).message == f"journal {str(path)!r}: File name too long"


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    """A folder is no journal."""
    assert _refusal(tmp_path).message == f"journal {str(tmp_path)!r}: it is a folder"
    assert _reading_refusal(tmp_path).message == f"journal {str(tmp_path)!r}: it is a folder"


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to look at" * 100, b"SQLite format 3\0", b"x", b"x" * 511, b"x" * 512]
)
def test_a_file_of_another_kind(path: Path, content: bytes) -> None:
    """A file that is no database is refused, and left as it is."""
    path.write_bytes(content)
    assert _refusal(path).message == f"journal {str(path)!r}: it is not a journal of handfast"
    assert _reading_refusal(path).message == f"journal {str(path)!r}: it is not a journal of handfast"
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("PRAGMA application_id=1", "it is not a journal of handfast"),
        ("PRAGMA application_id=0", "it is not a journal of handfast"),
        ("PRAGMA user_version=3", "it has format 3; this version knows 2"),
        ("PRAGMA user_version=0", "its tables are not those of a journal"),
        ("ALTER TABLE entries RENAME TO others", "its tables are not those of a journal"),
        ("ALTER TABLE entries ADD COLUMN more TEXT", "its tables are not those of a journal"),
        ("ALTER TABLE entries RENAME COLUMN digest TO sum", "its tables are not those of a journal"),
        ("CREATE VIEW more AS SELECT 1", "its tables are not those of a journal"),
        (
            "CREATE TRIGGER more AFTER INSERT ON entries BEGIN DELETE FROM entries; END",
            "its tables are not those of a journal",
        ),
    ],
)
async def test_a_journal_of_another_kind(path: Path, change: str, problem: str) -> None:
    """A database of another application, of a newer format or with other tables is refused, by writers and readers."""
    await _fill(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute(change)
        database.commit()
    assert _refusal(path).message == f"journal {str(path)!r}: {problem}"
    assert _reading_refusal(path).message == f"journal {str(path)!r}: {problem}"


def test_an_empty_file(path: Path) -> None:
    """An empty file becomes a journal when it is written to, and is none before that."""
    path.touch()
    assert _reading_refusal(path).message == f"journal {str(path)!r}: it is not a journal of handfast"
    asyncio.run(_fill(path))


def test_a_damaged_file(path: Path) -> None:
    """A file whose pages are damaged is told of as such, and not read past the damage."""
    asyncio.run(_fill(path))
    whole = path.read_bytes()
    path.write_bytes(whole[:PAGE] + b"\xff" * PAGE + whole[2 * PAGE :])
    with SqliteReader.open(path) as reader:
        with pytest.raises(ChainBroken) as raised:
            reader.rows(SESSION)
        assert raised.value.message.startswith("session 'sample-0001': the file is damaged: ")
        for read in (reader.summaries, reader.orphans):
            with pytest.raises(ChainBroken):
                read()


async def test_locked_by_another_program_from_the_beginning(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program has locked cannot be opened for writing; it is free for handfast again at once."""
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.05)
    await _fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        error = _refusal(path)
        assert error.message == f"journal {str(path)!r}: it is locked by another program"
        assert error.hint == "close that program, then go on with 'handfast resume SESSION'"
        other.execute("ROLLBACK")
        await SqliteJournal.open(path, SIGN).close()


async def test_mended_it_keeps_what_follows(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure, whoever mends the journal and writes the same entry again goes on with it."""
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.05)
    journal = SqliteJournal.open(path, SIGN)
    entries = sample_entries(3)
    await journal.append(entries[0])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unwritable):
            await journal.append(entries[1])
    for entry in entries[1:]:
        journal.mend()
        await journal.append(entry)
    assert journal.rows(SESSION) == tuple(row_of(entry, SIGN) for entry in entries)
    await journal.close()


async def test_locked_by_another_program_meanwhile(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once an entry could not be kept none is, so that none is skipped; opened again, the journal goes on."""
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.05)
    journal = SqliteJournal.open(path, SIGN)
    entries = sample_entries(4)
    await journal.append(entries[0])
    message = f"journal {str(path)!r}: it is locked by another program"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        outcomes = await asyncio.gather(*map(journal.append, entries[1:3]), return_exceptions=True)
    assert [str(outcome) for outcome in outcomes] == [message, message]
    with pytest.raises(Unwritable) as raised:
        await journal.append(entries[3])
    assert raised.value.message == message
    assert journal.rows(SESSION) == (row_of(entries[0], SIGN),)
    await journal.close()
    journal = SqliteJournal.open(path, SIGN)
    for entry in entries[1:]:
        await journal.append(entry)
    assert journal.rows(SESSION) == tuple(row_of(entry, SIGN) for entry in entries)
    await journal.close()


async def test_a_full_file(path: Path) -> None:
    """Where the disk is full nothing is half written: what was acknowledged is there, the rest is not."""
    connection = connect_to_write(path)
    connection.execute("PRAGMA max_page_count=8")
    writer = Writer(path, connection)
    rows = [row_of(entry, SIGN) for entry in sample_entries(60)]
    kept, refusal = await _write_until_refused(writer, rows)
    assert refusal.message == f"journal {str(path)!r}: the disk is full"
    assert refusal.hint == "free some space, then go on with 'handfast resume SESSION'"
    with pytest.raises(Unwritable):
        await writer.write(rows[kept])
    writer.close()
    assert 5 < kept < 60
    with SqliteReader.open(path) as reader:
        assert reader.rows(SESSION) == tuple(rows[:kept])
    journal = SqliteJournal.open(path, SIGN)
    await asyncio.gather(*map(journal.append, sample_entries(60)[kept:]))
    assert journal.rows(SESSION) == tuple(rows)
    await journal.close()


async def test_a_full_file_and_a_taken_place_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a commit fails, nothing of it is kept, and no place in it is called taken that may be free."""
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 10.0)
    connection = connect_to_write(path)
    connection.execute("PRAGMA max_page_count=12")
    writer = Writer(path, connection)
    first, second, third = (row_of(entry, SIGN) for entry in sample_entries(3))
    await writer.write(first)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        held = asyncio.create_task(writer.write(second))
        await asyncio.sleep(0.2)
        large = replace(third, events="x" * 100_000)
        together = asyncio.gather(*map(writer.write, (first, third, replace(large, seq=3))), return_exceptions=True)
        await asyncio.sleep(0.2)
        other.execute("ROLLBACK")
        await held
        outcomes = await together
    assert [str(outcome) for outcome in outcomes] == [f"journal {str(path)!r}: the disk is full"] * 3
    writer.close()
    with SqliteReader.open(path) as reader:
        assert reader.rows(SESSION) == (first, second)


async def _write_until_refused(writer: Writer, rows: list[Row]) -> tuple[int, Unwritable]:
    for kept, row in enumerate(rows):
        try:
            await writer.write(row)
        except Unwritable as error:
            return kept, error
    raise AssertionError("everything was kept")


async def test_an_entry_that_no_file_can_hold(path: Path) -> None:
    """Whatever goes wrong in the writer is told to whoever waits; nobody waits for ever."""
    writer = Writer(path, connect_to_write(path))
    with pytest.raises(Unwritable) as raised:
        await writer.write(replace(row_of(sample_entries(1)[0], SIGN), session="\udcff"))
    assert raised.value.message.startswith(f"journal {str(path)!r}: UnicodeEncodeError: ")
    writer.close()


async def test_closing_writes_what_waits(path: Path) -> None:
    """What was appended before the journal was closed is kept, whoever was waiting for it."""
    journal = SqliteJournal.open(path, SIGN)
    entries = sample_entries(30)
    tasks = [asyncio.create_task(journal.append(entry)) for entry in entries]
    await asyncio.sleep(0)
    await journal.close()
    await asyncio.gather(*tasks)
    with SqliteReader.open(path) as reader:
        assert len(reader.rows(SESSION)) == 30


async def test_reading_what_was_closed(path: Path) -> None:
    """A closed journal says so to whoever reads."""
    await _fill(path)
    reader = SqliteReader.open(path)
    await reader.close()
    with pytest.raises(Unwritable) as raised:
        reader.rows(SESSION)
    assert raised.value.message == f"journal {str(path)!r}: it is closed"


def _ignore(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    assert context["message"] == "Task was destroyed but it is pending!"


def test_one_journal_in_several_loops(path: Path) -> None:
    """A journal may be written to from one event loop after another; a loop that is gone hinders nobody."""
    journal = SqliteJournal.open(path, SIGN)
    entries = sample_entries(3)
    asyncio.run(journal.append(entries[0]))
    loop = asyncio.new_event_loop()
    left = loop.create_task(journal.append(entries[1]))
    loop.set_exception_handler(_ignore)
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    asyncio.run(journal.append(entries[2]))
    assert [row.seq for row in journal.rows(SESSION)] == [0, 1, 2]
    asyncio.run(journal.close())
    assert not left.done()


async def test_a_file_of_the_first_format_gets_a_ledger(path: Path) -> None:
    """A journal from before there were pots can be read as it is, and is made one of now when it is written to."""
    await _fill(path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DROP TABLE pots")
        database.execute("DROP TABLE pledges")
        database.execute("PRAGMA user_version=1")
    with SqliteReader.open(path) as reader:
        before = reader.rows(SESSION)
        assert (reader.stocks(), reader.holdings(), reader.rooms(SESSION, ["purse"])) == ((), (), ())
    journal = SqliteJournal.open(path, SIGN)
    talk = PottedTalk("talk-a")
    await journal.append(talk.opening)
    await journal.append(talk.propose(60))
    assert (journal.rows(SESSION), [stock.held for stock in journal.stocks()]) == (before, [Decimal(60)])
    await journal.close()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (FORMAT,)
