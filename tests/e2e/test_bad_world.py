"""What if the journal is taken away, or cut, under a session? A clear line with what to do, and then it goes on."""

from __future__ import annotations

import sqlite3
import sys
import time
from contextlib import closing

import pytest

from tests.e2e.command import Folder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(120),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no file that is open"),
]

RUN = ("run", "campaign", "--seed", "5", "--json", "--model", "strategy:linear?delay=0.1")


def entries(folder: Folder) -> int:
    """Return how many entries the journal holds."""
    if not folder.journal.exists():
        return 0
    with closing(sqlite3.connect(folder.journal)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def begin(folder: Folder, at_least: int) -> None:
    """Wait until there are so many entries."""
    for _ in range(400):
        if entries(folder) >= at_least:
            return
        time.sleep(0.03)
    pytest.fail("the session was never opened")


def test_moved_away_under_a_running_session_and_put_back(folder: Folder) -> None:
    """The run ends with code 6, one line and what to do; put back, the journal verifies and the session goes on."""
    process = folder.start(*RUN)
    begin(folder, 4)
    aside = folder.path / "aside.db"
    folder.journal.rename(aside)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 6
    assert "was moved, deleted or replaced while it was in use\n" in err
    assert "hint: put it back" in err
    assert folder.run("sessions").code == 2
    aside.rename(folder.journal)
    assert entries(folder) >= 4
    assert folder.run("resume", "last", "--json").json["status"] == "agreed"
    assert folder.run("verify", "last").code == 0


def test_deleted_under_a_running_session(folder: Folder) -> None:
    """The run ends with code 6 and says so; a new run begins a new journal that holds."""
    process = folder.start(*RUN)
    begin(folder, 2)
    for name in ("handfast.db", "handfast.db-wal", "handfast.db-shm"):
        (folder.path / name).unlink()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 6
    assert "was moved, deleted or replaced while it was in use" in err
    assert folder.run("run", "campaign", "--seed", "5", "--json").code == 0
    assert folder.run("verify", "last").code == 0


def test_cut_under_a_session_that_was_killed(folder: Folder) -> None:
    """A journal whose end is missing is damaged for every command that reads it, in one line, and nothing is added to it."""
    assert folder.run(*RUN[:5]).code == 0
    content = folder.journal.read_bytes()
    folder.journal.write_bytes(content[: len(content) * 2 // 3])
    cut = folder.journal.read_bytes()
    for command in (("sessions",), ("show", "last"), ("resume", "last"), RUN):
        done = folder.run(*command)
        assert (
            done.code in (1, 6),
            "damaged" in done.err,
            "hint: restore the journal from a copy that verifies" in done.err,
        ) == (
            True,
            True,
            True,
        ), (command, done)
    assert folder.journal.read_bytes() == cut
    folder.journal.write_bytes(content)
    assert folder.run("verify", "last").code == 0
