"""How are sessions found, shown and checked from the command line?"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from orchestrator.assembly import open_journal
from orchestrator.cli.printing import terminal_width, wrapped
from tests.cli.desk import Desk, Done, Kept


def test_sessions_are_listed_newest_first(kept: Kept) -> None:
    """For machines, a list with the id, name, state, times and entries of each; for people, a line."""
    listed = kept.desk.do("sessions", "--json").json
    assert [(session["id"], session["name"], session["state"]) for session in listed] == [
        (kept.failed, "campaign", "no_agreement"),
        (kept.waiting, "procurement", "waiting"),
        (kept.agreed, "campaign", "agreed"),
    ]
    assert {frozenset(session) for session in listed} == {frozenset({"id", "name", "state", "opened", "at", "entries"})}
    lines = kept.desk.do("sessions").out.splitlines()
    assert [line.split()[0] for line in lines] == [kept.failed, kept.waiting, kept.agreed]


async def _no_sessions(desk: Desk) -> None:
    async with open_journal(desk.journal):
        pass


def test_an_empty_journal_says_so(desk: Desk) -> None:
    """A journal without sessions lists none."""
    asyncio.run(_no_sessions(desk))
    assert desk.do("sessions").out == "This journal holds no sessions yet.\n"
    assert desk.do("sessions", "--json").json == []
    assert desk.do("verify", "--all") == Done(0, "", "")
    assert desk.do("show", "last").err.splitlines()[0] == "handfast: there is no session 'last' in this journal"


def test_without_a_journal_there_is_nothing_to_read(desk: Desk) -> None:
    """Commands that read make no journal; where there is none, they say so and exit with 2."""
    for words in (("sessions",), ("show", "last"), ("verify", "--all"), ("receipt", "x"), ("resume", "x"), ("replay", "x")):
        done = desk.do(*words)
        assert (done.code, done.err.splitlines()[0]) == (2, "handfast: there is no journal 'handfast.db'")
    assert not desk.journal.exists()


@pytest.mark.parametrize("how", ["id", "beginning", "last"])
def test_a_session_may_be_given_in_short(kept: Kept, how: str) -> None:
    """An id, its beginning where only one has it, or `last`."""
    words = {"id": kept.waiting, "beginning": "procure", "last": "last"}[how]
    session = kept.failed if how == "last" else kept.waiting
    assert kept.desk.do("show", words).out.splitlines()[0].split()[0] == session


def test_an_id_that_fits_none_or_several_is_refused(kept: Kept) -> None:
    """What is no session's id, or the beginning of several, exits with 2 and helps on."""
    none, several = kept.desk.do("show", "zzz"), kept.desk.do("show", "campaign-")
    assert (none.code, none.err) == (
        2,
        "handfast: there is no session 'zzz' in this journal\nhint: 'handfast sessions' lists them\n",
    )
    assert (several.code, several.err) == (
        2,
        f"handfast: 'campaign-' is the beginning of 2 sessions\nhint: give more of its id: {kept.failed}, {kept.agreed}\n",
    )


def test_a_transcript_has_its_head_moves_and_end(kept: Kept) -> None:
    """`show` tells the title, who writes, every move with its entry, and the end."""
    lines = kept.desk.do("show", kept.failed).out.splitlines()
    assert lines[0] == f"{kept.failed} · Autumn launch - spend, channels and delivery windows"
    assert lines[2] == "budget is written by scripted:giving-up.json"
    assert lines[-5:] == [
        "   1  round 1 · budget hands the matter to a person",
        '        "A person must look at this."',
        "      no agreement (escalated)",
        "",
        "No agreement: budget handed the matter to a person.",
    ]


def test_a_transcript_can_be_of_one_role(kept: Kept) -> None:
    """`--role` shows what one role did; a role that nobody plays is refused."""
    lines = kept.desk.do("show", kept.agreed, "--role", "channel").out.splitlines()
    moves = [line for line in lines if "round " in line[:12]]
    assert moves
    assert [line for line in moves if "channel " not in line] == []
    refused = kept.desk.do("show", kept.agreed, "--role", "nobody")
    assert (refused.code, refused.err) == (
        2,
        f"handfast: session '{kept.agreed}' has no role 'nobody'\nhint: its roles: budget, channel, capacity\n",
    )


def test_an_entry_can_be_shown_in_full(kept: Kept) -> None:
    """`--entry` prints one entry as it is on record; one that is not there is refused."""
    lines = kept.desk.do("show", kept.failed, "--entry", "1").out.splitlines()
    assert [line.split()[0] for line in lines] == ["entry", "parent", "digest", "reply", "|", "event", "event", "event"]
    record = kept.desk.do("show", kept.failed, "--json").json
    assert [entry["seq"] for entry in record["entries"]] == [0, 1]
    missing = kept.desk.do("show", kept.failed, "--entry", "9")
    assert (missing.code, missing.err) == (2, f"handfast: session '{kept.failed}' has no entry 9\nhint: its last is 1\n")


