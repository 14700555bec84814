"""How do people deal with frozen sessions and approvals at the command line? By name, with a note, and exit 5 until they do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestrator.roles.find import shipped_folder
from tests.cli.desk import Desk


def folder_with(desk: Desk, pattern: str, section: str) -> str:
    """Return a folder with the procurement talk under another pattern."""
    folder = desk.path / "own"
    shutil.copytree(shipped_folder() / "procurement", folder)
    file = folder / "negotiation.yaml"
    text = file.read_text(encoding="utf-8").replace("pattern: concession", f"pattern: {pattern}")
    file.write_text(f"{text}\n{section}\n", encoding="utf-8")
    return str(Path("own"))


BREAKERS = "breakers: {person: Kim Lee, movement: {share: 0.02, rounds: 3, issues: [unit_price]}}"
APPROVAL = "approval: {by: Kim Lee, reason: required}"
KIM = ("--by", "Kim Lee")


@pytest.mark.slow
def test_a_frozen_session_waits_for_its_person(desk: Desk) -> None:
    """Exit 5 and why; another person, or a session that is not frozen, is refused; let go on, it is driven again."""
    frozen = desk.do("run", "./" + folder_with(desk, "concession", BREAKERS), "--json")
    assert (frozen.code, frozen.json["status"], frozen.json["reason"]) == (5, "waiting", "breaker")
    assert (frozen.json["frozen"]["breaker"], frozen.json["frozen"]["person"]) == ("movement", "Kim Lee")
    session = frozen.json["session"]
    assert desk.do("sessions", "--json").json[0]["state"] == "waiting"
    assert desk.do("resume", session).code == 5
    refused = desk.do("unfreeze", session, "--by", "Sam")
    assert (refused.code, refused.err) == (2, f"handfast: session {session!r} waits for 'Kim Lee', not for 'Sam'\n")
    let = desk.do("unfreeze", session, *KIM, "--note", "seen")
    assert (let.code, let.out.splitlines()[0]) == (0, f"Session {session} is let go on by 'Kim Lee'.")
    again = desk.do("unfreeze", session, *KIM)
    assert (again.code, again.err.splitlines()[0]) == (2, f"handfast: session {session!r} is not frozen")
    assert desk.do("resume", session, "--json").json["status"] == "waiting"
    ended = desk.do("unfreeze", session, *KIM, "--end", "--note", "enough")
    assert ended.out.splitlines()[1] == "No agreement: Kim Lee ended it after a circuit breaker had frozen it: enough."
    assert desk.do("resume", session, "--json").code == 3
    assert desk.do("verify", session).code == 0
    receipt = desk.do("receipt", session)
    breaks = [line.split()[0] for line in receipt.out.splitlines() if "frozen" in line]
    assert breaks == [
        "frozen",
        "frozen",
        "unfrozen",
        "unfrozen",
    ]


@pytest.mark.slow
def test_an_approval_asks_for_its_reason(desk: Desk) -> None:
    """Every agreement waits for the person, who sees what there is to see, and whose decision needs a note."""
    own = folder_with(desk, "approval", APPROVAL)
    beforehand = desk.do("run", "./" + own, "--approve", "approval=Kim Lee")
    assert beforehand.err == "handfast: gate 'approval' asks for a reason: nobody can approve there beforehand\n"
    parked = desk.do("run", "./" + own)
    assert parked.code == 5
    for heading in ("What is unusual", "What the roles did", "Why each term is as it is", "A reason is asked for"):
        assert heading in parked.out.splitlines()
    assert desk.do("inbox", "last").out in parked.out or "Why each term is as it is" in desk.do("inbox", "last").out
    assert "Settled, but not binding yet" in desk.do("inbox").out
    bare = desk.do("approve", "last", "--gate", "approval", *KIM)
    assert (bare.code, bare.err) == (2, "handfast: gate 'approval' asks for a reason\nhint: say why with --note\n")
    assert desk.do("approve", "last", "--gate", "approval", *KIM, "--note", "fits the plan").code == 0
    assert "How it went" in desk.do("resume", "last").out.splitlines()
    lines = desk.do("inbox").out.splitlines()
    assert lines[0] == "Nothing waits for a person."
    assert lines[1].startswith("1 decision so far, time to decide ")
    assert lines[1].endswith(" (median); 0 of 1 approved agreement overturned later")
    explained = desk.do("show", "last", "--why").out.splitlines()
    assert explained[0].startswith("unit price ")
    assert [entry["issue"] for entry in desk.do("show", "last", "--why", "--json").json["terms"]][:2] == [
        "unit_price",
        "volume",
    ]
    nothing = desk.do("inbox", "last")
    assert nothing.code == 2
    assert desk.do("verify", "last").code == 0
