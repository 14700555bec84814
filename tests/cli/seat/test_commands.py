"""How do commands treat people's seats? With lines from standard input in place of a terminal."""

from __future__ import annotations

import io
import json
import sys

import pytest

from tests.cli.desk import Desk, Done

SUPPLIER = ("--seat", "supplier=human:kim")


def _flat(done: Done) -> str:
    """Return what was printed as one line."""
    return " ".join(done.out.split())


OFFER = "offer unit_price=2.45 volume=280000 payment_days=30 delivery_days=21 warranty_months=12\n\ny\n"


def _typed(monkeypatch: pytest.MonkeyPatch, desk: Desk, lines: str, *words: str) -> Done:
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    return desk.do(*words)


def test_a_person_agrees_and_an_approver_approves(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The offer of a person is taken, waits at its gate, binds when it is approved, verifies, and can be amended."""
    run = ("run", "procurement", *SUPPLIER, "--model", "buyer=strategy:conceder", "--rounds", "8")
    done = _typed(monkeypatch, desk, OFFER + "offer unit_price=2.40 payment_days=45\n\ny\n" + "pass\n" * 9, *run)
    assert (done.code, "buyer accepts m" in done.out) == (5, True), done
    assert "buyer 0." not in done.out
    approved = desk.do("approve", "last", "--gate", "contract-value", "--by", "head-of-procurement", "--note", "Good.")
    assert approved.code == 0, approved
    assert desk.do("verify", "last").code == 0
    receipt = desk.do("receipt", "last", "--json").json
    assert receipt["models"] == {"buyer": "strategy:conceder", "supplier": "human:kim"}
    amended = _typed(
        monkeypatch, desk, "accept m0\ny\n" + "pass\n" * 9, "amend", "last", "--seat", "buyer=human", "--rounds", "3"
    )
    assert "supplier accepts m0" in amended.out or "buyer accepts m0" in amended.out, amended


def test_nobody_there_is_no_failure(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty input leaves at once: the session waits for its person, and says how they go on."""
    done = _typed(monkeypatch, desk, "", "run", "procurement", *SUPPLIER)
    assert done.code == 5
    assert done.out.splitlines()[-1].endswith(" --seat supplier=human")
    listed = desk.do("sessions", "--json").json
    assert [session["state"] for session in listed] == ["waiting"]
    assert desk.do("show", "last").out.splitlines()[-1] == "Waiting in round 1 of 30: the person in the seat of supplier left."


def test_machines_get_one_object(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--json` the questions go to standard error and the outcome alone to standard output."""
    done = _typed(monkeypatch, desk, "say Hello.\n", "run", "procurement", *SUPPLIER, "--json")
    assert (done.json["status"], done.json["reason"], done.json["spending"]) == ("waiting", "person", {})
    assert "supplier> say Hello." in done.err


def test_what_is_refused_is_on_record_as_any_models_draft(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three drafts beyond the mandate lose the turn; no strategy steps in, and each call is on record before its answer."""
    bad = "offer unit_price=1.90\n\ny\n"
    done = _typed(monkeypatch, desk, bad * 3, "run", "procurement", *SUPPLIER, "--rounds", "2")
    assert "supplier has used up its repairs: the turn passes." in done.out.splitlines()
    entries = desk.do("show", "last", "--json").json["entries"]
    mine = [entry["reply"]["kind"] for entry in entries if entry["reply"].get("role") == "supplier"]
    assert mine[:6] == ["requested", "written"] * 3
    assert desk.do("verify", "last").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "procurement", "--seat", "supplier"), "--seat 'supplier' is not of the form ROLE=human"),
        (("run", "procurement", "--seat", "supplier=robot"), "--seat supplier='robot' is not of the form ROLE=human"),
        (("run", "procurement", "--seat", "supplier=human:"), "--seat supplier='human:' is not of the form ROLE=human"),
        (("run", "procurement", "--seat", "seller=human"), "there is no role 'seller' in 'procurement'"),
        (
            ("run", "procurement", "--seat", "buyer=human", "--model", "buyer=strategy:linear"),
            "--seat and --model are both given for 'buyer'",
        ),
    ],
)
def test_a_seat_that_cannot_be_taken(desk: Desk, words: tuple[str, ...], said: str) -> None:
    """Wrong words exit with 2 before anything is written."""
    done = desk.do(*words)
    assert (done.code, said in done.err, desk.journal.exists()) == (2, True, False), done


def test_seats_of_a_session_that_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A role that is not there is wrong usage; a seat that is given back is its agent's again, and the talk ends."""
    _typed(monkeypatch, desk, "", "run", "procurement", *SUPPLIER, "--rounds", "3")
    wrong = desk.do("resume", "last", "--seat", "seller=human")
    assert (wrong.code, "has no role 'seller'" in wrong.err) == (2, True)
    done = desk.do("resume", "last", "--seat", "supplier=agent")
    assert done.code in (0, 3, 5)
    assert "supplier is now an agent: strategy:linear" in desk.do("show", "last").out


def test_what_a_role_sees(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """`show --as` prints a role's own view; with `--json`, or for a role that is not there, it is wrong usage."""
    _typed(monkeypatch, desk, "", "run", "procurement", *SUPPLIER)
    seen = desk.do("show", "last", "--as", "supplier")
    assert (seen.code, seen.out.splitlines()[0]) == (0, "What supplier sees in round 1 of 30")
    assert "walk_away" not in seen.out
    assert [desk.do("show", "last", "--as", name, *more).code for name, more in (("moon", ()), ("buyer", ("--json",)))] == [
        2,
        2,
    ]


def test_an_agent_hands_over_and_its_human_decides(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session freezes with 5; only that human takes the seat or lets the agent go on, each on record."""
    file = desk.path / "gated" / "negotiation.yaml"
    text = file.read_text("utf-8").replace("    prompt: buyer.md\n", "    prompt: buyer.md\n    hand_over: {to: dana}\n", 1)
    file.write_text(text, "utf-8")
    frozen = _typed(monkeypatch, desk, "ask Could I speak to a human, please?\n", "run", "./gated", *SUPPLIER)
    assert (frozen.code, _flat(frozen).count("It waits for dana.")) == (5, 1), frozen
    other = _typed(monkeypatch, desk, "", "resume", "last", "--seat", "buyer=human:zoe")
    assert (other.code, _flat(other).count("It waits for dana.")) == (5, 1)
    assert desk.do("unfreeze", "last", "--by", "zoe").code == 2
    taken = _typed(monkeypatch, desk, "say Dana here.\n", "resume", "last", "--seat", "buyer=human:dana")
    assert (taken.code, "dana lets it go on: takes the seat of buyer" in taken.out) == (5, True), taken
    again = _typed(monkeypatch, desk, "ask Hello?\n", "resume", "last", "--seat", "supplier=human", "--seat", "buyer=agent")
    assert "buyer is now an agent: strategy:linear" in again.out
    assert desk.do("verify", "last").code == 0
    kinds = [
        event["kind"] for entry in json.loads(desk.do("show", "last", "--json").out)["entries"] for event in entry["events"]
    ]
    assert [kind for kind in kinds if kind in ("froze", "thawed", "seated")] == ["froze", "thawed", "seated", "seated"]
