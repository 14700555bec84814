"""What changed between two runs? `eval compare` prints it, and fails where it got clearly worse."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from evals.cli.tables import print_rows
from evals.harness.compare import Change, compare
from evals.harness.log import read_log
from evals.suites.registry import load_suite
from orchestrator.cli.exits import CHECK_FAILED
from orchestrator.cli.options import json_option
from orchestrator.cli.printing import as_json, say

__all__ = ["comparing", "print_changes"]

_LOG = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="compare")
@click.argument("first", type=_LOG)
@click.argument("second", type=_LOG)
@click.option("--fail-worse", is_flag=True, help="Exit with 1 where a metric got clearly worse.")
@json_option
def comparing(first: Path, second: Path, *, fail_worse: bool, as_object: bool) -> int:
    """Say how each metric moved from FIRST to SECOND, over the cases and epochs that both did."""
    before, after = read_log(first), read_log(second)
    suite = load_suite(before.head.suite)
    changes = compare(suite, before, after)
    if as_object:
        say(as_json([_json(change) for change in changes]))
    else:
        print_changes(changes)
    worse = [change for change in changes if change.is_clear and _is_worse(suite.metric(change.metric).better, change)]
    return CHECK_FAILED if worse and fail_worse else 0


def print_changes(changes: Sequence[Change]) -> None:
    """Print a row for each metric."""
    rows = [
        (
            change.metric,
            str(change.pairs),
            f"{change.before:.4g}",
            f"{change.after:.4g}",
            f"{change.difference:+.4g} ({change.interval.low:+.4g} to {change.interval.high:+.4g})",
            str(len(change.changed)),
            "clear" if change.is_clear else "",
        )
        for change in changes
    ]
    print_rows([("metric", "pairs", "before", "after", "difference", "changed", ""), *rows])


def _is_worse(better: str, change: Change) -> bool:
    return change.difference < 0 if better == "higher" else change.difference > 0


def _json(change: Change) -> dict[str, object]:
    return {
        "metric": change.metric,
        "pairs": change.pairs,
        "before": change.before,
        "after": change.after,
        "low": change.interval.low,
        "high": change.interval.high,
        "clear": change.is_clear,
        "changed": list(change.changed),
    }
