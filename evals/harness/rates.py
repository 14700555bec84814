"""What do the cases say together? For each metric a rate with its Wilson interval, or a mean with a bootstrap one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from evals.harness.log import Done
from evals.harness.suite import Metric, Tags
from orchestrator.report.scores import Interval, wilson

__all__ = ["Figure", "bootstrap", "figure_of", "figures_of", "with_tags"]

_DRAWS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A metric over so many cases that say something about it; None and all that is possible where none does."""

    metric: str
    value: float | None
    cases: int
    interval: Interval


def with_tags(done: Iterable[Done], tags: Tags) -> tuple[Done, ...]:
    """Return those that carry all the tags."""
    return tuple(one for one in done if set(tags) <= set(one.tags))


def figures_of(metrics: Sequence[Metric], done: Sequence[Done]) -> tuple[Figure, ...]:
    """Return all figures."""
    return tuple(figure_of(metric, done) for metric in metrics)


def figure_of(metric: Metric, done: Iterable[Done]) -> Figure:
    """Return one figure; cases that failed count as the worst of a rate, and are left out of a mean."""
    values = [value for one in done if (value := _value(metric, one)) is not None]
    if not values:
        return Figure(metric=metric.name, value=None, cases=0, interval=Interval(0.0, 1.0 if metric.is_rate else float("inf")))
    mean = sum(values) / len(values)
    interval = wilson(round(sum(values)), len(values)) if metric.is_rate else bootstrap(values)
    return Figure(metric=metric.name, value=mean, cases=len(values), interval=interval)


def _value(metric: Metric, done: Done) -> float | None:
    if done.is_errored:
        return (0.0 if metric.better == "higher" else 1.0) if metric.is_rate else None
    return done.value(metric.name)


def bootstrap(values: Sequence[float], *, seed: int = 0) -> Interval:
    """Return the 95 percent interval of a mean, by the percentiles of means of draws with replacement."""
    random = Random(seed)  # noqa: S311 - a seed, not a secret
    size = len(values)
    means = sorted(sum(random.choices(values, k=size)) / size for _ in range(_DRAWS))
    return Interval(means[int(0.025 * _DRAWS)], means[int(0.975 * _DRAWS) - 1])
