"""A server as its operator knows it: sessions handed over, parked, answered, called off; killed, and gone on with."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orchestrator.roles.find import shipped_folder
from orchestrator.runtime.hosting.place import read_holder
from tests.cli.desk import Desk, Done, desk_at

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(120),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no Unix sockets in asyncio, and other signals"),
]

GATE = ("--gate", "contract-value", "--by", "head-of-procurement")
SLOW = ("--model", "strategy:linear?delay=0.05")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a folder with a purchase that always needs its approver."""
    return desk_at(tmp_path)


@contextmanager
def serving(desk: Desk, *words: str) -> Generator[subprocess.Popen[str]]:
    """Run a server on the desk's journal, and yield its process once it listens."""
    environment = {**os.environ, "HANDFAST_KEY": desk.key, "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-m", "orchestrator.cli", "serve", *words]
    with subprocess.Popen(command, cwd=desk.path, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            until(lambda: (note := read_holder(desk.journal)) is not None and note.pid == process.pid)
            yield process
        finally:
            process.kill()


def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so, at most 30 seconds."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


def ended(process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
    """Stop a server and return its exit code and what it said."""
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    return process.returncode, err


def submitted(desk: Desk, *words: str) -> list[str]:
    """Hand sessions over and return their ids."""
    done = desk.do("submit", *words)
    assert done.code == 0, done
    return done.out.split()


def states(desk: Desk) -> dict[str, str]:
    """Return where each session stands."""
    return {each["id"]: each["state"] for each in desk.do("sessions", "--json").json}


def reached(desk: Desk, sessions: list[str], *state: str) -> Callable[[], bool]:
    """Return a question: whether all these sessions are in one of these states."""
    return lambda: all(states(desk)[session] in state for session in sessions)


def test_sessions_are_run_parked_and_answered(desk: Desk) -> None:
    """While a server holds the journal: submit, approve, deny and cancel reach it, readers read, a second driver is refused."""
    with serving(desk) as process:
        waiting = submitted(desk, "gated", "--count", "3", "--seed", "2")
        until(reached(desk, waiting, "waiting"))
        assert desk.do("inbox").out.count("Settled, but not binding yet") == 3
        for words in (("run", "campaign"), ("serve",)):
            refused = desk.do(*words)
            assert refused.code == 6
            assert f"another handfast process holds it (process {process.pid}, since " in refused.err
        approved = desk.do("approve", waiting[0], *GATE)
        assert (approved.code, approved.err) == (0, "")
        assert f"Gate 'contract-value' is approved by 'head-of-procurement' in session {waiting[0]}." in approved.out
        again = desk.do("approve", waiting[0], *GATE)
        assert (again.code, again.err) == (0, "")
        assert again.out.startswith("Gate 'contract-value' was approved by 'head-of-procurement' already.")
        opposite = desk.do("deny", waiting[0], *GATE)
        assert (opposite.code, opposite.err.splitlines()[0]) == (
            2,
            "handfast: gate 'contract-value' was approved by 'head-of-procurement' already",
        )
        cancelled = desk.do("cancel", waiting[1], "--by", "Kim", "--why", "the budget is gone")
        assert cancelled.out.splitlines() == [
            f"Session {waiting[1]} is cancelled by 'Kim'.",
            "No agreement: Kim cancelled it: the budget is gone.",
        ]
        assert desk.do("deny", waiting[2], *GATE, "--note", "Too much.").code == 0
        until(reached(desk, [waiting[2]], "waiting", "agreed", "no_agreement"))
        code, said = ended(process)
    assert (code, said.splitlines()[-1]) == (0, "handfast: stopped")
    assert sorted(each.name for each in desk.path.glob("handfast.db*")) == ["handfast.db", "handfast.db.lock"]
    assert (states(desk)[waiting[0]], states(desk)[waiting[1]]) == ("agreed", "no_agreement")
    assert desk.do("verify", "--all").code == 0


def test_killed_it_goes_on_where_it_was(desk: Desk) -> None:
    """After kill -9 the next server takes the socket's place and goes on with every session; the records verify."""
    with serving(desk, "--at-once", "4") as process:
        sessions = submitted(desk, "campaign", "--count", "6", "--seed", "5", *SLOW)
        until(lambda: "agreed" in states(desk).values() or len(states(desk)) == 6)
        time.sleep(0.5)
        process.kill()
        process.communicate()
    assert (desk.path / "handfast.db.socket").exists()
    with serving(desk) as process:
        until(reached(desk, sessions, "agreed"))
        assert ended(process)[0] == 0
    assert desk.do("verify", "--all").code == 0


def test_a_signal_stops_it_in_good_order(desk: Desk) -> None:
    """Ctrl-C ends with 0, what was under way is on record as interrupted, and the next server goes on with it."""
    with serving(desk) as process:
        sessions = submitted(desk, "campaign", "--count", "2", "--seed", "5", "--model", "strategy:linear?delay=0.1")
        until(lambda: min(each["entries"] for each in desk.do("sessions", "--json").json) > 2)
        code, said = ended(process, signal.SIGINT)
    assert (code, said.splitlines()[-1]) == (0, "handfast: stopped; 2 interrupted, on record")
    assert set(states(desk).values()) == {"interrupted"}
    assert desk.do("verify", "--all").code == 0
    with serving(desk) as process:
        until(reached(desk, sessions, "agreed"))
        ended(process)


def test_a_second_signal_ends_at_once(desk: Desk) -> None:
    """While effects under way are waited for, another signal ends the server with 130; nothing is lost by it."""
    with serving(desk, "--grace", "60") as process:
        submitted(desk, "campaign", "--model", "strategy:linear?delay=100")
        until(lambda: len(states(desk)) == 1)
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert process.poll() is None
        code, _ = ended(process)
    assert (code, set(states(desk).values())) == (130, {"unfinished"})
    assert desk.do("verify", "--all").code == 0


def test_without_a_server_sessions_are_stored(desk: Desk) -> None:
    """`submit` prints their ids and says what to do; the next server drives them."""
    done = desk.do("submit", "gated", "--seed", "2", "--approve", "contract-value=head-of-procurement")
    (session,) = done.out.split()
    assert done.err.splitlines() == [
        "handfast: no server runs on this journal; 1 stored",
        "hint: drive them with: handfast serve  or one with: handfast resume SESSION",
    ]
    assert states(desk) == {session: "unfinished"}
    with serving(desk) as process:
        until(reached(desk, [session], "agreed"))
        ended(process)


def test_opposite_words_at_the_same_time(desk: Desk) -> None:
    """Two people's commands in the same instant: one is on record, the other is told so."""
    with serving(desk) as process:
        (session,) = submitted(desk, "gated", "--seed", "2")
        until(reached(desk, [session], "waiting"))
        environment = {**os.environ, "HANDFAST_KEY": desk.key}
        both = [
            subprocess.Popen(
                [sys.executable, "-m", "orchestrator.cli", word, session, *GATE],
                cwd=desk.path,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            for word in ("approve", "deny")
        ]
        outcomes = [Done(each.wait(30), "", each.communicate()[1]) for each in both]
        ended(process)
    codes = sorted(outcome.code for outcome in outcomes)
    assert codes[0] == 0
    assert desk.do("verify", "--all").code == 0
    told = [outcome.err.splitlines()[0] for outcome in outcomes if outcome.code == 2]
    known = (" by 'head-of-procurement' already", "another offer waits", "does not wait at gate")
    assert [line for line in told if not any(words in line for words in known)] == []


def test_watching_where_there_is_no_terminal(desk: Desk) -> None:
    """A line for each session whose state has changed; Ctrl-C ends it with 0."""
    submitted(desk, "gated", "--seed", "2")
    environment = {**os.environ, "HANDFAST_KEY": desk.key}
    command = [sys.executable, "-m", "orchestrator.cli", "sessions", "--watch"]
    with subprocess.Popen(command, cwd=desk.path, env=environment, stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        first, second = watching.stdout.readline().split(), watching.stdout.readline().split()
        watching.send_signal(signal.SIGINT)
        assert watching.wait(20) == 0
    assert (first[1:], second[2:]) == (["no", "server"], ["unfinished", "1", "entries"])


async def _flooded(desk: Desk) -> None:
    note = read_holder(desk.journal)
    assert note is not None
    for _ in range(50):
        _, writer = await asyncio.open_unix_connection(note.socket)
        writer.write(b'{"command": [[[[' * 1000)
        writer.close()


def test_a_flood_of_nonsense_harms_nobody(desk: Desk) -> None:
    """Clients that send garbage are closed; whoever comes properly is served."""
    with serving(desk) as process:
        asyncio.run(_flooded(desk))
        (session,) = submitted(desk, "gated", "--seed", "2")
        until(reached(desk, [session], "waiting"))
        assert ended(process)[0] == 0


def test_a_fact_told_to_a_server_reopens_and_is_negotiated(desk: Desk) -> None:
    """Whoever tells the fact hears that the server goes on with the successor, and it does."""
    camp = shutil.copytree(shipped_folder() / "campaign", desk.path / "camp")
    with (camp / "negotiation.yaml").open("a", encoding="utf-8") as file:
        file.write("\ntriggers: [{id: ceiling, when: budget_ceiling < 150000, why: less is released}]\n")
    assert desk.do("run", "camp", "--seed", "1", "--json").code == 0
    with serving(desk):
        told = desk.do("fact", "set", "budget_ceiling", "140000", "--source", "memo-120")
        assert (told.code, told.out.splitlines()[-1]) == (0, "  the server of the journal negotiates it"), told
        until(lambda: sorted(states(desk).values()) == ["agreed", "agreed"])
