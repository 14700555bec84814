"""How do people decide at the command line? Bound to what they read, two where two are needed, in time, and by leave."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from time import sleep

import pytest

from tests.cli.desk import Desk

BOARD = "volume > 0.0', approver: [ana, ben, chi], approvers: 2, within: 3d"
AT = ("--gate", "contract-value")


def board(desk: Desk, gate: str = BOARD) -> None:
    """Let every purchase be decided on by two of three people, within three days."""
    file = desk.path / "gated" / "negotiation.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"volume > 0\.0', approver: [^,}]*", gate, text), encoding="utf-8")


def waiting(desk: Desk, *options: str) -> str:
    """Run a purchase to its gate, and return the beginning of the digest that waits there."""
    done = desk.do("run", "gated", "--plain", *options)
    assert done.code == 5, done.out + done.err
    found = re.search(r"--digest ([0-9a-f]{12})", done.out)
    assert found is not None
    return found[1]


@pytest.mark.slow
def test_two_people_approve_what_they_read(desk: Desk) -> None:
    """Another digest is refused, the same person twice is told so, and the second person's word makes the agreement."""
    board(desk)
    digest = waiting(desk)
    moved = desk.do("approve", "last", *AT, "--by", "ana", "--digest", "000000")
    assert (moved.code, moved.err.splitlines()[0]) == (
        2,
        f"handfast: the offer has moved: {digest} waits at gate 'contract-value', and not 000000",
    )
    short = desk.do("approve", "last", *AT, "--by", "ana", "--digest", digest[:3])
    assert (short.code, short.err.splitlines()[1]) == (2, "hint: give 6 digits or more")
    assert desk.do("approve", "last", *AT, "--by", "ana", "--digest", digest).code == 0
    again = desk.do("approve", "last", *AT, "--by", "ana", "--digest", digest)
    assert (again.code, again.out.splitlines()[0]) == (0, "Gate 'contract-value' was approved by 'ana' already.")
    turned = desk.do("deny", "last", *AT, "--by", "ana", "--digest", digest)
    assert (turned.code, turned.err) == (
        2,
        "handfast: 'ana' has approved at gate 'contract-value' already\nhint: it waits for 'ben' or 'chi'\n",
    )
    assert [item["gates"][0]["approved"] for item in desk.do("inbox", "--json").json["waiting"]] == [["ana"]]
    assert desk.do("approve", "last", *AT, "--by", "chi", "--digest", digest.upper()).code == 0
    assert desk.do("inbox", "--for", "ben").out.splitlines()[0] == "Nothing waits for ben."
    assert desk.do("verify", "last").code == 0


@pytest.mark.slow
def test_the_inbox_tells_who_how_long_and_what_then(desk: Desk) -> None:
    """A list for people and one for programs, by name and by pages; both say that silence is a no."""
    board(desk)
    digest = waiting(desk)
    told = " ".join(desk.do_at(200, "inbox").out.split())
    assert re.search(
        r"gate contract-value: 2 of ana, ben, chi; [23] d [0-9]+ h left, until .* UTC, then the answer is no", told
    )
    (item,) = desk.do("inbox", "--for", "Ben", "--json").json["waiting"]
    assert (item["waits_for"], item["then"], item["offer"]["digest"][:12]) == (
        ["ana", "ben", "chi"],
        "the answer is no",
        digest,
    )
    assert 0 < item["seconds_left"] <= 3 * 86_400
    assert desk.do("inbox", "--for", "eve", "--json").json["waiting"] == []
    assert desk.do("inbox", "--page", "2").out.splitlines()[0] == "Nothing more waits for a person."
    assert all(len(line) <= 60 for line in desk.do_at(60, "inbox").out.splitlines())
    alone = desk.do("inbox", "--remind")
    assert (alone.code, alone.err.splitlines()[0]) == (2, "handfast: there is no command for notices")


