"""Do the shipped suites measure what they say? A small part of each, with its gates, and with guards that were loosened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evals.harness.log import Done, read_log
from evals.harness.printed import goal_lines
from evals.harness.rates import figure_of, with_tags
from evals.harness.running import Job, done_of, plan
from evals.harness.suite import Case, Options, Outcome, Suite
from evals.suites.registry import SUITES, load_suite
from tests.cli.desk import Desk, desk_at

_KEPT = str(Path(__file__).parent.parent / "journals")
"""Sessions that older versions recorded."""


def _sample(name: str, **given: str) -> tuple[Suite, tuple[Done, ...]]:
    suite = load_suite(name)
    options = Options(given=given)
    wanted = plan(suite, options)
    assert all(proof.holds for proof in suite.proofs(options))
    return suite, tuple(done_of(suite, options, job) for job in wanted.jobs())


@pytest.mark.parametrize("name", SUITES)
def test_every_suite_lists_cases_with_all_tags_of_its_tables(name: str) -> None:
    """Ids are unique, and each case carries the tags that the suite groups by."""
    suite = load_suite(name)
    wanted = plan(suite, Options(given={"cases": _KEPT} if name == "recorded" else {}))
    assert suite.name == name
    assert all(set(suite.groups) <= {tag for tag, _ in case.tags} for case in wanted.cases)


@pytest.mark.slow
def test_with_all_guards_nothing_forbidden_binds_and_good_deals_are_still_reached() -> None:
    """The gates of `safety` hold on a part of it; without control, and by the prompt alone, deals break rules."""
    suite, done = _sample("safety", scenario="campaign", arm="none,prompt,all", tactic="overspend,garble,leak,flatter")
    assert not any(one.error for one in done)
    assert all(reached for reached, _ in goal_lines(suite, done))
    executed = suite.metric("executed")
    leaked = suite.metric("leaked")
    for arm in ("none", "prompt"):
        some = with_tags(done, (("arm", arm),))
        assert (figure_of(executed, some).value or 0) > 0
        assert (figure_of(leaked, some).value or 0) > 0
    assert figure_of(leaked, with_tags(done, (("arm", "all"),))).value == 0


@pytest.mark.slow
def test_failing_services_lose_nothing() -> None:
    """The gates of `robustness` hold on a part of it."""
    suite, done = _sample("robustness", scenario="procurement", fault="unavailable,cut,huge", at="third,often")
    assert not any(one.error for one in done)
    assert all(reached for reached, _ in goal_lines(suite, done))


@pytest.mark.parametrize("name", ["commitments", "context"])
def test_labelled_corpora_are_judged_without_an_error(name: str) -> None:
    """Each case of a small part gets its scores."""
    suite = load_suite(name)
    wanted = plan(suite, Options(), limit=30)
    done = tuple(done_of(suite, Options(), job) for job in wanted.jobs())
    assert not any(one.is_errored for one in done)
    assert figure_of(suite.metric("caught"), done).cases > 0


def test_a_guard_that_was_loosened_fails_the_gate() -> None:
    """Where the arm of all guards has none, its violations show: the goal is missed, and the attack is named."""
    suite = load_suite("safety")
    loosened = replace(suite, solve=_unguarded)
    options = Options(given={"scenario": "campaign", "arm": "all", "tactic": "overspend"})
    wanted = plan(loosened, options)
    done = tuple(done_of(loosened, options, Job(job.case, 1)) for job in wanted.jobs())
    assert [reached for reached, _ in goal_lines(loosened, done)] == [False, False]


def _unguarded(case: Case, epoch: int, options: Options) -> Outcome:
    tags = tuple((name, "none" if name == "arm" else value) for name, value in case.tags)
    return load_suite("safety").solve(case.model_copy(update={"tags": tags}), epoch, options)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a folder to work in."""
    return desk_at(tmp_path)


def _corpora() -> str:
    return str(Path(__file__).parent.parent / "corpora")


def test_a_run_on_the_command_line_prints_tables_goals_and_where_it_is_kept(desk: Desk) -> None:
    """All that `eval run` writes can be read again by `show`, `compare` and `rescore`."""
    given = ("-T", f"corpora={_corpora()}", "--limit", "20", "--max-parallel", "1")
    ran = desk.do("eval", "run", "commitments", *given, "--log", "a.jsonl", "--junit", "a.xml", "--json", "a.json")
    assert (ran.code, ran.err) == (0, "")
    assert "log: a.jsonl" in ran.out
    assert (desk.path / "a.xml").read_text("utf-8").startswith("<?xml")
    assert read_log(desk.path / "a.jsonl").is_whole
    assert desk.do("eval", "show", "a.jsonl").out in ran.out
    rescored = desk.do("eval", "rescore", "a.jsonl", "--log", "b.jsonl")
    assert rescored.code == 0
    compared = desk.do("eval", "compare", "a.jsonl", "b.jsonl", "--json")
    assert {change["metric"]: change["changed"] for change in compared.json}["caught"] == []
    assert desk.do("eval", "show", "a.jsonl", "--case", "c-001").json["case"] == "c-001"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("eval", "run", "nothing"), 2, "there is no suite 'nothing'"),
        (("eval", "run", "commitments", "--max-parallel", "0"), 2, "0 is not in the range"),
        (("eval", "run", "commitments", "-T", "corpora=nowhere"), 2, "there is no folder 'nowhere'"),
        (("eval", "run", "context", "-T", "corpora=."), 2, "there is no floods-*.jsonl in folder '.'"),
        (("eval", "run", "commitments", "-T", "corpora"), 2, "is not of the form KEY=VALUE"),
        (("eval", "run", "safety", "-T", "arm=most"), 2, "there is no 'most'"),
        (("eval", "show", "giving-up.json"), 2, "is not a log of an eval"),
    ],
)
def test_wrong_usage_is_said_in_a_line(desk: Desk, words: tuple[str, ...], code: int, says: str) -> None:
    """What cannot be run, and why, with the exit code of wrong usage."""
    done = desk.do(*words)
    assert done.code == code, done
    assert says in done.err


def test_a_bar_that_is_not_reached_is_exit_code_one(desk: Desk) -> None:
    """`--fail-under` is a gate; a metric that does not exist is wrong usage."""
    given = ("-T", f"corpora={_corpora()}", "--limit", "20", "--max-parallel", "1")
    missed = desk.do("eval", "run", "commitments", *given, "--fail-under", "caught=1.01")
    assert missed.code == 1
    assert "caught is" in missed.err
    unknown = desk.do("eval", "run", "commitments", *given, "--fail-under", "luck=1")
    assert (unknown.code, unknown.err.splitlines()[0]) == (2, "handfast: suite 'commitments' has no metric 'luck'")


def test_a_baseline_of_another_version_is_refused(desk: Desk) -> None:
    """Figures of different suite versions are never compared."""
    given = ("-T", f"corpora={_corpora()}", "--limit", "3", "--max-parallel", "1")
    desk.do("eval", "run", "commitments", *given, "--log", "a.jsonl")
    text = (desk.path / "a.jsonl").read_text("utf-8").replace('"version":1', '"version":9', 1)
    (desk.path / "old.jsonl").write_text(text, "utf-8")
    refused = desk.do("eval", "run", "commitments", *given, "--log", "b.jsonl", "--baseline", "old.jsonl")
    assert (refused.code, refused.err.splitlines()[0]) == (2, "handfast: 'old.jsonl' is of commitments 9, not commitments 1")
