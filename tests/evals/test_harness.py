"""What does the harness of suites promise? Kept results, honest rates, and lines that say what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from evals.harness.compare import compare, pairs_of
from evals.harness.junit import junit
from evals.harness.log import Done, Score, Writer, read_log
from evals.harness.printed import figures_json, goal_lines, table
from evals.harness.rates import bootstrap, figure_of
from evals.harness.running import head_of, plan, run
from evals.harness.suite import Case, Goal, Metric, Options, Outcome, Proof, Suite
from orchestrator.errors import UsageError


def _cases(options: Options) -> tuple[Case, ...]:
    return tuple(
        Case(id=f"n{number}", tags=(("parity", "even" if number % 2 == 0 else "odd"),))
        for number in range(options.whole("size", 4))
    )


def _solve(case: Case, epoch: int, options: Options) -> Outcome:
    number = int(case.id[1:])
    if options.given.get("fails") == case.id:
        raise ValueError(f"no answer to {case.id}")
    return {"number": number, "epoch": epoch, "broken": options.given.get("breaks") == case.id}


def _even(outcome: Outcome) -> bool:
    if outcome["broken"]:
        raise KeyError("even")
    return isinstance(outcome["number"], int) and outcome["number"] % 2 == 0


def _size(outcome: Outcome) -> float | None:
    number = outcome["number"]
    return float(number) if isinstance(number, int) and number else None


def _proven(_: Options) -> tuple[Proof, ...]:
    return ()


def _digests(_: Options) -> Mapping[str, str]:
    return {"numbers": "1234"}


def _doubled(_: Options) -> tuple[Case, ...]:
    return (Case(id="a"), Case(id="a"))


def _nothing(_: Options) -> tuple[Case, ...]:
    return ()


def _always(_: Outcome) -> bool:
    return True


TOY = Suite(
    name="toy",
    version=1,
    says="Which numbers are even?",
    settings={"size": "how many", "fails": "the case that fails", "breaks": "the case whose scorer fails"},
    cases=_cases,
    solve=_solve,
    metrics=(
        Metric(name="even", says="even numbers", scorer=_even, goal=Goal(value=1.0, tags=(("parity", "even"),))),
        Metric(name="size", says="how large", scorer=_size, better="lower", is_rate=False),
    ),
    proofs=_proven,
    digests=_digests,
    groups=("parity",),
)


def _run(path: Path, given: Mapping[str, str] | None = None, *, epochs: int = 1, suite: Suite = TOY) -> tuple[Done, ...]:
    wanted = plan(suite, Options(given=given or {}), epochs=epochs)
    with Writer.begin(path, head_of(wanted)) as writer:
        run(wanted, writer, tell=lambda _: None)
    return read_log(path).done


def test_every_epoch_of_every_case_is_kept_with_its_scores(tmp_path: Path) -> None:
    """A log holds a head, a line for each epoch of each case, and says that it is whole."""
    done = _run(tmp_path / "toy.jsonl", epochs=2)
    log = read_log(tmp_path / "toy.jsonl")
    assert [(one.case, one.epoch) for one in done] == [(f"n{number}", epoch) for epoch in (1, 2) for number in range(4)]
    assert done[2].scores == (Score(metric="even", value=1.0), Score(metric="size", value=2.0))
    assert (log.is_whole, log.was_cut, log.size, log.head.digests) == (True, False, 8, (("numbers", "1234"),))


def test_a_run_that_was_cut_off_goes_on_without_redoing_anything(tmp_path: Path) -> None:
    """A broken last line is dropped; what was finished is kept, and only the rest is done."""
    path = tmp_path / "toy.jsonl"
    _run(path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:3]) + lines[3][:20], encoding="utf-8")
    cut = read_log(path)
    assert (len(cut.done), cut.was_cut, cut.is_whole) == (2, True, False)
    again: list[str] = []
    with Writer.go_on(cut) as writer:
        run(plan(TOY, Options()), writer, done=cut.done, tell=lambda one: again.append(one.case))
    assert again == ["n2", "n3"]
    assert [one.case for one in read_log(path).done] == ["n0", "n1", "n2", "n3"]
    assert read_log(path).is_whole


def test_a_case_that_fails_is_never_a_pass_and_never_dropped(tmp_path: Path) -> None:
    """It is on record with its reason, and counts against every rate."""
    done = _run(tmp_path / "toy.jsonl", {"fails": "n2"})
    assert done[2].error == "ValueError: no answer to n2"
    assert done[2].is_errored
    figure = figure_of(TOY.metrics[0], done)
    assert (figure.value, figure.cases) == (0.25, 4)
    assert [reached for reached, _ in goal_lines(TOY, done)] == [False]


def test_a_scorer_that_raises_makes_its_case_errored(tmp_path: Path) -> None:
    """The other scores stay; the case is errored and says which scorer failed."""
    done = _run(tmp_path / "toy.jsonl", {"breaks": "n1"})
    assert done[1].scores == (Score(metric="even", error="KeyError: 'even'"), Score(metric="size", value=1.0))
    assert done[1].is_errored
    assert figure_of(TOY.metrics[1], done).cases == 2


def test_tables_leave_out_what_says_nothing(tmp_path: Path) -> None:
    """Rows are the values of a tag; a metric without figures has no column."""
    done = _run(tmp_path / "toy.jsonl", {"size": "1"})
    assert list(table(TOY, done, "parity")) == [("parity", "cases", "even"), ("even", "1", "100.0% (21 to 100)")]


@pytest.mark.parametrize(
    ("given", "only", "message"),
    [
        ({"colour": "red"}, (), "suite 'toy' has no setting 'colour'"),
        ({}, ("n9",), "suite 'toy' has no case 'n9' with these settings"),
        ({"size": "0"}, (), "-T size=0: expected a whole number, 1 or more"),
    ],
)
def test_what_cannot_be_run_is_said(given: Mapping[str, str], only: tuple[str, ...], message: str) -> None:
    """Unknown settings and cases are wrong usage."""
    with pytest.raises(UsageError) as caught:
        plan(TOY, Options(given=given), only=only)
    assert caught.value.message == message


def test_ids_that_stand_twice_and_empty_suites_are_wrong_usage() -> None:
    """A suite that could overwrite its own results, or that has none, is not run."""
    twice = replace(TOY, cases=_doubled)
    with pytest.raises(UsageError, match="has two cases of the id 'a'"):
        plan(twice, Options())
    with pytest.raises(UsageError, match="no case of suite 'toy' is left"):
        plan(replace(TOY, cases=_nothing), Options())


def test_an_improvement_shows_with_an_interval_that_leaves_out_zero(tmp_path: Path) -> None:
    """Runs are paired by case and epoch; what changed is counted and named."""
    _run(tmp_path / "a.jsonl", {"size": "40"})
    better = replace(TOY, metrics=(replace(TOY.metrics[0], scorer=_always), TOY.metrics[1]))
    _run(tmp_path / "b.jsonl", {"size": "40"}, suite=better)
    even, size = compare(TOY, read_log(tmp_path / "a.jsonl"), read_log(tmp_path / "b.jsonl"))
    assert (even.before, even.after, len(even.changed), even.is_clear) == (0.5, 1.0, 20, True)
    assert even.interval.low > 0
    assert (size.difference, size.changed, size.is_clear) == (0.0, (), False)


def test_logs_of_other_suite_versions_are_not_compared(tmp_path: Path) -> None:
    """A figure of another version is another figure."""
    _run(tmp_path / "a.jsonl")
    _run(tmp_path / "b.jsonl", suite=replace(TOY, version=2))
    with pytest.raises(UsageError, match="toy 1 cannot be compared with toy 2"):
        pairs_of(read_log(tmp_path / "a.jsonl"), read_log(tmp_path / "b.jsonl"))


def test_a_file_that_is_no_log_is_said_with_its_line(tmp_path: Path) -> None:
    """Neither prose nor a log with a broken line in its middle is read as if it were one."""
    path = tmp_path / "no.jsonl"
    path.write_text("hello\nworld\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 1 cannot be read"):
        read_log(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="does not begin with a head"):
        read_log(path)


def test_a_log_is_never_overwritten(tmp_path: Path) -> None:
    """A second run into the same file is refused."""
    _run(tmp_path / "toy.jsonl")
    with pytest.raises(UsageError, match="there is a file"):
        _run(tmp_path / "toy.jsonl")


def test_junit_names_errors_and_missed_goals(tmp_path: Path) -> None:
    """Each case is a test and so is each goal, with what failed escaped."""
    _run(tmp_path / "toy.jsonl", {"fails": "n2", "size": "3"})
    text = junit(TOY, read_log(tmp_path / "toy.jsonl"))
    assert '<testsuite name="toy" tests="4" errors="1" failures="1">' in text
    assert '<testcase classname="toy" name="n2 [1]"' in text
    assert "<error>ValueError: no answer to n2</error>" in text


def test_figures_as_json_hold_all_groups(tmp_path: Path) -> None:
    """Machines get the same figures as people, with their intervals."""
    _run(tmp_path / "toy.jsonl")
    figures = figures_json(TOY, read_log(tmp_path / "toy.jsonl"))
    assert figures["errored"] == 0
    assert figures["by"] == {
        "parity": {
            "even": {
                "even": {"value": 1.0, "cases": 2, "low": pytest.approx(0.342, abs=0.01), "high": 1.0},
                "size": {"value": 2.0, "cases": 1, "low": 2.0, "high": 2.0},
            },
            "odd": {
                "even": {"value": 0.0, "cases": 2, "low": 0.0, "high": pytest.approx(0.658, abs=0.01)},
                "size": {"value": 2.0, "cases": 2, "low": 1.0, "high": 3.0},
            },
        }
    }


def test_a_bootstrap_interval_is_the_same_each_time_and_holds_the_mean() -> None:
    """It draws by a seed; equal values have no spread."""
    values = [float(number % 7) for number in range(50)]
    assert bootstrap(values) == bootstrap(values)
    assert bootstrap(values).low < sum(values) / 50 < bootstrap(values).high
    assert (bootstrap([2.0, 2.0]).low, bootstrap([2.0, 2.0]).high) == (2.0, 2.0)
