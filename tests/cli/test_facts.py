"""How are facts told, agreements reopened and their history shown from the command line?"""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.roles.find import shipped_folder
from tests.cli.desk import Desk, desk_at

_TRIGGERS = """
triggers:
  - id: ceiling-drop
    when: budget_ceiling < 150000
    why: finance releases less
    changes: [search_spend, social_spend]
    by: Dana
  - {id: old-news, when: 'competitor_date < "2026-10-01"', why: the competitor is early}
  - {id: quarter-end, on: 2199-01-15, why: the plan is looked at again}
"""


@pytest.fixture(scope="module")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk with one agreement under triggers. Not to be written to."""
    return _desk_with_agreement(tmp_path_factory.mktemp("agreed"))


def _desk_with_agreement(path: Path) -> Desk:
    desk = desk_at(path)
    text = (shipped_folder() / "campaign" / "negotiation.yaml").read_text("utf-8")
    folder = path / "camp"
    folder.mkdir()
    for prompt in (shipped_folder() / "campaign").glob("*.md"):
        (folder / prompt.name).write_text(prompt.read_text("utf-8"), "utf-8")
    (folder / "negotiation.yaml").write_text(text + _TRIGGERS, "utf-8")
    done = desk.do("run", "camp", "--seed", "1", "--json")
    assert done.code == 0, done
    return desk


@pytest.fixture
def desk(agreed: Desk, tmp_path: Path) -> Desk:
    """Return a desk with a copy of that journal."""
    (tmp_path / "handfast.db").write_bytes(agreed.journal.read_bytes())
    return Desk(tmp_path)


def test_a_fact_reopens_an_agreement_and_its_history_says_why(desk: Desk) -> None:
    """`fact set` opens the successor, `resume` negotiates it, `history` of either tells the chain; all verifies."""
    old = desk.do("sessions", "--json").json[0]["id"]
    told = desk.do("fact", "set", "budget_ceiling", "140000", "--source", "memo-120", "--by", "Dana", "--date", "2026-09-01")
    assert (told.code, told.err) == (0, ""), told
    new = desk.do("sessions", "--json").json[0]["id"]
    assert " ".join(told.out.split()).startswith(
        f"{old}: reopened as {new}, 'ceiling-drop': finance releases less (was 165000); tell Dana"
    )
    assert told.out.splitlines()[-1] == f"  handfast resume {new}"
    again = desk.do("fact", "set", "budget_ceiling", "140000", "--source", "memo-120", "--date", "2026-09-01", "--json").json
    assert {each["did"] for each in again["sessions"]} == {"unchanged"}
    assert desk.do("resume", new, "--json").json["status"] == "agreed"
    before, after = desk.do("history", old, "--json").json
    assert desk.do("history", new, "--json").json == [before, after]
    assert (before["session"], before["binds"], after["session"], after["binds"]) == (old, False, new, True)
    assert set(after["changes"]) <= {"search_spend", "social_spend"}
    assert (after["cause"]["triggers"], after["cause"]["fact"]["source"]) == (["ceiling-drop"], "memo-120")
    assert {issue: after["terms"][issue] for issue in after["terms"] if issue not in after["changes"]} == {
        issue: before["terms"][issue] for issue in before["terms"] if issue not in after["changes"]
    }
    for session in (old, new):
        assert desk.do("verify", session).code == 0
    shown = desk.do_at(40, "history", new).out
    assert max(map(len, shown.splitlines())) <= 40
    assert "these terms bind now" in shown


def test_a_run_tells_what_was_set_since(desk: Desk, agreed: Desk) -> None:
    """A new session begins with the file's value, and says on standard error what was set in another session since."""
    desk.do("fact", "set", "budget_ceiling", "160000", "--source", "memo-119", "--date", "2026-09-01")
    done = desk.do("run", str(agreed.path / "camp"), "--rounds", "1", "--json")
    assert done.err == (
        "note: fact 'budget_ceiling' is 165,000 USD in the file, and was set to 160,000 USD since (memo-119, 2026-09-01); "
        "this session begins with the file's\n"
    )
    assert done.code == 3


