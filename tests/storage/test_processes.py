"""What other processes, the disk and the system do to a journal: nothing that was acknowledged is lost."""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from orchestrator.errors import Unwritable
from orchestrator.messages.entry import Entry, Row, row_of
from orchestrator.messages.value import SessionId
from orchestrator.storage.chain import check_chain
from orchestrator.storage.sqlite import SqliteJournal, SqliteReader
from orchestrator.testing.samples import sample_entries, sample_key

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")]

SIGN = sample_key().sign

WRITING = """
import asyncio, os, sys
from orchestrator.storage.sqlite import SqliteJournal
from orchestrator.testing.samples import sample_entries, sample_key

async def write(journal, entries):
    for entry in entries:
        await journal.append(entry)
        os.write(1, f"{entry.session} {entry.seq}\\n".encode())

async def main():
    chains = [sample_entries(400, f"sample-{number:04}") for number in range(8)]
    journal = SqliteJournal.open(sys.argv[1], sample_key().sign)
    os.write(1, b"ready\\n")
    await asyncio.gather(*(write(journal, chain) for chain in chains))
    os.write(1, b"done\\n")
    await asyncio.sleep(60)

asyncio.run(main())
"""

FILLING = """
import asyncio, resource, sys
from orchestrator.errors import Unwritable
from orchestrator.storage.sqlite import SqliteJournal
from orchestrator.testing.samples import sample_entries, sample_key

async def main():
    entries = sample_entries(400)
    journal = SqliteJournal.open(sys.argv[1], sample_key().sign)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    for entry in entries:
        try:
            await journal.append(entry)
        except Unwritable as error:
            print(entry.seq, error.message)
            break
    await journal.close()

asyncio.run(main())
"""

FORBIDDEN = """
import asyncio, json, os, sys, tempfile
from orchestrator.errors import JournalError
from orchestrator.storage.sqlite import SqliteJournal, SqliteReader
from orchestrator.testing.samples import sample_key

# Whatever Python imports late is imported while it still may read its own files.
with tempfile.TemporaryDirectory() as folder:
    asyncio.run(SqliteJournal.open(folder + "/handfast.db", sample_key().sign).close())
    with SqliteReader.open(folder + "/handfast.db") as reader:
        reader.rows("sample-0001")
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    asyncio.run(SqliteJournal.open(sys.argv[1], sample_key().sign).close())
    written = ""
except JournalError as error:
    written = error.message
try:
    with SqliteReader.open(sys.argv[1]) as reader:
        read = len(reader.rows("sample-0001"))
except JournalError as error:
    read = error.message
print(json.dumps([written, read]))
"""


