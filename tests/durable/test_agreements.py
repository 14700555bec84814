"""Agreements whose sessions are on a queue: what reopens them, and what approves in them, is done once among all workers."""

from __future__ import annotations

import json
import re
import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest

from orchestrator.assembly import enrolling, load_folder, settings_for
from orchestrator.cli.handing import hand
from orchestrator.durable.roster import Roster
from orchestrator.durable.version import deciding_version
from orchestrator.messages.command import Submit
from orchestrator.messages.reopening import Reopened
from orchestrator.messages.trigger import SpanTrigger
from orchestrator.messages.value import SessionId
from orchestrator.roles.find import shipped_folder
from tests.durable.processes import QUEUE, Crew, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGSTOP"),
]

_FACT = "  - {id: ceiling-drop, when: budget_ceiling < 150000, why: finance releases less}\n"
_STANDING = ("approve", "--standing", "--gate", "contract-value", "--by", "head-of-procurement", "--when", "volume > 0.0")


def under_triggers(folder: Path, trigger: str) -> str:
    """Return the path of the campaign, under a trigger."""
    made = shutil.copytree(shipped_folder() / "campaign", folder / "camp")
    file = made / "negotiation.yaml"
    file.write_text(f"{file.read_text('utf-8')}\ntriggers:\n{trigger}", "utf-8")
    return str(made)


def submit_due_soon(crew: Crew) -> SessionId:
    """Put a campaign on the queue whose agreement is due after a second, sooner than a file can say."""
    folder = load_folder("campaign")
    shipped = folder.negotiation
    soon = SpanTrigger(id="soon", why="the plan is looked at again", seconds=1)
    changes = {"stop": shipped.stop.model_copy(update={"reopens": 2}), "triggers": (soon,)}
    settings = settings_for(replace(folder, negotiation=shipped.model_copy(update=changes)), seed=1, models={})
    with enrolling(crew.place, QUEUE) as enrol:
        hand(crew.place, Submit(settings=enrol(settings)))
    return settings.session


def gated(folder: Path) -> str:
    """Return the path of a purchase that always needs its approver."""
    made = shutil.copytree(shipped_folder() / "procurement", folder / "gated")
    file = made / "negotiation.yaml"
    text, count = re.subn(r"unit_price \* volume > 500000\.0", "volume > 0.0", file.read_text("utf-8"))
    assert count
    file.write_text(text, "utf-8")
    return str(made)


def successors(crew: Crew, session: SessionId) -> list[str]:
    """Return what an agreement was reopened as, by its record."""
    return [event.successor for entry in crew.entries(session) for event in entry.events if isinstance(event, Reopened)]


def enrolled(crew: Crew, session: str) -> tuple[str, str] | None:
    """Return the queue and the version of a session."""
    roster = Roster(crew.place)
    try:
        return roster.find(SessionId(session))
    finally:
        roster.close()


def never_opened(crew: Crew, session: str) -> None:
    """Make it so that a session was announced, and that whoever was to open it died before that."""
    schema = crew.place.schema
    for table, column in (
        (f'"{schema}".entries', "session"),
        (f'"{schema}".roster', "session"),
        (f'"{schema}_bursts".workflow_status', "queue_partition_key"),
    ):
        crew.server.run(f"DELETE FROM {table} WHERE {column} = '{session}'")  # noqa: S608 - of the tests


def test_a_fact_reopens_an_agreement_on_its_queue(crew: Crew) -> None:
    """The successor is enrolled where its agreement was, and workers end it; one never opened is opened by a later look."""
    anna = crew.worker("anna")
    (old,) = crew.submit(under_triggers(crew.folder, _FACT), 1)
    until(crew.all_are("agreed"))
    done = crew.run("fact", "set", "budget_ceiling", "140000", "--source", "memo-120")
    assert done.returncode == 0, done.stderr
    assert "the workers of its queue negotiate it" in done.stdout
    (new,) = successors(crew, old)
    until(lambda: crew.states() == {old: "agreed", new: "agreed"})
    assert enrolled(crew, new) == (QUEUE, deciding_version())
    assert anna.stop() == 0
    never_opened(crew, new)
    crew.worker("ben")
    until(lambda: crew.states() == {old: "agreed", new: "agreed"})
    assert (successors(crew, old), enrolled(crew, new)) == ([new], (QUEUE, deciding_version()))
    assert crew.run("verify", "--all").returncode == 0


def test_workers_see_to_dates_once(crew: Crew) -> None:
    """What has come due while no worker looked is reopened once by two of them, and driven to its end."""
    anna = crew.worker("anna")
    old = submit_due_soon(crew)
    until(crew.all_are("agreed"))
    assert anna.stop() == 0
    sleep(1.1)
    men = [crew.worker(name, ready=False) for name in ("ben", "chi")]
    until(lambda: len(successors(crew, old)) == 1)
    (new,) = successors(crew, old)
    until(lambda: crew.states() == {old: "agreed", new: "agreed"})
    assert enrolled(crew, new) == (QUEUE, deciding_version())
    until(lambda: all("is at work" in man.said for man in men))
    assert [man.stop() for man in men] == [0, 0]
    sleep(1.1)
    assert crew.run("triggers", "run").returncode == 0
    (newest,) = successors(crew, SessionId(new))
    assert enrolled(crew, newest) == (QUEUE, deciding_version())
    assert [len(successors(crew, SessionId(each))) for each in (old, new)] == [1, 1]
    assert crew.run("verify", "--all").returncode == 0


def test_a_leave_is_used_once_by_two_workers(crew: Crew) -> None:
    """Given for one use, it approves in one of many sessions; the others wait for a person."""
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    given = crew.run(*_STANDING, "--until", tomorrow, "--uses", "1", "--negotiation", "procurement")
    assert given.returncode == 0, given.stderr
    sessions = crew.submit(gated(crew.folder), 6)
    for name in ("anna", "ben"):
        crew.worker(name, ready=False)
    until(crew.all_are("agreed", "no_agreement", "waiting"))
    states = sorted(crew.states().values())
    assert states.count("agreed") == 1, states
    (leave,) = json.loads(crew.run("approvals", "--json").stdout)
    assert [use["session"] for use in leave["used"]] == [each for each in sessions if crew.states()[each] == "agreed"]
    assert crew.run("verify", "--all").returncode == 0
