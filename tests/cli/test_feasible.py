"""What does the command say of files in which an agreement is possible, in which none is, and before a talk?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from orchestrator.cli.main import COMMANDS
from orchestrator.roles.find import shipped_folder
from tests.cli.desk import Desk

PLANTED = Path("tests/tables/infeasible").resolve()
SCENARIOS = Path("tests/corpora/scenarios").resolve()
_BOARD = '"search_spend + social_spend + email_spend <= 180000"'
WHOLE = {
    "elective_cases": 66,
    "theatre_hours": 176,
    "weekend_list": False,
    "beds_reserved": 28,
    "plan_start": "2027-01-18",
    "agency_shifts": 16,
    "agency_rate": 420,
    "overtime_hours": 60,
}


def _planted(desk: Desk, name: str, *changes: tuple[str, str]) -> str:
    text = (PLANTED / f"{name}.yaml").read_text("utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    (desk.path / f"{name}.yaml").write_text(text, "utf-8")
    return f"{name}.yaml"


def _hopeless_folder(desk: Desk) -> str:
    """Make a folder in which the buyer pays less than the supplier takes."""
    folder = desk.path / "apart"
    shutil.copytree(shipped_folder() / "procurement", folder)
    file = folder / "negotiation.yaml"
    text = file.read_text("utf-8")
    assert "unit_price <= 2.70" in text
    file.write_text(text.replace("unit_price <= 2.70", "unit_price <= 2.10"), "utf-8")
    return "apart"


def test_a_shipped_folder_has_room(desk: Desk) -> None:
    """Where an agreement is possible: how many outcomes keep everything, one of them, and what it is worth to whom."""
    done = desk.do("feasible", "cloud")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == snapshot(
        [
            "An agreement is possible.",
            "1,158,300 of 8,318,916 outcomes keep every policy, limit and reserve.",
            "For example:",
            "  replicas: 8 replicas",
            "  instance type: large",
            "  spot share: 0 percent",
            "  region: eu-central",
            "  log retention: 204 days",
            "  patch window: weekly",
            "  egress review: no",
            "  worth: cost 0.35 of 1, performance 0.68 of 1, compliance 0.56 of 1, security 0.70 of 1",
        ]
    )


def test_a_conflict_is_told_with_what_would_open_a_deal(desk: Desk) -> None:
    """Where none is possible: the rules that contradict each other, and the nearest change of each that opens a deal."""
    done = desk.do("feasible", _planted(desk, "frozen-quarter"))
    assert (done.code, done.err) == (4, "")
    assert done.out.splitlines() == snapshot(
        [
            "No agreement is possible: these 3 contradict each other; leave out any one, and they do not.",
            '  policy freeze: go_live < "2027-03-25" || go_live > "2027-04-05"',
            '  limit quarter of customer: go_live <= "2027-04-05"',
            '  limit lead of vendor: go_live >= "2027-03-25"',
            "A deal opens if one of these gives way, and all else stays as it is:",
            "  policy freeze from 2027-03-25 to 2027-03-26",
            "  policy freeze from 2027-04-05 to 2027-04-04",
            "  limit quarter of customer from 2027-04-05 to 2027-04-06",
            "  limit lead of vendor from 2027-03-25 to 2027-03-24",
        ]
    )


def test_json_holds_the_same(desk: Desk) -> None:
    """`--json` prints one object, for both answers."""
    done = desk.do("feasible", _planted(desk, "short-logs"), "--json")
    assert done.code == 4
    assert done.json == snapshot(
        {
            "name": "short-logs",
            "answer": "hopeless",
            "why": "",
            "outcomes": 8318916,
            "count": None,
            "example": None,
            "worth": None,
            "conflict": [
                {
                    "kind": "policy",
                    "role": None,
                    "named": "policy log-floor",
                    "id": "log-floor",
                    "rule": "log_retention >= 180 && log_retention <= 200",
                    "why": "",
                },
                {"kind": "reserve", "role": "compliance", "named": "reserve of compliance", "reserve": 0.8},
            ],
            "minimal": True,
            "smallest": True,
            "relaxations": [
                {
                    "kind": "policy",
                    "role": None,
                    "named": "policy log-floor",
                    "id": "log-floor",
                    "rule": "log_retention >= 180 && log_retention <= 200",
                    "why": "",
                    "by": "figure",
                    "from": "200",
                    "to": "291",
                    "nearest": True,
                },
                {
                    "kind": "reserve",
                    "role": "compliance",
                    "named": "reserve of compliance",
                    "reserve": 0.8,
                    "by": "reserve",
                    "from": "0.8",
                    "to": "0.554",
                    "nearest": True,
                },
            ],
            "together": [],
            "not_weighed": [],
        }
    )
    found = desk.do("feasible", "cloud", "--json").json
    assert (found["answer"], found["count"]["kind"], found["conflict"]) == ("feasible", "exact", [])
    assert set(found["worth"]) == {"cost", "performance", "compliance", "security"}


def test_a_seat_sees_no_private_limit_of_another(desk: Desk) -> None:
    """With `--as`, limits and reserves of others have no content, and no figure tells where they are."""
    file = _planted(desk, "price-gap")
    done = desk.do("feasible", file, "--as", "buyer")
    assert done.out.splitlines() == snapshot(
        [
            "No agreement is possible: these 2 contradict each other; leave out any one, and they do not.",
            "  limit ceiling of buyer: unit_price <= 2.10",
            "  a private limit of supplier",
            "A deal opens if one of these gives way, and all else stays as it is:",
            "  limit ceiling of buyer",
            "  a private limit of supplier",
        ]
    )
    told = desk.do("feasible", file, "--as", "buyer", "--json")
    assert "2.15" not in done.out + told.out
    assert [each.get("rule") for each in told.json["conflict"]] == ["unit_price <= 2.10", None]
    open_ = desk.do("feasible", "campaign", "--as", "budget")
    assert (open_.code, open_.out.splitlines()) == (
        0,
        ["An agreement is possible.", "An example, or how many there are, would tell what others can accept."],
    )
    assert desk.do("feasible", "campaign", "--as", "budget", "--json").json["example"] is None


def test_several_must_give_way_together(desk: Desk) -> None:
    """Where two contradictions stand side by side, no single change opens a deal, and the fewest together are named."""
    file = _planted(desk, "price-gap", ("delivery_days >= 7", "delivery_days >= 50"))
    done = desk.do("feasible", file)
    assert done.out.splitlines() == snapshot(
        [
            "No agreement is possible: this cannot be kept within the ranges of the issues.",
            "  limit lead of supplier: delivery_days >= 50",
            "No single one of them opens a deal. These would, if all of them gave way:",
            "  limit ceiling of buyer",
            "  limit lead of supplier",
        ]
    )


def test_rule_without_a_tree_is_named(desk: Desk) -> None:
    """A rule that cannot be expressed is read value by value, or named; an example keeps it."""
    few = _planted(desk, "wrong-continent", ('region == "us-east"', 'region.startsWith("us")'))
    done = desk.do("feasible", few, "--json")
    assert (done.json["answer"], done.json["not_weighed"]) == ("hopeless", [])
    many = ("replicas * (instance_type", "log_retention % 7.0 == 0.0 || replicas * (instance_type")
    wrong = desk.do("feasible", _planted(desk, "wrong-continent", many))
    assert wrong.code == 2  # CEL has no remainder of doubles
    odd = ("'log_retention >= 180'}", "'size(string(log_retention + replicas)) > 2'}")
    done = desk.do("feasible", _planted(desk, "wrong-continent", ('region == "us-east"', 'region != "us-east"'), odd))
    assert done.code == 0
    told = " ".join(done.out.split())
    assert told.endswith("calls a function; the example keeps it, the count leaves it out.")


def test_ten_to_the_fifteenth_outcomes(desk: Desk) -> None:
    """A space too large to count is decided all the same, and its number is marked as a bound."""
    wide = ("min: 50000, max: 400000, step: 5000", "min: 1, max: 100000000, step: 0.01")
    mended = ("unit_price <= 2.10", "unit_price <= 2.60")
    done = desk.do("feasible", _planted(desk, "price-gap", wide, mended), "--json")
    assert (done.code, done.json["answer"], done.json["count"]["kind"]) == (0, "feasible", "at most")
    assert done.json["outcomes"] > 10**15
    hopeless = desk.do("feasible", _planted(desk, "price-gap", wide), "--json")
    assert [each["named"] for each in hopeless.json["conflict"]] == ["limit ceiling of buyer", "limit floor of supplier"]


def test_nothing_is_worth_anything(desk: Desk) -> None:
    """A role to which every outcome is worth nothing has a reserve that nothing reaches, and that alone is the conflict."""
    zero = ("{eu-west: 0.8, eu-central: 1.0, us-east: 0.0}", "{eu-west: 0.0, eu-central: 0.0, us-east: 0.0}")
    file = _planted(desk, "short-logs", zero, ("best: 365, worst: 180", "best: 900, worst: 800"))
    done = desk.do("feasible", file)
    assert done.code == 4
    assert done.out.splitlines() == snapshot(
        [
            "No agreement is possible: this cannot be kept within the ranges of the issues.",
            "  reserve of compliance: worth at least 0.8 of 1 to it",
            "A deal opens if one of these gives way, and all else stays as it is:",
            "  reserve of compliance from 0.8 to 0",
        ]
    )


def test_what_is_asked_for_must_be_there(desk: Desk) -> None:
    """A role that does not exist, and a file that is none, are wrong usage."""
    done = desk.do("feasible", "campaign", "--as", "nobody")
    assert (done.code, done.err) == (
        2,
        "handfast: there is no role 'nobody' in 'campaign'\nhint: its roles: budget, channel, capacity\n",
    )
    assert desk.do("feasible", "nowhere").code == 2
    assert "feasible" in COMMANDS


def test_a_hopeless_talk_is_not_begun(desk: Desk) -> None:
    """`run` refuses it with 4, says why, and leaves no session; it obeys whoever insists."""
    folder = _hopeless_folder(desk)
    done = desk.do("run", folder, "--seed", "1")
    assert (done.code, done.err) == (4, "hint: --even-if-hopeless negotiates all the same\n")
    assert done.out.splitlines()[1:3] == [
        "  limit ceiling of buyer: unit_price <= 2.10 (category-plan)",
        "  limit floor of supplier: unit_price >= 2.15 (minimum margin of 12 percent over cost)",
    ]
    assert not desk.journal.exists()
    assert desk.do("run", folder, "--json").json["answer"] == "hopeless"
    assert desk.do("run", folder, "--seed", "1", "--rounds", "2", "--even-if-hopeless", "--json").code == 3


def _theatre(desk: Desk, *drafts: tuple[str, dict[str, object]]) -> tuple[str, ...]:
    folder = desk.path / "week"
    folder.mkdir()
    text = (SCENARIOS / "theatre.yaml").read_text("utf-8")
    weekdays = "weekend_list || theatre_hours <= 280"
    assert weekdays in text
    text = text.replace(weekdays, "weekend_list || theatre_hours <= 180")
    (folder / "negotiation.yaml").write_text(f"{text}\nconstraint: {{complete: true}}\n", "utf-8")
    prompt = (shipped_folder() / "campaign" / "budget.md").read_text("utf-8")
    house = prompt[prompt.index("{% include") :]
    script: dict[str, list[str]] = {}
    for role in ("surgery", "wards", "staffing"):
        (folder / f"{role}.md").write_text(f"---\nwindow: 16000\nreply: 1200\n---\nYou speak for {role}.\n\n{house}", "utf-8")
        script[role] = [json.dumps(draft) for sender, draft in drafts if sender == role]
    (desk.path / "script.json").write_text(json.dumps(script), "utf-8")
    return ("run", "week", "--model", "scripted:script.json", "--seed", "1")


@pytest.mark.slow
def test_a_partial_plan_is_completed_at_the_table(desk: Desk) -> None:
    """A part that fits no plan is refused, one that fits is completed, and the end tells how sound the plans were."""
    words = _theatre(
        desk,
        ("surgery", {"act": "propose", "terms": {"elective_cases": 96, "weekend_list": False}}),
        ("surgery", {"act": "propose", "terms": {"elective_cases": 96, "weekend_list": True}}),
        ("wards", {"act": "propose", "terms": WHOLE}),
        ("staffing", {"act": "inform", "text": "I will look at it."}),
    )
    done = desk.do(*words, "--rounds", "1", "--json")
    told = desk.do("resume", done.json["session"]).out
    assert "  feasible plans 2 of 3 (67%): 1 broke a rule, 0 refuted\n  1 partial plan completed by the solver\n" in told
    assert [finding["code"] for finding in done.json["findings"]][:2] == ["constraint.infeasible", "constraint.filled"]
    assert desk.do("verify", done.json["session"]).code == 0