def test_a_receipt_is_the_same_everywhere(kept: Kept) -> None:
    """The receipt of `receipt` is that of `run` and `resume`."""
    whole = kept.desk.do("resume", kept.agreed, "--json").json
    assert kept.desk.do("receipt", kept.agreed, "--json").json == whole["receipt"]
    lines = kept.desk.do("receipt", kept.agreed).out.splitlines()
    assert lines[0] == f"session      {kept.agreed}"
    assert [line for line in lines if line == f"terms        {whole['digest']}"]


def test_a_record_that_holds_is_verified(kept: Kept) -> None:
    """`verify` says how many entries hold and whose key signed; `--key` may be given in capitals."""
    key = kept.desk.do("receipt", kept.agreed, "--json").json["key"]
    done = kept.desk.do("verify", kept.agreed, "--key", key.upper())
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1] == f"  signed by {key}"
    assert len(kept.desk.do("verify", "--all").out.splitlines()) == 6


@pytest.mark.parametrize("words", [(), ("last", "--all")])
def test_verify_wants_one_or_all(kept: Kept, words: tuple[str, ...]) -> None:
    """`verify` takes a session or `--all`, not both and not neither."""
    done = kept.desk.do("verify", *words)
    assert (done.code, done.err.splitlines()[0]) == (2, "handfast: give a SESSION or --all")


def test_another_key_is_found_out(kept: Kept) -> None:
    """With `--key`, a record that is signed by another key does not hold."""
    done = kept.desk.do("verify", kept.agreed, "--key", "ab" * 32)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        f"handfast: entry 0 of session '{kept.agreed}': signed by another key",
        "hint: restore the journal from a copy that verifies",
    ]


@pytest.mark.parametrize("column", ["session", "seq", "at", "parent", "reply", "events", "digest", "signature"])
@pytest.mark.parametrize("seq", [0, 1])
def test_any_changed_cell_is_found(full_desk: Desk, kept: Kept, seq: int, column: str) -> None:
    """Whatever cell is changed, in the first entry or the last, `verify` of all exits with 1, and names a flaw."""
    value = "seq + 1000" if column == "seq" else f"{column} || 'x'"
    change = f"UPDATE entries SET {column} = {value} "  # noqa: S608 - names of columns, from the table above
    with closing(sqlite3.connect(full_desk.journal)) as connection:
        connection.execute(change + "WHERE session = ? AND seq = ?", (kept.failed, seq))
        connection.commit()
    done = full_desk.do("verify", "--all")
    assert (done.code, done.err.splitlines()[-1]) == (1, "hint: restore the journal from a copy that verifies")
    assert full_desk.do("verify", kept.agreed).code == (1 if column in ("session", "seq") else 0)


def test_a_replay_gives_the_same(kept: Kept) -> None:
    """By its own rules every reply is decided as it was."""
    entries = len(kept.desk.do("show", kept.agreed, "--json").json["entries"])
    done = kept.desk.do("replay", kept.agreed)
    assert (done.code, done.out) == (0, f"{kept.agreed}: {entries} replies decided again, all as recorded\n")
    assert kept.desk.do("replay", kept.agreed, "--json").json == {
        "session": kept.agreed,
        "rules": None,
        "replies": entries,
        "differences": [],
    }


def test_other_rules_would_have_decided_otherwise(full_desk: Desk, kept: Kept) -> None:
    """With `--rules`, each reply that they would have decided otherwise is listed with what would have become of it."""
    file = full_desk.path / "gated" / "negotiation.yaml"
    file.write_text(file.read_text("utf-8").replace("volume > 0.0", "volume > 300000.0"), "utf-8")
    done = full_desk.do("replay", kept.waiting, "--rules", "gated", "--json")
    assert (done.code, done.json["rules"]) == (0, "gated")
    last = done.json["differences"][-1]
    assert [phrase for phrase in last["recorded"] if phrase == "reached gate contract-value of head-of-procurement"]
    assert [phrase for phrase in last["would_be"] if phrase.startswith("ended: agreed")]
    lines = full_desk.do("replay", kept.waiting, "--rules", "gated").out.splitlines()
    assert [line[:11] for line in lines[1:]][-2:] == ["  was      ", "  would be "]


def test_rules_of_another_matter_cannot_be_compared(kept: Kept) -> None:
    """Files with other issues are no rules for this session."""
    done = kept.desk.do("replay", kept.agreed, "--rules", "procurement")
    assert (done.code, done.err.splitlines()[0]) == (
        2,
        f"handfast: 'procurement' has other issues than session '{kept.agreed}'",
    )


def test_lines_fit_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text is wrapped to the terminal; where there is none, sentences are still bounded and figures never broken."""
    monkeypatch.setenv("COLUMNS", "30")
    assert wrapped("one two three four five six seven eight", "  ", "    ") == [
        "  one two three four five six",
        "    seven eight",
    ]
    monkeypatch.delenv("COLUMNS")
    assert terminal_width() > 1000
    assert [len(line) <= 100 for line in wrapped("word " * 50)] == [True] * 3
    assert wrapped("") == [""]
