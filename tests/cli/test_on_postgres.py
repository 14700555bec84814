"""Do the commands of people work on a journal in Postgres as they do on a file? Each is tried once."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from orchestrator.roles.find import shipped_folder
from orchestrator.storage.postgres_place import PostgresPlace
from tests.cli.desk import Desk, Done, desk_at

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

_AT = ("--gate", "contract-value")
_POTS = "pots:\n  - {name: media, title: media money, unit: EUR, size: 90000, why: plan}\n"
_TRIGGERS = """
triggers:
  - {id: ceiling-drop, when: budget_ceiling < 150000, why: finance releases less}
  - {id: later, after: 90d, why: the plan is looked at again}
"""


class Far:
    """A desk whose journal is in Postgres."""

    def __init__(self, desk: Desk, place: PostgresPlace) -> None:
        self.desk = desk
        self.address = str(place)

    def do(self, *words: str, code: int = 0) -> Done:
        """Run a command on the journal; it must end with that code."""
        done = self.desk.do(*words, "--journal", self.address)
        assert done.code == code, (words, done)
        return done

    def json(self, *words: str, code: int = 0) -> Any:
        """Run a command and return the value that it printed."""
        return self.do(*words, "--json", code=code).json


@pytest.fixture
def far(postgres: PostgresPlace, tmp_path: Path) -> Far:
    """Return a desk with files, and a journal in Postgres."""
    text = (shipped_folder() / "campaign" / "negotiation.yaml").read_text("utf-8")
    folder = tmp_path / "camp"
    folder.mkdir()
    for prompt in (shipped_folder() / "campaign").glob("*.md"):
        (folder / prompt.name).write_text(prompt.read_text("utf-8"), "utf-8")
    (folder / "negotiation.yaml").write_text(text + _TRIGGERS, "utf-8")
    (tmp_path / "budgets.yaml").write_text(_POTS, "utf-8")
    return Far(desk_at(tmp_path), postgres)


def test_an_agreement_is_reopened_by_a_fact_and_by_a_person(far: Far) -> None:
    """`fact`, `triggers`, `history`, `resume` and `amend` go along one chain; hints can be pasted into a shell."""
    first = far.json("run", "camp", "--seed", "1")["session"]
    assert far.json("triggers", "list")[0]["session"] == first
    assert far.json("fact", "list")[0]["session"] == first
    told = far.do("fact", "set", "budget_ceiling", "140000", "--source", "memo-120")
    hint = shlex.split(told.out.splitlines()[-1])
    assert (hint[:2], hint[3:]) == (["handfast", "resume"], ["--journal", far.address])
    second = hint[2]
    assert far.json("resume", second)["status"] == "agreed"
    assert [member["session"] for member in far.json("history", first)] == [first, second]
    assert far.json("triggers", "run") == []
    third = far.json("amend", second, "--fact", "budget_ceiling=145000")
    assert third["status"] == "agreed"
    assert [member["session"] for member in far.json("history", "last")] == [first, second, third["session"]]
    far.do("verify", "--all")


def test_people_rule_ask_and_ask_for_other_terms(far: Far) -> None:
    """`inbox`, `ask`, `revise`, `approve`, `approve --standing` and `approvals` work at a gate."""
    waits = far.do("run", "gated", "--plain", code=5)
    hint = next(line for line in waits.out.splitlines() if "handfast approve" in line)
    assert shlex.split(hint)[-2:] == ["--journal", far.address]
    assert far.do("ask", "last", "Why these terms?", *_AT, "--by", "head-of-procurement", "--to", "buyer").out.startswith(
        "buyer answers: "
    )
    (item,) = far.json("inbox")["waiting"]
    price = item["offer"]["terms"]["unit_price"]
    far.do("revise", "last", "colour=red", *_AT, "--by", "head-of-procurement", code=2)
    dearer = f"unit_price={price + 0.05:.2f}"
    revised = far.do("revise", "last", dearer, *_AT, "--by", "head-of-procurement")
    assert "and what they ask for is on the table" in revised.out
    assert far.json("inbox")["waiting"] == []
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    standing = ("approve", "--standing", *_AT, "--by", "head-of-procurement", "--when", "volume > 0.0", "--until", tomorrow)
    far.do(*standing, "--uses", "1", "--negotiation", "procurement")
    assert far.json("run", "gated", "--seed", "2")["status"] == "agreed"
    assert far.json("approvals")[0]["state"] == "used up"
    leave = far.json("approvals")[0]["id"]
    far.do("approvals", "revoke", leave, "--by", "head-of-procurement")
    assert far.json("approvals")[0]["state"] == "revoked"
    far.do("verify", "--all")


def test_pots_are_sized_and_audited(far: Far) -> None:
    """`budgets apply`, `budgets` and `budgets audit` read and write the ledger of the database."""
    file = far.desk.path / "budgets.yaml"
    far.do("budgets", "apply", str(file), "--by", "finance")
    assert [pot["size"] for pot in far.json("budgets")] == ["90000"]
    file.write_text(_POTS.replace("90000", "120000"), "utf-8")
    far.do("budgets", "apply", str(file), "--by", "finance")
    assert [pot["size"] for pot in far.json("budgets")] == ["120000"]
    far.do("budgets", "audit")
    far.do("verify", "--all")
