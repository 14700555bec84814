"""How is a suite run? Case by case, in as many processes as are wanted, each result on disk before the next counts."""

from __future__ import annotations

import multiprocessing
import platform
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import islice

from evals.harness.log import Done, Head, Score, Tail, Writer
from evals.harness.suite import Case, Metric, Options, Outcome, Suite
from evals.suites.registry import load_suite
from orchestrator import __version__
from orchestrator.errors import UsageError

__all__ = ["Job", "Plan", "done_of", "head_of", "plan", "run", "scored"]

_QUEUED = 4
"""Jobs that wait for each process, so that none is idle."""


@dataclass(frozen=True, slots=True)
class Job:
    """One epoch of one case."""

    case: Case
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is to do."""

    suite: Suite
    options: Options
    cases: tuple[Case, ...]
    chosen: tuple[str, ...] = ()
    """The ids of the cases, where they are not all of the suite's."""
    epochs: int = 1

    def jobs(self) -> Iterator[Job]:
        """Yield every epoch of every case, epoch after epoch."""
        return (Job(case, epoch) for epoch in range(1, self.epochs + 1) for case in self.cases)

    def left(self, done: Iterable[Done]) -> tuple[Case, ...]:
        """Return the case of every epoch that is still to be done."""
        finished = {(one.case, one.epoch) for one in done}
        return tuple(job.case for job in self.jobs() if (job.case.id, job.epoch) not in finished)


def plan(suite: Suite, options: Options, *, epochs: int = 1, limit: int | None = None, only: tuple[str, ...] = ()) -> Plan:
    """Return what to do. Raises UsageError for unknown settings and cases, ids that stand twice, and where nothing is left."""
    unknown = sorted(set(options.given) - set(suite.settings))
    if unknown:
        known = ", ".join(suite.settings) or "none"
        raise UsageError(f"suite {suite.name!r} has no setting {unknown[0]!r}", hint=f"its settings: {known}")
    cases = suite.cases(options)
    names = [case.id for case in cases]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        raise UsageError(f"suite {suite.name!r} has two cases of the id {twice[0]!r}")
    missing = [name for name in only if name not in set(names)]
    if missing:
        raise UsageError(
            f"suite {suite.name!r} has no case {missing[0]!r} with these settings", hint="handfast eval list SUITE"
        )
    kept = tuple(case for case in cases if not only or case.id in only)[:limit]
    if not kept:
        raise UsageError(f"no case of suite {suite.name!r} is left with these settings")
    chosen = tuple(case.id for case in kept) if len(kept) < len(cases) else ()
    return Plan(suite=suite, options=options, cases=kept, chosen=chosen, epochs=epochs)


def head_of(plan: Plan) -> Head:
    """Return the head of a plan's log."""
    return Head(
        suite=plan.suite.name,
        version=plan.suite.version,
        given=tuple(sorted(plan.options.given.items())),
        model=plan.options.model,
        seed=plan.options.seed,
        epochs=plan.epochs,
        cases=len(plan.cases),
        chosen=plan.chosen,
        digests=tuple(sorted(plan.suite.digests(plan.options).items())),
        handfast=__version__,
        python=platform.python_version(),
        began=datetime.now(UTC),
    )


def run(plan: Plan, writer: Writer, *, done: Iterable[Done] = (), parallel: int = 1, tell: Callable[[Done], None]) -> None:
    """Do what is left to do, and write it. What is interrupted keeps all that was finished."""
    finished = {(one.case, one.epoch) for one in done}
    jobs = (job for job in plan.jobs() if (job.case.id, job.epoch) not in finished)
    results = _here(plan, jobs) if parallel == 1 else _elsewhere(plan, jobs, parallel)
    for result in results:
        writer.write(result)
        tell(result)
    writer.write(Tail(ended=datetime.now(UTC)))


def scored(metrics: Iterable[Metric], outcome: Outcome) -> tuple[Score, ...]:
    """Return the figure of each metric; what a scorer raises is its error."""
    return tuple(_score(metric, outcome) for metric in metrics)


def _score(metric: Metric, outcome: Outcome) -> Score:
    try:
        value = metric.scorer(outcome)
    except Exception as error:  # noqa: BLE001 - whatever a scorer raises, the case is errored and says so
        return Score(metric=metric.name, error=f"{type(error).__name__}: {error}")
    return Score(metric=metric.name, value=None if value is None else float(value))


def _here(plan: Plan, jobs: Iterator[Job]) -> Iterator[Done]:
    return (done_of(plan.suite, plan.options, job) for job in jobs)


def _elsewhere(plan: Plan, jobs: Iterator[Job], parallel: int) -> Iterator[Done]:
    context = multiprocessing.get_context("spawn")
    given = (plan.suite.name, dict(plan.options.given), plan.options.model, plan.options.seed)
    with ProcessPoolExecutor(max_workers=parallel, mp_context=context) as pool:
        waiting: set[Future[Done]] = {pool.submit(_work, *given, job) for job in islice(jobs, parallel * _QUEUED)}
        try:
            while waiting:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in ready:
                    yield future.result()
                waiting |= {pool.submit(_work, *given, job) for job in islice(jobs, len(ready))}
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _work(name: str, given: dict[str, str], model: str | None, seed: int, job: Job) -> Done:
    return done_of(_suite(name), Options(given=given, model=model, seed=seed), job)


@cache
def _suite(name: str) -> Suite:
    return load_suite(name)


def done_of(suite: Suite, options: Options, job: Job) -> Done:
    """Do one epoch of a case, and score it; whatever it raises is its error."""
    began = time.monotonic()
    try:
        outcome = dict(suite.solve(job.case, job.epoch, options))
        scores = scored(suite.metrics, outcome)
        error = ""
    except Exception as failed:  # noqa: BLE001 - whatever a case raises, it is errored and says so
        outcome, scores, error = None, (), f"{type(failed).__name__}: {failed}"
    millis = round((time.monotonic() - began) * 1000)
    return Done(
        case=job.case.id, tags=job.case.tags, epoch=job.epoch, outcome=outcome, scores=scores, error=error, millis=millis
    )
