"""How does Inspect run a suite? As a task.

`inspect eval evals/plugs/inspect_task.py@handfast -T suite=safety --model mockllm/model`

The cases, and what is done with each, are the suite's; Inspect counts, keeps and shows them.
"""

from __future__ import annotations

import math

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Target, mean, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from evals.harness.running import Job, done_of, plan
from evals.harness.suite import Options
from evals.suites.registry import load_suite

__all__ = ["handfast", "suite_metrics", "suite_solver"]


@task
def handfast(suite: str = "safety", limit: int | None = None, **given: str) -> Task:
    """Return a suite as a task of Inspect."""
    found = load_suite(suite)
    wanted = plan(found, Options(given=given), limit=limit)
    samples = [Sample(id=case.id, input=case.id, metadata=dict(case.tags)) for case in wanted.cases]
    return Task(
        dataset=MemoryDataset(samples, name=suite),
        solver=suite_solver(suite, given),
        scorer=suite_metrics(suite),
        version=found.version,
    )


@solver
def suite_solver(suite: str, given: dict[str, str]) -> Solver:
    """Do a case as the suite does it."""
    found = load_suite(suite)
    options = Options(given=given)
    cases = {case.id: case for case in found.cases(options)}

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 - Inspect's signature
        done = done_of(found, options, Job(cases[str(state.sample_id)], state.epoch))
        if done.error:
            raise RuntimeError(done.error)
        state.metadata["scores"] = {score.metric: score.value for score in done.scores if score.value is not None}
        state.output.completion = str(done.outcome)
        return state

    return solve


@scorer(metrics={"*": [mean()]})
def suite_metrics(suite: str):  # noqa: ANN201 - Inspect's type is not public
    """Hand on the figures that the suite's scorers read off; one that a case says nothing about is not scored."""
    names = [metric.name for metric in load_suite(suite).metrics]

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect's signature
        values = state.metadata["scores"]
        return Score(value={name: values.get(name, math.nan) for name in names})

    return score
