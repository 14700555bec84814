"""How is a suite run from the command line? With progress, kept in a log, and with an exit code for gates."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from evals.cli.comparing import print_changes
from evals.cli.options import bars_of, by_option, given_option, options_of
from evals.cli.tables import print_run
from evals.harness.compare import compare
from evals.harness.junit import junit
from evals.harness.log import Done, Head, Log, Writer, read_log
from evals.harness.printed import figures_json, said, worth_of
from evals.harness.running import Plan, head_of, plan, run
from evals.harness.suite import Suite
from evals.suites.registry import load_suite
from orchestrator.cli.exits import AGREED, CHECK_FAILED, INTERRUPTED, NO_AGREEMENT
from orchestrator.cli.printing import as_json, complain, say
from orchestrator.errors import UsageError

__all__ = ["running"]

_INCOMPLETE = NO_AGREEMENT
"""Cases failed or are missing: the figures are no answer."""


@click.command(name="run")
@click.argument("suite")
@given_option
@click.option(
    "--epochs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="How often each case is done."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Do only the first N cases.")
@click.option("--case", "only", multiple=True, metavar="ID", help="Do only this case; may be given again.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the first epoch; each other takes the next.")
@click.option(
    "--max-parallel", type=click.IntRange(min=1), metavar="N", help="Processes; as many as there are cores by default."
)
@click.option("--model", metavar="MODEL", help="A real model for the seat that is tested, instead of the mock.")
@click.option("--fail-under", "bars", multiple=True, metavar="METRIC=VALUE", help="Exit with 1 where a metric is worse.")
@click.option(
    "--baseline", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="LOG", help="Compare with this run."
)
@click.option("--junit", "junit_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write JUnit XML.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write all figures.")
@click.option(
    "--log", "log_file", type=click.Path(dir_okay=False, path_type=Path), metavar="LOG", help="Where to keep the run."
)
@by_option
def running(
    suite: str,
    *,
    given: tuple[str, ...],
    epochs: int,
    limit: int | None,
    only: tuple[str, ...],
    seed: int,
    max_parallel: int | None,
    model: str | None,
    bars: tuple[str, ...],
    baseline: Path | None,
    junit_file: Path | None,
    json_file: Path | None,
    log_file: Path | None,
    by: tuple[str, ...],
) -> int:
    """Run SUITE: prove that it measures what it says, do its cases, and print its figures and goals.

    A run that was stopped goes on where it was with the same --log; what is finished is not done again.
    """
    found = load_suite(suite)
    wanted = plan(found, options_of(given, model=model, seed=seed), epochs=epochs, limit=limit, only=only)
    bounds = _checked(found, bars_of(bars))
    before = read_log(baseline) if baseline else None
    if before is not None and (before.head.suite, before.head.version) != (found.name, found.version):
        raise UsageError(f"{str(baseline)!r} is of {before.head.suite} {before.head.version}, not {found.name} {found.version}")
    if not _proven(wanted):
        return CHECK_FAILED
    path, parallel = log_file or _new_path(found), max_parallel or os.cpu_count() or 1
    if found.forecast is not None:
        for line in found.forecast(wanted.options, wanted.left(read_log(path).done if path.exists() else ()), parallel):
            complain(line)
    log = _done(wanted, path, parallel)
    reached = print_run(found, log, by or found.groups[:1])
    reached = _reaches(found, log, bounds) and reached
    if before is not None:
        print_changes(compare(found, before, log))
    if junit_file is not None:
        junit_file.write_text(junit(found, log), encoding="utf-8")
    if json_file is not None:
        json_file.write_text(as_json(figures_json(found, log)) + "\n", encoding="utf-8")
    say(f"log: {log.path}")
    if not log.is_whole or any(one.is_errored for one in log.done):
        return _INCOMPLETE
    return AGREED if reached else CHECK_FAILED


def _checked(suite: Suite, bars: Mapping[str, float]) -> Mapping[str, float]:
    for metric in bars:
        suite.metric(metric)
    return bars


def _proven(plan: Plan) -> bool:
    try:
        with _told(f"{plan.suite.name} proves that it measures what it says"):
            failed = [proof for proof in plan.suite.proofs(plan.options) if not proof.holds]
    except KeyboardInterrupt:
        complain("handfast: stopped while the suite proved itself; run it again")
        raise click.exceptions.Exit(INTERRUPTED) from None
    for proof in failed:
        complain(f"handfast: {plan.suite.name} measures nothing now: it needs that {proof.says}; {proof.seen}")
    return not failed


@contextmanager
def _told(words: str) -> Generator[None]:
    """Say on a terminal what takes so long, until it is done."""
    with _console().status(words) if sys.stderr.isatty() else nullcontext():
        yield


def _console() -> Console:
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def _new_path(suite: Suite) -> Path:
    return Path("handfast-evals") / f"{suite.name}-{datetime.now(UTC):%Y%m%d-%H%M%S}.jsonl"


def _done(plan: Plan, path: Path, parallel: int) -> Log:
    head = head_of(plan)
    earlier = read_log(path) if path.exists() else None
    if earlier is not None:
        _check_same(earlier, head)
        if earlier.is_whole:
            return earlier
    writer = Writer.go_on(earlier) if earlier else Writer.begin(path, head)
    finished = earlier.done if earlier else ()
    with writer, _progress(plan, len(finished)) as tell:
        try:
            run(plan, writer, done=finished, parallel=parallel, tell=tell)
        except KeyboardInterrupt:
            complain(f"handfast: stopped; go on with the same command and --log {path}")
            raise click.exceptions.Exit(INTERRUPTED) from None
    return read_log(path)


def _check_same(earlier: Log, head: Head) -> None:
    own = earlier.head.model_dump(exclude={"began", "python", "handfast"})
    for name, value in head.model_dump(exclude={"began", "python", "handfast"}).items():
        if own[name] != value:
            raise UsageError(
                f"log {str(earlier.path)!r} is of a run with other {name}", hint="give another --log, or run as it was begun"
            )


@contextmanager
def _progress(plan: Plan, finished: int) -> Generator[Callable[[Done], None]]:
    total = len(plan.cases) * plan.epochs
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_console(), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(plan.suite.name, total=total, completed=finished)

        def tell(_: Done) -> None:
            progress.advance(task)

        yield tell


def _reaches(suite: Suite, log: Log, bars: Mapping[str, float]) -> bool:
    missed = False
    for name, bar in bars.items():
        metric, figure = worth_of(suite, name, log.done)
        if figure.value is None or not metric.reaches(figure.value, bar):
            missed = True
            complain(f"handfast: {name} is {said(metric, figure)}, worse than {bar:g}")
    return not missed
