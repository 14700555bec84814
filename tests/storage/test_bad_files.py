"""What if the file is cut, taken away, or exchanged? A clear line, no entry lost that was acknowledged, and then it goes on."""

from __future__ import annotations

import random
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from orchestrator.errors import ChainBroken, JournalError, Unwritable
from orchestrator.messages.entry import Row, row_of
from orchestrator.messages.value import SessionId
from orchestrator.storage.chain import check_chain
from orchestrator.storage.sqlite import SqliteJournal, SqliteReader
from orchestrator.storage.sqlite_file import PAGE
from orchestrator.testing.samples import sample_entries, sample_key

SIGN = sample_key().sign
ENTRIES = sample_entries(12, "sample-0001")
SESSION = ENTRIES[0].session
GONE = "its file was moved, deleted or replaced while it was in use"

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no file that is open")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a journal may be made."""
    return tmp_path / "handfast.db"


async def _write(path: Path, first: int, last: int) -> None:
    journal = SqliteJournal.open(path, SIGN)
    try:
        for entry in ENTRIES[first:last]:
            await journal.append(entry)
    finally:
        await journal.close()


def _kept(path: Path) -> tuple[Row, ...]:
    with SqliteReader.open(path) as reader:
        return reader.rows(SESSION)


@posix
async def test_deleted_while_it_is_in_use(path: Path) -> None:
    """From then on no entry is acknowledged; the line says so, and what to do."""
    journal = SqliteJournal.open(path, SIGN)
    await journal.append(ENTRIES[0])
    _take_away(path)
    for entry in ENTRIES[1:3]:
        with pytest.raises(Unwritable) as raised:
            await journal.append(entry)
        assert raised.value.message == f"journal {str(path)!r}: {GONE}"
        assert raised.value.hint == "put it back, with what stands beside it, then go on with 'handfast resume SESSION'"
    await journal.close()


@posix
async def test_moved_away_and_back(path: Path) -> None:
    """A file that is put back holds every entry that was acknowledged, and the session goes on."""
    journal = SqliteJournal.open(path, SIGN)
    for entry in ENTRIES[:4]:
        await journal.append(entry)
    aside = path.with_name("aside.db")
    _move(path, aside)
    with pytest.raises(Unwritable, match=GONE):
        await journal.append(ENTRIES[4])
    await journal.close()
    _move(aside, path)
    kept = len(_kept(path))
    assert kept >= 4
    await _write(path, kept, 12)
    assert _kept(path) == tuple(row_of(entry, SIGN) for entry in ENTRIES)


@posix
async def test_replaced_by_another_journal(path: Path) -> None:
    """What is written goes to no file that nobody finds: the exchange is told, and the other journal is as it was."""
    other = path.with_name("other.db")
    await _write(other, 0, 2)
    journal = SqliteJournal.open(path, SIGN)
    for entry in ENTRIES[:4]:
        await journal.append(entry)
    _move(other, path)
    with pytest.raises(Unwritable, match=GONE):
        await journal.append(ENTRIES[4])
    with suppress(JournalError):
        await journal.close()
    assert _kept(path) == tuple(row_of(entry, SIGN) for entry in ENTRIES[:2])


@posix
async def test_its_log_is_deleted(path: Path) -> None:
    """The log beside the file holds entries too: without it none is acknowledged."""
    journal = SqliteJournal.open(path, SIGN)
    await journal.append(ENTRIES[0])
    _take_away(path.with_name(f"{path.name}-wal"))
    with pytest.raises(Unwritable, match=GONE):
        await journal.append(ENTRIES[1])
    await journal.close()


async def test_cut_at_any_place(path: Path) -> None:
    """Of a file that was cut nothing is read as if it were whole: wherever it was cut, the damage is told."""
    journal = SqliteJournal.open(path, SIGN)
    for number in range(8):
        for entry in sample_entries(30, f"sample-{number:04}", text="word " * 60):
            await journal.append(entry)
    await journal.close()
    untold = [length for length in _lengths(path) if not _is_told(_cut(path, length))]
    assert untold == []


async def test_a_cut_file_is_not_written_to(path: Path) -> None:
    """Opened for writing, a file that was cut is refused, and left as it is: nothing is added to what is damaged."""
    await _write(path, 0, 12)
    cut = _cut(path, PAGE * 2)
    before = _bytes(cut)
    with pytest.raises(Unwritable) as raised:
        await _write(cut, 11, 12)
    assert raised.value.message == f"journal {str(cut)!r}: it is damaged"
    assert _bytes(cut) == before


def _lengths(path: Path) -> list[int]:
    size = path.stat().st_size
    generator = random.Random(7)
    return [0, 1, 511, 512, 4096, *(generator.randrange(size) for _ in range(60)), size - 1]


def _cut(path: Path, length: int) -> Path:
    cut = path.with_name("cut.db")
    shutil.copy(path, cut)
    with cut.open("r+b") as file:
        file.truncate(length)
    return cut


def _is_told(cut: Path) -> bool:
    """Return whether the damage is told, with what to do, when the file is opened or when its sessions are read."""
    with suppress(Unwritable, ChainBroken):
        with SqliteReader.open(cut) as reader:
            for number in range(8):
                check_chain(reader.rows(SessionId(f"sample-{number:04}")))
        return False
    return True


def _take_away(path: Path) -> None:
    path.unlink()


def _move(path: Path, to: Path) -> None:
    path.replace(to)


def _bytes(path: Path) -> bytes:
    return path.read_bytes()
