"""Killed at any instant, a session resumes as if nothing had been."""

from __future__ import annotations

import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.e2e.command import Done, Folder

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

SAME = ("status", "reason", "terms", "utilities", "rounds", "digest")
RUN = ("run", "campaign", "--seed", "5", "--json", "--model", "strategy:linear?delay=0.05")


def rows(folder: Folder) -> list[tuple[object, ...]]:
    """Return all stored cells, in the order of the session."""
    if not folder.journal.exists():
        return []
    with closing(sqlite3.connect(folder.journal)) as connection:
        try:
            return connection.execute("SELECT * FROM entries ORDER BY session, seq").fetchall()
        except sqlite3.OperationalError:
            return []


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Return how the run ends when nobody disturbs it."""
    return Folder(tmp_path_factory.mktemp("undisturbed")).run(*RUN)


@pytest.mark.parametrize("instant", range(20))
def test_killed_at_a_random_instant_it_ends_the_same(folder: Folder, whole: Done, instant: int) -> None:
    """After kill -9 and `resume`: the undisturbed outcome, no entry twice or lost, no finished call repeated."""
    process = folder.start(*RUN)
    begin_when(lambda: len(rows(folder)) > 0)
    time.sleep(random.Random(instant).uniform(0.0, 1.5))
    process.kill()
    process.communicate()
    before = rows(folder)
    session = folder.run("sessions", "--json").json[0]["id"]
    resumed = folder.run("resume", session, "--json")
    assert (resumed.code, {key: resumed.json[key] for key in SAME}) == (whole.code, {key: whole.json[key] for key in SAME})
    after = rows(folder)
    assert after[: len(before)] == before
    assert [row[1] for row in after] == list(range(len(after)))
    assert folder.run("verify", session).code == 0


def begin_when(condition: Callable[[], bool]) -> None:
    """Wait until something is so, at most 20 seconds."""
    for _ in range(400):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("the session was never opened")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_ends_cleanly_and_can_be_resumed(folder: Folder) -> None:
    """SIGINT: exit 130, the interruption signed and on record, and `resume` goes on to the same outcome."""
    process = folder.start(*RUN)
    begin_when(lambda: len(rows(folder)) > 3)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130
    session = folder.run("sessions", "--json").json[0]
    assert session["state"] == "interrupted"
    assert folder.run("verify", session["id"]).code == 0
    assert folder.run("resume", session["id"], "--json").json["status"] == "agreed"


def test_any_changed_cell_is_found(folder: Folder) -> None:
    """`verify` exits 1 for each cell of each row that is changed, and 0 before and after."""
    session = folder.run("run", "campaign", "--seed", "7", "--rounds", "3", "--json").json["session"]
    original = rows(folder)
    picks = random.Random(1).sample([(row, column) for row in range(len(original)) for column in range(8)], 16)
    for row, column in picks:
        change_and_verify(folder, session, original[row], column)
    assert folder.run("verify", session).code == 0


def change_and_verify(folder: Folder, session: str, row: tuple[object, ...], column: int) -> None:
    """Change one cell, verify, and put it back."""
    with closing(sqlite3.connect(folder.journal)) as connection:
        names = [name for _, name, *_ in connection.execute("PRAGMA table_info(entries)")]
        value = row[column]
        changed = value + 1000 if isinstance(value, int) else f"{value}x"
        key: tuple[object, object] = (row[0], row[1])
        connection.execute(f"UPDATE entries SET {names[column]} = ? WHERE session = ? AND seq = ?", (changed, *key))  # noqa: S608
        connection.commit()
        code = folder.run("verify", session).code
        now = (changed if column == 0 else key[0], changed if column == 1 else key[1])
        connection.execute(f"UPDATE entries SET {names[column]} = ? WHERE session = ? AND seq = ?", (value, *now))  # noqa: S608
        connection.commit()
    assert code == 1, (names[column], row[1])
