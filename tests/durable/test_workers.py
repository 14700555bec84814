"""Workers in processes of their own drive sessions to their ends, whatever becomes of one of them."""

from __future__ import annotations

import re
import shutil
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from orchestrator.durable.version import ENVIRONMENT
from tests.durable.processes import Crew, until
from tests.source import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGSTOP"),
]

SLOW = ("--model", "strategy:linear?delay=0.05")
ENDS = ("agreed", "no_agreement")


def test_two_workers_share_a_queue(crew: Crew) -> None:
    """Each session is driven to its end in one burst, by either of two workers; stopped, both leave with 0."""
    men = [crew.worker("anna"), crew.worker("ben")]
    sessions = crew.submit("campaign", 6)
    until(crew.all_are(*ENDS))
    until(lambda: crew.bursts("status <> 'SUCCESS'") == [])
    assert crew.bursts() == sorted((f"{session}:1", "SUCCESS") for session in sessions)
    assert crew.run("verify", "--all").returncode == 0
    assert [man.stop() for man in men] == [0, 0]


def test_a_session_that_waits_is_a_row(crew: Crew) -> None:
    """At a gate nothing is queued and nothing runs; each approval wakes it, and the last one ends it."""
    crew.worker("anna")
    (session,) = crew.submit("approval", 1)
    until(crew.all_are("waiting"))
    until(lambda: crew.bursts("status <> 'SUCCESS'") == [])
    for gate, name in (("guarantee", "guarantee-board"), ("guarantee", "scheme-director"), ("approval", "credit-committee")):
        done = crew.run("approve", session, "--gate", gate, "--by", name, "--note", "Fine.")
        assert done.returncode == 0, done.stderr
    until(crew.all_are("agreed"))
    assert crew.run("verify", session).returncode == 0


def test_what_a_killed_worker_had_begun_is_taken_over(crew: Crew) -> None:
    """After SIGKILL in the middle of many talks another worker ends them all; no entry is there twice."""
    anna = crew.worker("anna")
    sessions = crew.submit("campaign", 8, *SLOW)
    until(lambda: len(crew.bursts("status = 'PENDING'")) == len(sessions))
    anna.send(signal.SIGKILL)
    ben = crew.worker("ben")
    until(crew.all_are(*ENDS))
    assert "is gone: what it had begun is queued again" in ben.said
    for session in sessions:
        entries = crew.entries(session)
        assert [entry.seq for entry in entries] == list(range(len(entries)))
    assert crew.run("verify", "--all").returncode == 0


def test_a_worker_that_was_paused_for_longer_than_its_lease_does_no_harm(crew: Crew) -> None:
    """After SIGSTOP others take its talks over; going on, it meets their entries, lets go, and works on."""
    anna = crew.worker("anna", "--lease", "3")
    crew.submit("campaign", 6, *SLOW)
    until(lambda: len(crew.bursts("status = 'PENDING'")) == 6)
    anna.send(signal.SIGSTOP)
    ben = crew.worker("ben")
    until(lambda: "is gone" in ben.said)
    until(lambda: any("anna" not in executor for _, executor in _pending(crew)))
    anna.send(signal.SIGCONT)
    until(crew.all_are(*ENDS))
    until(lambda: "another worker drives it; this one lets it go" in anna.said + ben.said)
    assert crew.run("verify", "--all").returncode == 0
    assert ben.stop() == 0
    crew.submit("campaign", 1)
    until(crew.all_are(*ENDS))
    assert anna.stop() == 0


def _pending(crew: Crew) -> list[tuple[str, str]]:
    table = f'"{crew.place.schema}_bursts".workflow_status'
    return crew.server.run(f"SELECT workflow_uuid, executor_id FROM {table} WHERE status = 'PENDING'")  # noqa: S608 - of the tests


def test_a_name_belongs_to_one_living_worker(crew: Crew) -> None:
    """A second worker of the same name is refused in a line; when the first is gone, the name is free."""
    anna = crew.worker("anna")
    second = crew.worker("anna")
    assert second.process.wait(timeout=30) == 2
    assert "a living worker has the name" in second.said
    anna.send(signal.SIGKILL)
    anna.process.wait()
    third = crew.worker("anna")
    assert third.stop() == 0


