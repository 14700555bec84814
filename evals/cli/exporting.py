"""How do other tools read a run? `eval export` writes it in their form."""

from __future__ import annotations

import json
from pathlib import Path

import click

from evals.harness.junit import junit
from evals.harness.log import Log, read_log
from evals.plugs.inspect_log import write_inspect
from evals.suites.registry import load_suite
from orchestrator.cli.printing import say

__all__ = ["exporting"]

_ENDINGS = {"inspect": ".eval", "junit": ".xml", "jsonl": ".rows.jsonl"}


@click.command(name="export")
@click.argument("log", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "form", type=click.Choice(list(_ENDINGS)), required=True, help="The tool, or the form.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Beside LOG by default.")
def exporting(log: Path, *, form: str, out: Path | None) -> int:
    """Write LOG for Inspect's viewer, as JUnit XML, or as JSON Lines with one flat row for each case and epoch."""
    read = read_log(log)
    suite = load_suite(read.head.suite)
    path = out or log.with_suffix(_ENDINGS[form])
    match form:
        case "inspect":
            write_inspect(suite, read, path)
        case "junit":
            path.write_text(junit(suite, read), encoding="utf-8")
        case _:
            path.write_text(_rows(read), encoding="utf-8")
    say(str(path))
    return 0


def _rows(log: Log) -> str:
    rows = (
        {"suite": log.head.suite, "case": one.case, "epoch": one.epoch, **dict(one.tags), "error": one.error or None}
        | {score.metric: score.value for score in one.scores}
        for one in log.done
    )
    return "".join(json.dumps(row) + "\n" for row in rows)
