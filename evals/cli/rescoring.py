"""What would a run say by the scorers of now? `eval rescore` writes it as a new log; nothing is run again."""

from __future__ import annotations

from pathlib import Path

import click

from evals.cli.tables import print_run
from evals.harness.log import Done, Tail, Writer, read_log
from evals.harness.running import scored
from evals.harness.suite import Suite
from evals.suites.registry import load_suite
from orchestrator.cli.exits import NO_AGREEMENT
from orchestrator.cli.printing import say

__all__ = ["rescoring"]


@click.command(name="rescore")
@click.argument("log", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--log", "into", type=click.Path(dir_okay=False, path_type=Path), metavar="LOG", help="Where to keep it.")
def rescoring(log: Path, *, into: Path | None) -> int:
    """Score the outcomes of LOG again, and keep the result beside it."""
    read = read_log(log)
    suite = load_suite(read.head.suite)
    path = into or log.with_name(f"{log.stem}-rescored{log.suffix}")
    with Writer.begin(path, read.head.model_copy(update={"version": suite.version})) as writer:
        for one in read.done:
            writer.write(_again(suite, one))
        if read.is_whole:
            writer.write(Tail(ended=read.head.began))
    again = read_log(path)
    print_run(suite, again, suite.groups[:1])
    say(f"log: {path}")
    return NO_AGREEMENT if not again.is_whole or any(one.is_errored for one in again.done) else 0


def _again(suite: Suite, done: Done) -> Done:
    if done.error or not isinstance(done.outcome, dict):
        return done
    return done.model_copy(update={"scores": scored(suite.metrics, done.outcome)})
