"""The main job, as a newcomer runs it."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.command import Folder

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SAME = ("terms", "utilities", "rounds", "digest", "status", "reason")


def allowed_in_campaign(terms: dict[str, Any]) -> dict[str, bool]:
    """Return, written anew in Python, what every policy and limit of the campaign says of the terms."""
    money = terms["search_spend"] + terms["social_spend"] + terms["email_spend"]
    hours = {"video": 180, "mixed": 120, "static": 60}[terms["creative_format"]]
    launch = terms["launch_date"]
    return {
        "total-cap": money <= 180_000,
        "format-needs-hours": terms["creative_hours"] >= hours,
        "email-frequency": terms["email_spend"] <= 20_000 or terms["flight_weeks"] >= 4,
        "freeze": launch < "2026-10-24" or launch > "2026-10-28",
        "ceiling": money <= 165_000,
        "reach-floor": terms["search_spend"] + terms["social_spend"] >= 80_000,
        "hours-free": terms["creative_hours"] <= 320,
        "lead-time": launch >= "2026-09-10",
        "ranges": 0 <= terms["search_spend"] <= 120_000 and terms["search_spend"] % 1000 == 0,
    }


def test_three_agents_settle_the_campaign(folder: Folder) -> None:
    """`handfast run campaign` ends in an agreement of all three roles that nothing forbids."""
    done = folder.run("run", "campaign", "--seed", "7", "--json")
    assert (done.code, done.err) == (0, "")
    outcome = done.json
    assert (outcome["status"], outcome["reason"]) == ("agreed", "all")
    assert [name for name, holds in allowed_in_campaign(outcome["terms"]).items() if not holds] == []
    assert outcome["utilities"]["budget"] >= 0.40
    assert outcome["utilities"]["channel"] >= 0.40
    assert outcome["utilities"]["capacity"] >= 0.35


def test_the_same_seed_gives_the_same_agreement(folder: Folder) -> None:
    """Terms, utilities, rounds and digest of the terms are equal; the session's id is not."""
    first = folder.run("run", "campaign", "--seed", "11", "--json").json
    again = folder.run("run", "campaign", "--seed", "11", "--json").json
    assert {key: first[key] for key in SAME} == {key: again[key] for key in SAME}
    assert first["session"] != again["session"]


def test_sums_of_tokens_agree(folder: Folder) -> None:
    """The total is the sum of what each role's models read and wrote."""
    tokens = folder.run("run", "campaign", "--seed", "3", "--json").json["tokens"]
    total = tokens.pop("total")
    assert total == sum(part["prompt"] + part["reply"] for part in tokens.values())
    assert total > 0


@pytest.fixture
def gated(folder: Folder) -> str:
    """Return a folder of `campaign` in which every plan needs an approval."""
    made = folder.path / "gated"
    shutil.copytree(ROOT / "prompts" / "campaign", made)
    file = made / "negotiation.yaml"
    always = "\ngates:\n  - {id: every-plan, when: 'flight_weeks >= 0', approver: cmo}\n"
    file.write_text(re.sub(r"\ngates:.*?\n(?=\n)", always, file.read_text(), flags=re.DOTALL))
    return "gated"


def test_a_gate_parks_the_session_until_its_approver_approves(folder: Folder, gated: str) -> None:
    """Without the approval: exit 5; `approve`, then `resume`, settles it; `resume` again prints the same object."""
    parked = folder.run("run", gated, "--seed", "2", "--json")
    assert (parked.code, parked.json["status"]) == (5, "waiting")
    session = parked.json["session"]
    wrong = folder.run("approve", session, "--gate", "every-plan", "--by", "somebody")
    assert wrong.code == 2
    assert folder.run("approve", session, "--gate", "every-plan", "--by", "cmo").code == 0
    settled = folder.run("resume", session, "--json")
    assert (settled.code, settled.json["status"]) == (0, "agreed")
    assert folder.run("resume", session, "--json").json == settled.json
    assert folder.run("verify", session).code == 0


def test_a_denial_is_told_and_the_talk_goes_on(folder: Folder, gated: str) -> None:
    """After `deny`, the offer falls with the reason and `resume` drives the talk to another end."""
    session = folder.run("run", gated, "--seed", "2", "--json").json["session"]
    denied = folder.run("deny", session, "--gate", "every-plan", "--by", "cmo", "--note", "too large")
    assert denied.code == 0
    after = folder.run("resume", session, "--json")
    assert after.code in {0, 3, 5}
    assert "too large" in folder.run("show", session).out
    assert folder.run("verify", session).code == 0


def test_sessions_lists_newest_first(folder: Folder) -> None:
    """Each session of the journal is listed with its id, the newest first."""
    ids = [folder.run("run", "campaign", "--seed", str(seed), "--rounds", "2", "--json").json["session"] for seed in (1, 2)]
    assert [session["id"] for session in folder.run("sessions", "--json").json] == ids[::-1]


def test_an_amended_session_starts_from_the_old_terms(folder: Folder) -> None:
    """`amend` opens a session that supersedes the agreed one, with its terms standing."""
    old = folder.run("run", "campaign", "--seed", "7", "--json").json
    new = folder.run("amend", old["session"], "--fact", "studio_hours=300", "--json")
    assert new.code == 0
    assert new.json["session"] != old["session"]
    assert new.json["supersedes"] == old["session"]


def test_moves_go_to_an_observer_once_and_in_order(folder: Folder) -> None:
    """`--moves` writes each move as it is delivered; after a kill, `resume` adds the rest and nothing twice."""
    whole = folder.run("run", "campaign", "--seed", "7", "--json", "--moves", "whole.jsonl")
    lines = (folder.path / "whole.jsonl").read_text().splitlines()
    process = folder.start("run", "campaign", "--seed", "7", "--model", "strategy:linear?delay=0.05", "--moves", "killed.jsonl")
    while not (folder.path / "killed.jsonl").exists() or (folder.path / "killed.jsonl").read_text().count("\n") < 4:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    resumed = folder.run("resume", "last", "--json", "--moves", "killed.jsonl")
    moves = [json.loads(line) for line in (folder.path / "killed.jsonl").read_text().splitlines()]
    assert (whole.code, resumed.code) == (0, 0)
    assert [move["move"]["turn"] for move in moves] == list(range(len(lines)))
    assert len({move["delivery"] for move in moves}) == len(moves)
