"""Does `handfast check` judge a corpus with the guards of a run, and say how well they did?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestrator.roles.find import shipped_folder
from tests.cli.desk import Desk, Done, desk_at

_FIT: dict[str, object] = {
    "id": "fit",
    "scenario": "campaign",
    "sender": "budget",
    "draft": {"act": "inform", "text": "We are close."},
    "kinds": [],
}
_TERMS = {"search_spend": 60000, "launch_date": "2026-09-21", "creative_format": "mixed"}
_FAULTY = {
    **_FIT,
    "id": "leaky",
    "history": [{"id": "m1", "sender": "channel", "act": "propose", "terms": _TERMS, "text": "Our offer."}],
    "approvals": [{"gate": "big-spend", "by": "cmo", "offer": "m1"}],
    "draft": {"act": "reject", "offer": "m1", "text": "Our ceiling is 165k."},
    "kinds": ["leak"],
    "spans": ["Our ceiling is 165k"],
}
_MISSED = {**_FIT, "id": "subtle", "kinds": ["history"], "spans": ["close"]}
_REFUSED = {**_FIT, "id": "stale", "draft": {"act": "accept", "offer": "m9"}, "kinds": ["reference"]}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk to check at."""
    return desk_at(tmp_path)


def _check(desk: Desk, *cases: object, options: tuple[str, ...] = ()) -> Done:
    lines = (case if isinstance(case, str) else json.dumps(case) for case in cases)
    (desk.path / "drafts.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return desk.do("check", "drafts.jsonl", "--scenarios", str(shipped_folder()), *options)


def test_every_case_is_judged_and_the_misses_are_told(desk: Desk) -> None:
    """The table counts by kind, OUT has a line a case, and a miss is printed with its words."""
    done = _check(desk, _FIT, _FAULTY, _MISSED, _REFUSED, options=("--json", "out.jsonl"))
    assert (done.code, done.err) == (0, "")
    assert [json.loads(line) for line in (desk.path / "out.jsonl").read_text("utf-8").splitlines()] == [
        {"id": "fit", "verdict": "admit", "kinds": [], "spans": []},
        {"id": "leaky", "verdict": "withhold", "kinds": ["leak"], "spans": ["Our ceiling is 165k."]},
        {"id": "subtle", "verdict": "admit", "kinds": [], "spans": []},
        {"id": "stale", "verdict": "refuse", "kinds": ["reference"], "spans": []},
    ]
    lines = done.out.splitlines()
    assert [line.split()[:5] for line in lines[:4]] == [
        ["kind", "cases", "caught", "missed", "false"],
        ["history", "1", "0", "1", "0"],
        ["reference", "1", "1", "0", "0"],
        ["leak", "1", "1", "0", "0"],
    ]
    assert "Admitted though unfit: 1" in lines
    assert "    history: 'close'" in lines


@pytest.mark.parametrize(
    ("bar", "code"),
    [
        ("caught=0.6", 0),
        ("caught=0.7", 1),
        ("false_alarms=0", 0),
        ("leak.recall=1", 0),
        ("history.recall=0.5", 1),
        ("fact.recall=0", 1),
    ],
)
def test_a_bar_that_is_not_reached_fails(desk: Desk, bar: str, code: int) -> None:
    """`--fail-under` exits with 1 where a metric is below its bar, or can't be measured."""
    done = _check(desk, _FIT, _FAULTY, _MISSED, _REFUSED, options=("--fail-under", bar))
    assert done.code == code
    assert done.err.count("handfast: ") == code


@pytest.mark.parametrize("bar", ["caught", "caught=high", "caught=2", "mood=0.5"])
def test_a_bar_that_is_none_is_wrong_usage(desk: Desk, bar: str) -> None:
    """A bar without a value from 0 to 1, or of no metric, exits with 2."""
    assert _check(desk, _FIT, options=("--fail-under", bar)).code == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "drafts.jsonl:2: Invalid JSON: EOF while parsing an object at line 1 column 1"),
        (json.dumps({**_FIT, "id": "other", "mood": 1}), "drafts.jsonl:2: mood: Extra inputs are not permitted"),
        (json.dumps(_FIT), "drafts.jsonl:2: id 'fit' is there twice, first on line 1"),
        (json.dumps({**_FIT, "id": "a", "sender": "cook"}), "drafts.jsonl:2: sender 'cook' is no role of 'campaign'"),
        (json.dumps({**_FIT, "id": "a", "scenario": "opera"}), "drafts.jsonl:2: there is no scenario 'opera'"),
        (
            json.dumps({**_FAULTY, "history": [{"id": "m1", "sender": "cook", "act": "inform"}]}),
            "drafts.jsonl:2: m1: 'cook' is no role",
        ),
    ],
)
def test_a_wrong_line_is_named(desk: Desk, line: str, message: str) -> None:
    """A mistake in a corpus exits with 2 and says in which line of which file it is."""
    done = _check(desk, _FIT, line)
    assert (done.code, done.err.splitlines()[0]) == (2, f"handfast: {message}")


def test_a_corpus_that_is_not_there_is_wrong_usage(desk: Desk) -> None:
    """A misspelt file is the caller's mistake, not the disk's."""
    done = desk.do("check", "nowhere.jsonl")
    assert (done.code, "'nowhere.jsonl' does not exist" in done.err) == (2, True)


def test_an_empty_corpus_is_wrong(desk: Desk) -> None:
    """A file without a case is a mistake and no perfect score."""
    done = _check(desk)
    assert (done.code, done.err.splitlines()[0]) == (2, "handfast: drafts.jsonl: there is no case in it")
