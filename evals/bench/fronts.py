"""How fast is a Pareto front found? A million outcomes with two utilities, a tenth of that with three, and an analysis."""

from __future__ import annotations

import statistics
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from evals.bench.figure import Figure
from orchestrator.analysis.arrays import Floats
from orchestrator.analysis.pareto import front
from orchestrator.analysis.prospect import prospect
from orchestrator.assembly import load_folder, survey_of

__all__ = ["front_figures"]

_MILLION = 1_000_000
_HARD = "the slower of draws from a square and all on one line"


def front_figures() -> list[Figure]:
    """Return seconds and memory of fronts, each for the hardest of several kinds of points, and seconds of a whole analysis."""
    draws = np.random.default_rng(11)
    along = draws.random(_MILLION)
    two = [draws.random((_MILLION, 2)), np.stack((along, 1.0 - along), axis=1)]
    three = [draws.random((_MILLION // 10, 3)), draws.dirichlet(np.ones(3), _MILLION // 10)]
    negotiation = load_folder("campaign").negotiation
    return [
        Figure(name="front of 1,000,000 outcomes, 2 utilities", value=_slowest(two), unit="CPU s", goal=0.3, note=_HARD),
        Figure(name="memory for it, the utilities included", value=max(map(_megabytes, two)), unit="MB", goal=150, note=_HARD),
        Figure(name="front of 100,000 outcomes, 3 utilities", value=_slowest(three), unit="CPU s", goal=1, note=_HARD),
        Figure(
            name="campaign: 4.5e10 outcomes, all four points, exact",
            value=_seconds(lambda: prospect(survey_of(negotiation)), times=1),
            unit="CPU s",
            goal=15,
        ),
    ]


def _slowest(kinds: list[Floats]) -> float:
    return max(_seconds(lambda points=points: front(points), times=3) for points in kinds)


def _seconds(work: Callable[[], object], *, times: int) -> float:
    samples: list[float] = []
    for _ in range(times):
        began = time.process_time()
        work()
        samples.append(time.process_time() - began)
    return statistics.median(samples)


def _megabytes(points: Floats) -> float:
    tracemalloc.start()
    front(points)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (peak + points.nbytes) / 1e6