@pytest.mark.slow
def test_an_approver_asks_and_then_asks_for_other_terms(desk: Desk) -> None:
    """The answer comes back and changes nothing; terms that break a limit are refused with the reason; others stand."""
    board(desk)
    waiting(desk)
    asked = desk.do("ask", "last", "Why these terms?", *AT, "--by", "ana", "--to", "buyer")
    assert (asked.code, asked.out.startswith("buyer answers: ")) == (0, True)
    assert "What was asked about it" in desk.do("inbox", "last").out.splitlines()
    assert desk.do("ask", "last", " ", *AT, "--by", "ana").code == 2
    assert desk.do("ask", "last", "Why?", *AT, "--by", "eve").code == 2
    unknown = desk.do("revise", "last", "colour=red", *AT, "--by", "ana")
    assert (unknown.code, unknown.err.splitlines()[0]) == (2, "handfast: there is no issue 'colour'")
    same = desk.do("inbox", "--json").json["waiting"][0]["offer"]["terms"]
    unchanged = desk.do("revise", "last", f"volume={same['volume']}", *AT, "--by", "ana")
    assert unchanged.err.splitlines()[0] == "handfast: these are the terms of the offer itself"
    dear = desk.do("revise", "last", "unit_price=80", "volume=1", *AT, "--by", "ana")
    assert dear.code == 2
    price = same["unit_price"]
    revised = desk.do("revise", "last", f"unit_price={price + 0.05:.2f}", *AT, "--by", "ana", "--note", "rounder")
    if revised.code == 0:
        assert "what they ask for is on the table" in revised.out
        assert "asks for a" in desk.do("show", "last").out
    assert desk.do("verify", "last").code == 0


@pytest.mark.slow
def test_a_leave_is_used_by_later_sessions_until_it_is_taken_back(desk: Desk) -> None:
    """Given once, it approves what it covers, so often as it says, and the record names it; taken back, it approves nothing."""
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    standing = ("approve", "--standing", *AT, "--by", "head-of-procurement", "--when", "volume > 0.0", "--until", tomorrow)
    given = desk.do(*standing, "--uses", "1", "--negotiation", "procurement")
    assert given.code == 0, given.err
    leave = desk.do("approvals", "--json").json[0]
    assert (leave["state"], leave["left"], leave["gate"]) == ("holds", 1, "contract-value")
    first = desk.do("run", "gated", "--json")
    assert (first.code, first.json["status"]) == (0, "agreed")
    used = desk.do("approvals", "--json").json[0]
    assert (used["state"], [use["session"] for use in used["used"]]) == ("used up", [first.json["session"]])
    assert f"(given by {leave['id']})" in desk.do("show", "last").out
    assert desk.do("run", "gated", "--json", "--seed", "1").code == 5
    assert desk.do("approvals", "revoke", leave["id"], "--by", "head-of-procurement").code == 0
    assert desk.do("approvals").out.splitlines()[0].startswith(leave["id"])
    checked = desk.do("verify", "--all")
    assert (checked.code, checked.out.splitlines()[-1]) == (
        0,
        "~approvals: 4 entries hold, of approvals for sessions to come",
    )
    for wrong in (("--until", "yesterday"), ("--until", "2020-01-01")):
        assert desk.do(*standing[:-2], *wrong).code == 2
    assert desk.do("approve", *AT, "--by", "head-of-procurement").code == 2
    assert desk.do("approve", "last", *AT, "--by", "head-of-procurement", "--uses", "2").code == 2
    assert desk.do(*standing, "--negotiation", "campaign").err.startswith("handfast: there is no gate 'contract-value'")


@pytest.mark.slow
@pytest.mark.parametrize("first", ["approve", "resume", "inbox"])
def test_a_deadline_that_has_passed_answers_before_anything_else(desk: Desk, first: str) -> None:
    """Whatever command looks first puts it on record that nobody answered in time; a word that comes after it is told so."""
    board(desk, "volume > 0.0', approver: ana, within: 1s")
    waiting(desk, "--rounds", "20")
    sleep(1.1)
    words = {"approve": ("approve", "last", *AT, "--by", "ana"), "resume": ("resume", "last", "--json"), "inbox": ("inbox",)}
    done = desk.do(*words[first])
    if first == "approve":
        assert (done.code, done.err.splitlines()[0]) == (
            2,
            "handfast: too late: gate 'contract-value' had 1 second to answer, and time has answered no",
        )
    else:
        assert done.err.splitlines()[0] == "Gate 'contract-value' was not ruled on in time: the answer is no."
    reason = "gate contract-value denied by time: gate 'contract-value' was not ruled on within 1 second: undecided means no"
    assert reason in " ".join(desk.do("show", "last").out.split())
    assert desk.do("verify", "last").code == 0
