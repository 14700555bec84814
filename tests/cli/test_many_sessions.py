"""How are sessions submitted, called off and watched from the command line, where no server runs?"""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.cli.watching import Look, lines_of
from orchestrator.messages.journal import SessionState, Summary
from orchestrator.messages.value import SessionId
from tests.cli.desk import Desk, Kept


def summary(number: int, state: SessionState) -> Summary:
    """Return a session as a list shows it."""
    at = f"2026-03-02T09:{number:02}:00+00:00"
    return Summary(id=SessionId(f"campaign-{number:010}"), name="campaign", opened=at, at=at, entries=number, state=state)


LOOK = Look(
    sessions=(summary(3, "unfinished"), summary(2, "waiting"), summary(1, "no_agreement")),
    doing={"campaign-0000000003": "running"},
    holder="server 7 since 2026-03-02 09:00:00 UTC: 1 run",
)


def test_submitted_sessions_are_stored(desk: Desk) -> None:
    """Each has an id and a seed of its own, and waits in the journal for a server or for `resume`."""
    done = desk.do("submit", "gated", "campaign", "--count", "2", "--seed", "5", "--json")
    assert (done.code, done.json["driven"], len(done.json["sessions"])) == (0, False, 4)
    listed = desk.do("sessions", "--json").json
    assert {each["id"] for each in listed} == set(done.json["sessions"])
    assert {each["state"] for each in listed} == {"unfinished"}
    shown = [desk.do("show", session, "--entry", "0", "--json").json["entries"][0] for session in done.json["sessions"]]
    assert [entry["reply"]["settings"]["seed"] for entry in shown] == [5, 6, 5, 6]
    assert desk.do("resume", done.json["sessions"][0], "--json").code == 5
    assert desk.do("verify", "--all").code == 0


def test_what_to_do_without_a_server_names_the_journal(desk: Desk) -> None:
    """The hint repeats the journal that was named, quoted for a shell."""
    done = desk.do("submit", "gated", "--journal", "my own.db")
    assert done.err.splitlines()[1] == (
        "hint: drive them with: handfast serve --journal 'my own.db'  "
        "or one with: handfast resume SESSION --journal 'my own.db'"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("submit",), "Missing argument 'PATH...'"),
        (("submit", "nowhere"), "there is no negotiation 'nowhere'"),
        (("submit", "gated", "--count", "0"), "Invalid value for '--count'"),
        (("submit", "gated", "--model", "supplier=human:ada"), "nobody sits at 'supplier' here"),
        (("serve", "--rate", "openai=fast"), "--rate openai='fast' is not of the form PROVIDER=N/s"),
        (("serve", "--rate", "openai=0/s"), "--rate openai='0/s' is not of the form PROVIDER=N/s"),
        (("serve", "--calls", "openai=1.5"), "--calls openai='1.5' is not of the form PROVIDER=N"),
        (("serve", "--rate", "nobody=1/s"), "there is no provider 'nobody'"),
        (("serve", "--port", "99999"), "Invalid value for '--port'"),
        (("cancel", "last", "--by", "", "--why", "x"), "--by and --why say who and why"),
        (("cancel", "last", "--by", "Kim", "--why", "x"), "there is no"),
        (("sessions", "--watch", "--json"), "--watch prints no JSON"),
    ],
)
def test_what_cannot_be_done_says_why(desk: Desk, words: tuple[str, ...], message: str) -> None:
    """Wrong names and values exit with 2, a line and no session."""
    done = desk.do(*words)
    assert (done.code, done.out, done.err.startswith(f"handfast: {message}")) == (2, "", True), done
    assert not desk.journal.exists() or desk.do("sessions", "--json").json == []


def test_a_session_is_called_off(full_desk: Desk, kept: Kept) -> None:
    """Who and why are on record; the same again is well, an agreement stays, and the record verifies."""
    off = ("--by", "Kim", "--why", "the budget is gone")
    done = full_desk.do("cancel", kept.waiting, *off)
    told = "No agreement: Kim cancelled it: the budget is gone."
    assert (done.code, done.out.splitlines()) == (0, [f"Session {kept.waiting} is cancelled by 'Kim'.", told])
    again = full_desk.do("cancel", kept.waiting, *off)
    assert (again.code, again.out.splitlines()) == (0, [f"Session {kept.waiting} was cancelled by 'Kim' already.", told])
    assert full_desk.do("resume", kept.waiting).code == 3
    agreed = full_desk.do("cancel", kept.agreed, *off)
    assert (agreed.code, agreed.err.splitlines()[0]) == (2, f"handfast: session {kept.agreed!r} is over: agreed")
    assert full_desk.do("verify", "--all").code == 0


def test_a_doubled_approval_is_well(full_desk: Desk, kept: Kept) -> None:
    """The same word by the same person about the same offer changes nothing, and exits with 0."""
    word = ("approve", kept.waiting, "--gate", "contract-value", "--by", "head-of-procurement")
    assert full_desk.do(*word).code == 0
    before = full_desk.do("show", kept.waiting, "--json").out
    again = full_desk.do(*word)
    assert (again.code, again.out.splitlines()[0]) == (
        0,
        "Gate 'contract-value' was approved by 'head-of-procurement' already.",
    )
    assert full_desk.do("show", kept.waiting, "--json").out == before


def test_a_note_of_a_dead_server_is_no_hindrance(full_desk: Desk, kept: Kept) -> None:
    """Where a server was killed and its note lies there still, a command is carried out here."""
    note = '{"pid": 1, "since": "2026-03-02T09:00:00Z", "socket": "%s"}' % (full_desk.path / "nobody")
    Path(f"{full_desk.journal}.server").write_text(note)
    assert full_desk.do("cancel", kept.waiting, "--by", "Kim", "--why", "x").code == 0


@pytest.mark.parametrize(
    ("width", "height", "lines"),
    [
        (
            100,
            24,
            [
                "server 7 since 2026-03-02 09:00:00 UTC: 1 run",
                "1 running, 1 waiting, 1 no agreement",
                "campaign-0000000003  running       09:03:00       3 entries",
                "campaign-0000000002  waiting       09:02:00       2 entries",
                "campaign-0000000001  no agreement  09:01:00       1 entries",
            ],
        ),
        (
            30,
            4,
            ["server 7 since 2026-03-02 09:…", "1 running, 1 waiting, 1 no ag…", "campaign-000000…  running"],
        ),
        (8, 24, ["server …", "1 runni…", "campaig…", "campaig…", "campaig…"]),
    ],
)
def test_a_table_fits_its_terminal(width: int, height: int, lines: list[str]) -> None:
    """What a server does comes first, then the counts, then the newest sessions, as far as there is room."""
    assert list(lines_of(LOOK, width, height)) == lines


def test_an_empty_journal_says_so() -> None:
    """Without sessions and without a server the table has two lines."""
    assert list(lines_of(Look(sessions=(), doing={}, holder=""), 80, 24)) == ["no server", "no sessions yet"]
