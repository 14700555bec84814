"""What does a run say? Its tables again, or one case with all that is kept of it."""

from __future__ import annotations

from pathlib import Path

import click

from evals.cli.options import by_option
from evals.cli.tables import print_run
from evals.harness.log import read_log
from evals.harness.printed import figures_json, story
from evals.suites.registry import load_suite
from orchestrator.cli.options import json_option
from orchestrator.cli.printing import as_json, say
from orchestrator.errors import UsageError

__all__ = ["showing"]


@click.command(name="show")
@click.argument("log", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--case", metavar="ID", help="Print all that is kept of one case.")
@click.option("--markdown", is_flag=True, help="Print the suite's own tables, as markdown.")
@by_option
@json_option
def showing(log: Path, *, case: str | None, markdown: bool, by: tuple[str, ...], as_object: bool) -> int:
    """Print the figures of LOG, or all that it holds of one case."""
    read = read_log(log)
    if case is not None:
        found = [one for one in read.done if one.case == case]
        if not found:
            raise UsageError(f"log {str(log)!r} has no case {case!r}")
        for one in found:
            say(as_json(one.model_dump(mode="json")))
        return 0
    suite = load_suite(read.head.suite)
    if markdown:
        for line in story(suite, read):
            say(line)
    elif as_object:
        say(as_json(figures_json(suite, read)))
    else:
        print_run(suite, read, by or suite.groups[:1])
    return 0