def _start(script: str, path: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([sys.executable, "-c", script, path], stdout=subprocess.PIPE, text=True, env=environment)


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize("seed", range(12))
def test_killed_while_it_writes(seed: int, tmp_path: Path) -> None:
    """Killed at any instant, a journal holds every entry that was acknowledged, in chains that hold, and can go on."""
    path = tmp_path / "handfast.db"
    with _start(WRITING, path) as process:
        assert _line(process) == "ready"
        time.sleep(random.Random(seed).uniform(0, 0.1))
        process.kill()
        acknowledged = [line.split() for line in process.communicate()[0].splitlines() if line != "done"]
    with SqliteReader.open(path) as reader:
        kept = {summary.id: reader.rows(summary.id) for summary in reader.summaries()}
        assert reader.orphans() == ()
    for session, seq in acknowledged:
        assert len(kept[SessionId(session)]) > int(seq)
    for rows in kept.values():
        check_chain(rows)
    asyncio.run(_go_on(path, kept))


async def _go_on(path: Path, kept: dict[SessionId, tuple[Row, ...]]) -> None:
    journal = SqliteJournal.open(path, SIGN)
    for session, rows in kept.items():
        entries = sample_entries(len(rows) + 2, session)
        for entry in entries[len(rows) :]:
            await journal.append(entry)
        assert journal.rows(session) == tuple(row_of(entry, SIGN) for entry in entries)
    await journal.close()


def test_two_processes(tmp_path: Path) -> None:
    """The second process is told which one holds the journal, may read, and may write once the first is dead."""
    path = tmp_path / "handfast.db"
    with _start(WRITING, path) as process:
        assert _line(process) == "ready"
        with pytest.raises(Unwritable) as raised:
            SqliteJournal.open(path, SIGN)
        told, since = raised.value.message.removesuffix(" UTC)").split(", since ")
        assert told == f"journal {str(path)!r}: another handfast process holds it (process {process.pid}"
        assert datetime.fromisoformat(since)
        while _line(process) != "done":
            pass
        with SqliteReader.open(path) as reader:
            assert [summary.entries for summary in reader.summaries()] == [400] * 8
        process.kill()
    asyncio.run(SqliteJournal.open(path, SIGN).close())


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """A limit of the system on the file is told in one line; what was acknowledged is there, and nothing half."""
    path = tmp_path / "handfast.db"
    with _start(FILLING, path) as process:
        seq, _, message = process.communicate()[0].strip().partition(" ")
    assert message == f"journal {str(path)!r}: the disk failed or is full"
    entries = sample_entries(int(seq))
    assert 10 < len(entries) < 400
    with SqliteReader.open(path) as reader:
        assert reader.rows(entries[0].session) == tuple(row_of(entry, SIGN) for entry in entries)


@pytest.fixture
def shared() -> Iterator[Path]:
    """Return a journal with three entries in a folder that every user may look into."""
    folder = Path(tempfile.mkdtemp(prefix="handfast-"))
    path = folder / "handfast.db"
    asyncio.run(_go_on(path, {sample_entries(1)[0].session: ()}))
    yield path
    folder.chmod(0o755)
    shutil.rmtree(folder)


def _forbidden(path: Path) -> tuple[str, int | str]:
    with _start(FORBIDDEN, path) as process:
        written, read = json.loads(process.communicate()[0])
    return written, read


def test_a_read_only_folder(shared: Path) -> None:
    """In a folder that may not be written to, a journal can be read and not written."""
    shared.chmod(0o444)
    shared.with_name("handfast.db.lock").unlink()
    shared.parent.chmod(0o555)
    assert _forbidden(shared) == (f"journal {str(shared)!r}: Permission denied", 2)


def test_a_read_only_file(shared: Path) -> None:
    """A file that may not be written to can be read and not written."""
    shared.chmod(0o444)
    shared.with_name("handfast.db.lock").unlink()
    shared.parent.chmod(0o777)
    assert _forbidden(shared) == (f"journal {str(shared)!r}: it is read-only", 2)


def test_a_file_that_may_not_be_read(shared: Path) -> None:
    """A file of somebody else is told of in one line."""
    shared.chmod(0o000)
    shared.with_name("handfast.db.lock").unlink()
    shared.parent.chmod(0o777)
    message = f"journal {str(shared)!r}: it cannot be opened"
    assert _forbidden(shared) == (message, message)


def test_a_folder_that_may_not_be_entered(shared: Path) -> None:
    """A folder of somebody else is told of in one line."""
    shared.parent.chmod(0o000)
    message = f"journal {str(shared)!r}: Permission denied"
    assert _forbidden(shared) == (message, message)


def test_a_full_disk(tmp_path: Path) -> None:
    """On a disk that is full, what was acknowledged is there; with room again, the journal goes on."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if (
        shutil.which("mount") is None
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=384k", "tmpfs", disk], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("a small disk cannot be mounted here")
    try:
        asyncio.run(_fill_up(disk))
    finally:
        subprocess.run(["umount", disk], check=True)


async def _fill_up(disk: Path) -> None:
    path, ballast = disk / "handfast.db", disk / "ballast"
    ballast.write_bytes(b"x" * 120_000)
    entries = sample_entries(60)
    journal = SqliteJournal.open(path, SIGN)
    outcomes = [await _outcome(journal, entry) for entry in entries]
    kept = outcomes.count("")
    assert 3 < kept < 60
    assert set(outcomes[kept:]) == {f"journal {str(path)!r}: the disk is full"}
    await journal.close()
    ballast.unlink()
    journal = SqliteJournal.open(path, SIGN)
    assert [await _outcome(journal, entry) for entry in entries[kept : kept + 5]] == [""] * 5
    assert journal.rows(entries[0].session) == tuple(row_of(entry, SIGN) for entry in entries[: kept + 5])
    await journal.close()


async def _outcome(journal: SqliteJournal, entry: Entry) -> str:
    try:
        await journal.append(entry)
    except Unwritable as error:
        return error.message
    return ""
