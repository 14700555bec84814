"""How does a CI system see a run? As JUnit XML: one test for each case and for each goal."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from evals.harness.log import Done, Log
from evals.harness.printed import goal_lines
from evals.harness.suite import Suite
from orchestrator.report.clean import clean

__all__ = ["junit"]


def junit(suite: Suite, log: Log) -> str:
    """Return the XML text. A case that failed is an error, a goal that was missed a failure."""
    goals = list(goal_lines(suite, log.done))
    errors, failures = sum(one.is_errored for one in log.done), sum(not reached for reached, _ in goals)
    size = len(log.done) + len(goals)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<testsuite name={quoteattr(suite.name)} tests="{size}" errors="{errors}" failures="{failures}">',
        *(_goal(suite, reached, line) for reached, line in goals),
        *(_case(suite, one) for one in log.done),
        "</testsuite>",
    ]
    return "\n".join(lines) + "\n"


def _goal(suite: Suite, reached: bool, line: str) -> str:  # noqa: FBT001 - a goal is reached or not
    head = f"<testcase classname={quoteattr(suite.name + '.goals')} name={quoteattr(line.split(None, 1)[1])}"
    return f"  {head}/>" if reached else f"  {head}><failure>{escape(line)}</failure></testcase>"


def _case(suite: Suite, done: Done) -> str:
    name = quoteattr(f"{clean(done.case)} [{done.epoch}]")
    head = f'<testcase classname={quoteattr(suite.name)} name={name} time="{done.millis / 1000:.3f}"'
    why = done.error or "; ".join(f"{score.metric}: {score.error}" for score in done.scores if score.error)
    return f"  {head}><error>{escape(clean(why))}</error></testcase>" if done.is_errored else f"  {head}/>"