def test_a_session_waits_for_a_worker_of_its_version(crew: Crew) -> None:
    """A worker of other rules leaves it alone, with nothing put on record; one that is told to takes it as well."""
    old, new = {ENVIRONMENT: "2-old"}, {ENVIRONMENT: "2-new"}
    (session,) = crew.submit("campaign", 1, world=old)
    newer = crew.worker("newer", world=new)
    until(lambda: "1 session of version 2-old wait for a worker of that version" in newer.said)
    (other,) = crew.submit("campaign", 1, world=new)
    until(lambda: crew.states()[other] in ENDS)
    assert (crew.states()[session], len(crew.entries(session))) == ("unfinished", 1)
    assert newer.stop() == 0
    crew.worker("both", "--also-version", "2-old", world=new)
    until(crew.all_are(*ENDS))


def test_a_stopped_worker_gives_back_what_it_had_begun(crew: Crew) -> None:
    """SIGTERM: calls under way come back, the rest is left in good order, and another worker goes on with it."""
    anna = crew.worker("anna")
    sessions = crew.submit("campaign", 6, *SLOW)
    until(lambda: len(crew.bursts("status = 'PENDING'")) == len(sessions))
    assert anna.stop() == 0
    assert set(crew.states().values()) == {"unfinished"}
    crew.worker("ben")
    until(crew.all_are(*ENDS))
    kinds = {entry.reply.kind for session in sessions for entry in crew.entries(session)}
    assert "interrupted" not in kinds


def test_a_server_that_is_gone_for_a_while_is_waited_for(lonely_crew: Crew) -> None:
    """While the server is away the worker waits; when it is back the talks go on to their ends."""
    crew = lonely_crew
    anna = crew.worker("anna")
    crew.submit("campaign", 4, *SLOW)
    until(lambda: len(crew.bursts("status = 'PENDING'")) == 4)
    with crew.gone():
        time.sleep(4.0)
    until(crew.all_are(*ENDS))
    assert crew.run("verify", "--all").returncode == 0
    crew.submit("campaign", 1)
    until(crew.all_are(*ENDS))
    assert anna.stop() == 0


def test_a_server_without_a_free_connection_is_waited_for(lonely_crew: Crew) -> None:
    """A worker whose connections are all taken by others says so, and goes on with what it had begun when some are free."""
    crew = lonely_crew
    anna = crew.worker("anna")
    crew.submit("campaign", 4, "--model", "strategy:linear?delay=0.2")
    until(lambda: len(crew.bursts("status = 'PENDING'")) == 4)
    with ExitStack() as taken:
        other, *_ = crew.take_all(taken)
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'handfast%'")
        while "no connection left (too many connections)" not in anna.said:
            crew.take_all(taken)
            time.sleep(0.2)
    until(crew.all_are(*ENDS))
    assert crew.run("verify", "--all").returncode == 0
    assert anna.stop() == 0


def test_time_answers_once_however_many_workers_look(crew: Crew, tmp_path: Path) -> None:
    """A gate whose time is up wakes its session: one entry says so, and the talk goes on without a person."""
    folder = tmp_path / "hasty"
    shutil.copytree(ROOT / "prompts" / "approval", folder)
    file = folder / "negotiation.yaml"
    text, hasty = re.subn(r"within: \w+", "within: 1s", file.read_text("utf-8"))
    assert hasty
    file.write_text(text, "utf-8")
    for name in ("anna", "ben"):
        crew.worker(name)
    (session,) = crew.submit(str(folder), 1)
    until(lambda: "elapsed" in [entry.reply.kind for entry in crew.entries(session)])
    until(lambda: crew.bursts("status <> 'SUCCESS'") == [])
    entries = crew.entries(session)
    elapsed = [entry.seq for entry in entries if entry.reply.kind == "elapsed"]
    woken = [name for name, _ in crew.bursts() if "@" in name]
    assert len(elapsed) == len(woken)
    assert len(entries) > elapsed[0] + 1 or crew.states()[session] in ENDS