def test_a_live_session_is_told(desk: Desk) -> None:
    """The talk that reopens the agreement hears of the next value, and the agreement is not reopened a second time."""
    desk.do("fact", "set", "budget_ceiling", "140000", "--source", "memo-120")
    told = desk.do("fact", "set", "competitor_date", "2026-09-20", "--source", "press", "--confidence", "0.9", "--json").json
    assert sorted(each["did"] for each in told["sessions"]) == ["absorbed", "told"]
    assert len(desk.do("sessions", "--json").json) == 2
    amended = desk.do("amend", told["sessions"][1]["session"])
    assert (amended.code, "is being renegotiated in" in amended.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("budget_ceiling", "many"), "fact 'budget_ceiling' is a number; 'many' is none"),
        (("competitor_date", "soon"), "fact 'competitor_date' is a date; 'soon' is none"),
        (("rain", "1"), "no session that is live, or agreed under triggers, has a fact 'rain'"),
        (("rain", "1", "--session", "last"), "knows no fact 'rain'"),
        (("rain", "1", "--negotiation", "picnic"), "no session of 'picnic' that is live"),
        (("budget_ceiling", "1", "--date", "soon"), "--date 'soon' is no day"),
    ],
)
def test_a_fact_that_cannot_be_told(desk: Desk, words: tuple[str, ...], message: str) -> None:
    """What nobody knows, or what is of another kind, is refused before anybody is told; exit code 2."""
    done = desk.do("fact", "set", *words, "--source", "x")
    assert (done.code, message in done.err) == (2, True), done
    assert len(desk.do("sessions", "--json").json) == 1


def test_facts_and_triggers_are_listed(desk: Desk) -> None:
    """`fact list` says what a new value could change, `triggers list` what may reopen which agreement, and when."""
    (session,) = desk.do("fact", "list", "--json").json
    assert (session["status"], session["facts"][6]["name"], session["facts"][6]["value"]) == (
        "agreed",
        "budget_ceiling",
        "165000",
    )
    assert "budget_ceiling: 165,000 USD (finance-memo-114, 2026-08-12)" in desk.do("fact", "list").out
    listed = desk.do("triggers", "list")
    assert "ceiling-drop: when budget_ceiling < 150000: finance releases less" in listed.out
    assert "quarter-end: on 2199-01-15 00:00:00 UTC" in listed.out
    assert [each["id"] for each in desk.do("triggers", "list", "--json").json[0]["triggers"]] == [
        "ceiling-drop",
        "old-news",
        "quarter-end",
    ]
    assert desk.do("triggers", "run").out == "No agreement is due.\n"


def test_triggers_are_checked_with_the_file(desk: Desk, tmp_path: Path) -> None:
    """Every mistake in a trigger is told with its file, line, key and what was expected."""
    folder = tmp_path / "wrong"
    folder.mkdir()
    text = (shipped_folder() / "campaign" / "negotiation.yaml").read_text("utf-8")
    wrong = """
triggers:
  - {id: a, why: w, when: 'budget_cieling < 150000'}
  - {id: b, why: w, when: 'budget_ceiling'}
  - {id: c, why: w}
  - {id: c, why: w, on: soon}
  - {id: d, why: w, after: 3 moons}
  - {id: e, why: w, after: 3d, on: 2026-01-01}
  - {id: f, why: w, after: 3d, changes: [serch_spend, flight_weeks, flight_weeks]}
  - {id: g, when: '1 < 2', why: w}
  - {id: h, when: 'competitor_date < "soon"', why: w}
"""
    for prompt in (shipped_folder() / "campaign").glob("*.md"):
        (folder / prompt.name).write_text(prompt.read_text("utf-8"), "utf-8")
    (folder / "negotiation.yaml").write_text(text + wrong, "utf-8")
    first = len(text.splitlines()) + 3
    done = desk.do("validate", "wrong")
    told = [line.partition("negotiation.yaml:")[2] for line in (done.out + done.err).splitlines() if "triggers" in line]
    assert told == [
        f"{first}: triggers.a.when: names 'budget_cieling', which is no fact; expected 'budget_ceiling'",
        (
            f"{first + 1}: triggers.b.when: cannot be used: gives double, not a boolean; "
            "expected a CEL expression over the facts that gives true or false"
        ),
        f"{first + 2}: triggers.c: never fires; expected one of when, on and after",
        f"{first + 3}: triggers.c.on: is 'soon'; expected a date as 2026-10-01",
        f"{first + 3}: triggers.c.id: is there twice, first on line {first + 2}; expected each id once",
        f"{first + 4}: triggers.d.after: is '3 moons'; expected a time as 90d, 6w, 12h or 30min",
        f"{first + 5}: triggers.e.after: stands beside 'on'; expected one of when, on and after",
        f"{first + 6}: triggers.f.changes: 'serch_spend' is no issue; expected 'search_spend'",
        f"{first + 6}: triggers.f.changes: 'flight_weeks' is there twice; expected each issue once",
        (
            f"{first + 7}: triggers.g.when: names no fact; expected at least one of q2_search_cpa, q2_social_cpa, email_list, "
            "studio_hours, video_hours, static_hours, budget_ceiling, freelancer_day, competitor_date"
        ),
        f"{first + 8}: triggers.h.when: compares a date with 'soon'; expected a day such as \"2026-10-01\"",
    ]
