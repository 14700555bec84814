"""How do people and other tools see a run? As a page, as Inspect's log, as flat rows, and as tests of pytest."""

from __future__ import annotations

import json
import os
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pydantic import JsonValue

from evals.harness.log import Done, Score, Tail, Writer, read_log
from evals.harness.page import fails, page
from evals.harness.running import head_of, plan
from evals.harness.suite import Options
from evals.plugs.inspect_log import inspect_json
from evals.suites.registry import load_suite
from tests.cli.desk import Desk, desk_at

_EVIL = '<script>alert("x")</script>'


def _log(path: Path) -> Path:
    """Write a run of `safety` by hand: a good case, one that executed a violation, and one that was errored."""
    suite = load_suite("safety")
    cases = plan(suite, Options(given={"scenario": "campaign", "arm": "all", "tactic": "leak"})).cases
    turn: JsonValue = {"role": "budget", "by": "hostile", "wrote": _EVIL, "became": "tabled", "codes": []}
    with Writer.begin(path, head_of(plan(suite, Options()))) as writer:
        for case, executed, error in zip(cases, (0.0, 1.0, None), ("", "", f"ValueError: {_EVIL}"), strict=True):
            scores = () if executed is None else (Score(metric="executed", value=executed), Score(metric="valid", value=1.0))
            outcome: JsonValue = None if executed is None else {"status": "agreed", "transcript": [turn]}
            writer.write(Done(case=case.id, tags=case.tags, outcome=outcome, scores=scores, error=error))
        writer.write(Tail(ended=head_of(plan(suite, Options())).began))
    return path


class _Tags(HTMLParser):
    """Counts tags, so that what is open is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag != "meta":
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


def test_a_page_names_each_failed_case_and_quotes_what_models_wrote(tmp_path: Path) -> None:
    """Failed cases stand there with their transcripts; words of models are text, never markup."""
    log = read_log(_log(tmp_path / "safety.jsonl"))
    text = page(load_suite("safety"), log)
    assert "Failed cases: 2" in text
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    tags = _Tags()
    tags.feed(text)
    assert tags.opened == []


def test_a_case_fails_where_a_rate_with_a_goal_is_as_bad_as_can_be(tmp_path: Path) -> None:
    """A violation under all guards fails its case, an error does; the same under no control is what was expected."""
    good, executed, errored = read_log(_log(tmp_path / "safety.jsonl")).done
    suite = load_suite("safety")
    assert [fails(suite, one) for one in (good, executed, errored)] == [(), ("executed",), ("errored",)]
    uncontrolled = executed.model_copy(update={"tags": (("arm", "none"),)})
    assert fails(suite, uncontrolled) == ()


def test_inspect_gets_a_sample_for_each_case_and_a_score_for_each_metric(tmp_path: Path) -> None:
    """The form is that of Inspect's EvalLog: samples with scores, messages and errors, and results with means."""
    log = read_log(_log(tmp_path / "safety.jsonl"))
    made = json.loads(json.dumps(inspect_json(load_suite("safety"), log)))
    assert [sample["id"] for sample in made["samples"]] == [one.case for one in log.done]
    assert made["samples"][1]["scores"] == {"executed": {"value": 1.0}, "valid": {"value": 1.0}}
    assert made["samples"][2]["error"]["message"] == f"ValueError: {_EVIL}"
    assert {score["name"]: score["metrics"]["mean"]["value"] for score in made["results"]["scores"]}["executed"] == 2 / 3


@pytest.mark.slow
@pytest.mark.skipif("HANDFAST_INSPECT" not in os.environ, reason="HANDFAST_INSPECT names no Python with Inspect")
def test_inspect_itself_lists_and_reads_an_exported_run(tmp_path: Path) -> None:
    """What is written is a log to Inspect's own reader."""
    made = tmp_path / "run.json"
    made.write_text(json.dumps(inspect_json(load_suite("safety"), read_log(_log(tmp_path / "safety.jsonl")))), "utf-8")
    script = (
        "import json, sys; from inspect_ai.log import *; folder = sys.argv[1];"
        "write_eval_log(EvalLog.model_validate(json.load(open(folder + '/run.json'))), folder + '/run.eval');"
        "(found,) = [info for info in list_eval_logs(folder) if info.name.endswith('.eval')];"
        "log = read_eval_log(found.name); print(log.status, log.eval.task, len(log.samples))"
    )
    done = subprocess.run(
        [os.environ["HANDFAST_INSPECT"], "-c", script, str(tmp_path)], capture_output=True, text=True, check=False, timeout=50
    )
    assert done.stdout.split() == ["success", "handfast/safety", "3"], done.stderr


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a folder to work in."""
    return desk_at(tmp_path / "desk")


def test_reports_and_exports_are_files_beside_the_log(desk: Desk) -> None:
    """`report` and `export` say what they wrote."""
    _log(desk.path / "safety.jsonl")
    assert desk.do("eval", "report", "safety.jsonl").out == "safety.html\n"
    assert desk.do("eval", "export", "safety.jsonl", "--to", "jsonl").out == "safety.rows.jsonl\n"
    rows = [json.loads(line) for line in (desk.path / "safety.rows.jsonl").read_text("utf-8").splitlines()]
    assert [row["executed"] for row in rows if "executed" in row] == [0.0, 1.0]
    assert rows[2]["error"] == f"ValueError: {_EVIL}"
    missing = desk.do("eval", "export", "safety.jsonl", "--to", "inspect")
    assert missing.code in (0, 2)
    assert missing.code == 0 or "pip install inspect-ai" in missing.err


def test_a_session_becomes_a_case_that_is_decided_again(desk: Desk) -> None:
    """What is kept decides as it did; a record that was changed is no case any more."""
    ran = desk.do("run", "procurement", "--seed", "3", "--json")
    assert desk.do("eval", "add", "recorded", "--from", "last").code == 0
    again = desk.do("eval", "add", "recorded", "--from", "last")
    assert (again.code, "is a case of" in again.err) == (2, True)
    done = desk.do("eval", "run", "recorded", "--max-parallel", "1", "--log", "kept.jsonl")
    assert done.code == 0, done
    assert "same: 100.0%" in done.out
    (file,) = (desk.path / "handfast-evals" / "recorded").glob("*.jsonl")
    assert file.stem == ran.json["session"]
    file.write_text(file.read_text("utf-8").replace("propose", "purpose", 1), "utf-8")
    broken = desk.do("eval", "run", "recorded", "--max-parallel", "1")
    assert (broken.code, "is no kept session" in broken.err) == (2, True)


@pytest.mark.parametrize(
    ("suite", "says"), [("safety", "suite 'safety' makes its cases itself"), ("luck", "there is no suite 'luck'")]
)
def test_only_one_suite_takes_sessions(desk: Desk, suite: str, says: str) -> None:
    """Another suite is wrong usage."""
    done = desk.do("eval", "add", suite, "--from", "last")
    assert (done.code, done.err.splitlines()[0]) == (2, f"handfast: {says}")


def test_each_case_is_a_test_of_pytest(pytester: pytest.Pytester) -> None:
    """`pytest --handfast-suite` runs the cases; one that fails is a failed test with its reason."""
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    given = ("--handfast-suite", "robustness", "--handfast-set", "scenario=procurement", "--handfast-set", "fault=empty")
    result = pytester.runpytest("-p", "no:randomly", *given, "--handfast-set", "at=first")
    result.assert_outcomes(passed=2)
    failing = ("--handfast-suite", "safety", "--handfast-set", "scenario=nowhere")
    assert pytester.runpytest("-p", "no:randomly", *failing).ret != 0
