"""How are sessions run, resumed, approved and amended from the command line?"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator.assembly import open_journal, read_journal
from orchestrator.cli.record import recorded
from orchestrator.errors import JournalError, UsageError
from orchestrator.messages.settings import RULES_VERSION
from orchestrator.runtime.record import check_ours
from tests.cli.desk import Desk, Done, Kept

GATE = ("--gate", "contract-value", "--by", "head-of-procurement")


def test_a_run_prints_one_object(kept: Kept, desk: Desk) -> None:
    """`--json` prints one object and nothing else; the same seed gives the same terms, utilities, rounds and digest."""
    done = desk.do("run", "campaign", "--seed", "7", "--json")
    assert (done.code, done.err) == (0, "")
    first = kept.desk.do("resume", kept.agreed, "--json").json
    same = ("status", "reason", "terms", "utilities", "rounds", "digest", "seed", "name")
    assert {key: done.json[key] for key in same} == {key: first[key] for key in same}
    assert done.json["session"] != first["session"]
    assert {"session", "tokens", "findings", "receipt"} <= set(done.json)


def test_a_run_tells_its_plan(desk: Desk) -> None:
    """Without `--json`: the title, a line for each move, why it ended, the plan, its worth, the receipt, what is next."""
    done = desk.do("run", "campaign", "--seed", "7")
    lines = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    assert lines[0] == "Autumn launch - spend, channels and delivery windows"
    assert lines[3].startswith("round 1 · budget proposes m1: ")
    heads = [line for line in lines if line in ("The plan", "What it is worth, from 0 to 1", "Receipt", "Next")]
    assert heads == ["The plan", "What it is worth, from 0 to 1", "Receipt", "Next"]
    assert [line for line in lines if line.startswith("Agreed in round ")]
    assert [line for line in lines if line.startswith("  budget commits to: search spend ")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("run", "nowhere"), "there is no negotiation 'nowhere'"),
        (("run", "campaign", "--model", "nobody=strategy:linear"), "there is no role 'nobody' in 'campaign'"),
        (("run", "campaign", "--model", "nobody:linear"), "there is no provider 'nobody'"),
        (("run", "campaign", "--approve", "no-gate=cmo"), "there is no gate 'no-gate' in 'campaign'"),
        (("run", "campaign", "--approve", "big-spend=intern"), "gate 'big-spend' is"),
        (("run", "campaign", "--rounds", "0"), "Invalid value for '--rounds'"),
        (("run", "campaign", "--seed", "x"), "Invalid value for '--seed'"),
    ],
)
def test_what_cannot_be_run_starts_nothing(desk: Desk, words: tuple[str, ...], message: str) -> None:
    """Wrong names and values exit with 2 before anything is written."""
    done = desk.do(*words)
    assert (done.code, done.out, done.err.startswith(f"handfast: {message}")) == (2, "", True), done
    assert not desk.journal.exists()


def test_without_agreement_the_code_is_3(desk: Desk) -> None:
    """A talk that ends without agreement says why, binds nothing, and exits with 3."""
    done = desk.do("run", "campaign", "--model", "scripted:giving-up.json")
    assert done.code == 3
    assert "No agreement: budget handed the matter to a person." in done.out.splitlines()
    assert "The plan" not in done.out


def test_a_script_that_runs_out_leaves_a_session_to_resume(desk: Desk) -> None:
    """What stops a run in the middle gives its code and a hint, and one object that says how far it came."""
    (desk.path / "short.json").write_text('[{"act": "inform", "text": "Good morning."}]', "utf-8")
    done = desk.do("run", "campaign", "--model", "scripted:short.json", "--json")
    session = done.json["session"]
    assert (done.code, done.json["status"]) == (2, "interrupted")
    assert done.err.splitlines() == [
        "handfast: script 'short.json' has 1 answers and was asked once more",
        f"hint: 'handfast resume {session}' goes on where it stopped",
    ]


def test_a_gate_waits_for_its_approver(full_desk: Desk, kept: Kept) -> None:
    """Exit 5 with whom it waits for; after `approve`, `resume` settles it, and prints the same object ever after."""
    parked = full_desk.do("resume", kept.waiting, "--json")
    assert (parked.code, parked.json["status"], parked.json["reason"], parked.json["terms"]) == (5, "waiting", "approval", {})
    assert [(gate["gate"], gate["approver"]) for gate in parked.json["waiting"]] == [("contract-value", "head-of-procurement")]
    approved = full_desk.do("approve", kept.waiting, *GATE, "--note", "Fine.")
    assert (approved.code, approved.err) == (0, "")
    lines = approved.out.splitlines()
    assert lines[0] == "Whose words were in whose window at its last prompt"
    assert [line.split(" used ")[0].strip() for line in lines if " used " in line] == ["buyer", "supplier"]
    assert f"Gate 'contract-value' is approved by 'head-of-procurement' in session {kept.waiting}." in lines
    settled = full_desk.do("resume", kept.waiting, "--json")
    assert (settled.code, settled.json["status"], settled.json["terms"]) == (0, "agreed", parked.json["offer"]["terms"])
    assert full_desk.do("resume", kept.waiting, "--json") == settled
    assert full_desk.do("verify", kept.waiting).code == 0


def test_the_waiting_plan_says_what_to_do(full_desk: Desk, kept: Kept) -> None:
    """For a person, a session that waits shows the plan and the command that approves it."""
    lines = full_desk.do("resume", kept.waiting).out.splitlines()
    assert "The plan that waits" in lines
    digest = full_desk.do("resume", kept.waiting, "--json").json["offer"]["digest"][:12]
    assert f"  handfast approve {kept.waiting} --gate contract-value --by head-of-procurement --digest {digest}" in lines


def test_a_denial_lets_the_talk_go_on(full_desk: Desk, kept: Kept) -> None:
    """After `deny` the offer falls with the reason and `resume` goes on from there."""
    assert full_desk.do("deny", kept.waiting, *GATE, "--note", "Too much.").code == 0
    assert full_desk.do("resume", kept.waiting, "--json").code in {0, 3, 5}
    assert "Too much." in full_desk.do("show", kept.waiting).out
    assert full_desk.do("verify", kept.waiting).code == 0


def test_an_approval_given_beforehand_is_on_record(desk: Desk) -> None:
    """`--approve` settles the gate at once, marked as given beforehand."""
    done = desk.do("run", "gated", "--seed", "2", "--approve", "contract-value=head-of-procurement", "--json")
    assert (done.code, done.json["status"]) == (0, "agreed")
    given = [(approval["gate"], approval["by"], approval["beforehand"]) for approval in done.json["receipt"]["approvals"]]
    assert given == [("contract-value", "head-of-procurement", True)]


@pytest.mark.parametrize(
    ("which", "ruling", "lines"),
    [
        (
            "waiting",
            ("contract-value", "intern"),
            ["gate 'contract-value' is ruled on by 'head-of-procurement', not by 'intern'"],
        ),
        ("waiting", ("no-gate", "cmo"), ["session 'ID' has no gate 'no-gate'", "its gates: contract-value"]),
        ("agreed", ("big-spend", "cmo"), ["session 'ID' does not wait at gate 'big-spend'", "it stands at: agreed"]),
    ],
)
def test_a_ruling_that_nobody_waits_for_is_refused(
    full_desk: Desk, kept: Kept, which: str, ruling: tuple[str, str], lines: list[str]
) -> None:
    """A wrong name, an unknown gate, or a session that does not wait there: exit 2, the reason, and nothing written."""
    session = kept.waiting if which == "waiting" else kept.agreed
    before = full_desk.journal.read_bytes()
    for command in ("approve", "deny"):
        done = full_desk.do(command, session, "--gate", ruling[0], "--by", ruling[1])
        said = [line.partition(": ")[2].replace(session, "ID") for line in done.err.splitlines()]
        assert (done.code, done.out, said) == (2, "", lines)
    assert full_desk.journal.read_bytes() == before


def test_nobody_rules_twice(full_desk: Desk, kept: Kept) -> None:
    """The second ruling on a gate is refused and told of the first."""
    assert full_desk.do("approve", kept.waiting, *GATE).code == 0
    again = full_desk.do("deny", kept.waiting, *GATE)
    assert (again.code, again.err.splitlines()[0]) == (
        2,
        "handfast: gate 'contract-value' was approved by 'head-of-procurement' already",
    )


async def _held(desk: Desk, *commands: tuple[str, ...]) -> list[Done]:
    async with open_journal(desk.journal):
        return [await asyncio.to_thread(desk.do, *words) for words in commands]


def test_a_journal_that_is_held_can_be_read(full_desk: Desk, kept: Kept) -> None:
    """While another holds the journal, whoever would write exits with 6; whoever reads need not wait."""
    commands = (
        ("approve", kept.waiting, *GATE),
        ("run", "campaign"),
        ("amend", kept.agreed),
        ("sessions",),
        ("show", "last"),
        ("verify", "--all"),
        ("resume", kept.agreed, "--json"),
    )
    done = asyncio.run(_held(full_desk, *commands))
    assert [one.code for one in done] == [6, 6, 6, 0, 0, 0, 0]
    assert {one.err.count("another handfast process holds it") for one in done[:3]} == {1}


def test_a_place_for_no_journal_is_a_failure_of_the_world(desk: Desk) -> None:
    """A file that is no journal, and a folder that is not there, give one line, a hint, and exit code 6."""
    (desk.path / "letter.db").write_text("Dear reader, this is not a journal at all. " * 20, "utf-8")
    for place in ("letter.db", str(Path("no") / "folder.db")):
        done = desk.do("run", "campaign", "--json", "--journal", place)
        assert (done.code, done.out, len(done.err.splitlines())) == (6, "", 2)


def test_an_amended_agreement_supersedes_the_old_one(full_desk: Desk, kept: Kept) -> None:
    """`amend` opens a new session in which the old terms stand; new facts and old models are its own."""
    done = full_desk.do("amend", kept.agreed, "--fact", "studio_hours=300", "--json")
    assert (done.code, done.json["supersedes"], done.json["receipt"]["supersedes"]) == (0, kept.agreed, kept.agreed)
    opening = full_desk.do("show", done.json["session"], "--entry", "0", "--json").json["entries"][0]
    settings = opening["reply"]["settings"]
    assert [fact["value"] for fact in settings["negotiation"]["facts"] if fact["name"] == "studio_hours"] == ["300"]
    assert opening["events"][0]["offer"]["sender"] == "precedent"
    assert full_desk.do("verify", "--all").code == 0


def test_an_amendment_takes_new_files_and_models(full_desk: Desk, kept: Kept) -> None:
    """With PATH the files are those of now; `--model` puts others at the table."""
    full_desk.do("approve", kept.waiting, *GATE)
    done = full_desk.do("amend", kept.waiting, "procurement", "--model", "buyer=strategy:conceder", "--json")
    models = done.json["receipt"]["models"]
    assert (done.json["supersedes"], models["buyer"], models["supplier"].startswith("strategy:")) == (
        kept.waiting,
        "strategy:conceder",
        True,
    )


@pytest.mark.parametrize(
    ("which", "words", "message"),
    [
        ("failed", (), "session 'ID' has no agreement to amend"),
        ("agreed", ("--fact", "moon_phase=1"), "there is no fact 'moon_phase'"),
        ("agreed", ("--fact", "studio_hours=many"), "fact 'studio_hours' is a number; 'many' is none"),
        ("agreed", ("nowhere",), "there is no negotiation 'nowhere'"),
    ],
)
def test_what_cannot_be_amended(full_desk: Desk, kept: Kept, which: str, words: tuple[str, ...], message: str) -> None:
    """A session without agreement, an unknown fact, a value of another kind, or missing files: exit 2."""
    session = kept.agreed if which == "agreed" else kept.failed
    done = full_desk.do("amend", session, *words)
    assert (done.code, done.err.splitlines()[0].replace(session, "ID")) == (2, f"handfast: {message}")


def test_only_whoever_holds_the_key_goes_on(full_desk: Desk, kept: Kept) -> None:
    """Another user can read a session, and is not let on with it: its signatures would not fit."""
    done = Desk(full_desk.path, key="08" * 32).do("approve", kept.waiting, *GATE)
    assert (done.code, done.err.splitlines()[0]) == (
        2,
        f"handfast: session '{kept.waiting}' is signed with another key than the one at hand",
    )
    assert full_desk.do("verify", "--all").code == 0


def _interrupt_once_opened(desk: Desk) -> None:
    while not _is_open(desk.journal):
        time.sleep(0.02)
    os.kill(os.getpid(), signal.SIGINT)


def _is_open(journal: Path) -> bool:
    try:
        with read_journal(journal) as reader:
            return bool(reader.summaries())
    except (UsageError, JournalError):
        return False


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to its own process")
def test_ctrl_c_tells_how_far_it_came(desk: Desk) -> None:
    """Interrupted, a run puts that on record, prints the one object that says so, and exits with 130."""
    hand = threading.Thread(target=_interrupt_once_opened, args=(desk,))
    hand.start()
    done = desk.do("run", "campaign", "--model", "strategy:linear?delay=60", "--json")
    hand.join()
    assert (done.code, done.err, done.json["status"], done.json["reason"]) == (
        130,
        "",
        "interrupted",
        "stopped by its operator",
    )
    assert desk.do("verify", "last").code == 0


def test_a_newer_record_is_left_to_newer_rules(kept: Kept) -> None:
    """A session of another rules version is not gone on with: its replies might be decided otherwise."""
    with recorded(kept.desk.journal, kept.waiting) as record:
        session = record.session
    newer = replace(session, settings=session.settings.model_copy(update={"rules_version": 99, "version": "9.0"}))
    with pytest.raises(UsageError) as raised:
        check_ours(newer, session.settings.key)
    assert (raised.value.message, raised.value.hint) == (
        f"session '{session.id}' was opened under rules version 99; this is version {RULES_VERSION}",
        "go on with handfast 9.0, which opened it",
    )
