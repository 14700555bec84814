"""What changed between two runs? Each metric paired by case and epoch, with an interval and the cases that changed."""

from __future__ import annotations

from dataclasses import dataclass

from evals.harness.log import Done, Log
from evals.harness.rates import bootstrap
from evals.harness.suite import Suite
from orchestrator.errors import UsageError
from orchestrator.report.scores import Interval

__all__ = ["Change", "compare", "pairs_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How much a metric's mean moved, from the first run to the second, over the pairs in which both say something."""

    metric: str
    pairs: int
    before: float
    after: float
    interval: Interval
    """Of the difference."""
    changed: tuple[str, ...]
    """Cases in which it differs."""

    @property
    def difference(self) -> float:
        """Return how much it moved."""
        return self.after - self.before

    @property
    def is_clear(self) -> bool:
        """Return whether the interval leaves out no change at all."""
        return not self.interval.low <= 0.0 <= self.interval.high


def pairs_of(first: Log, second: Log) -> tuple[tuple[Done, Done], ...]:
    """Return the cases of both logs, by case and epoch. Raises UsageError where the logs are not of one suite version."""
    if (first.head.suite, first.head.version) != (second.head.suite, second.head.version):
        names = [f"{log.head.suite} {log.head.version}" for log in (first, second)]
        raise UsageError(f"{names[0]} cannot be compared with {names[1]}: figures of different suites mean different things")
    others = {(one.case, one.epoch): one for one in second.done}
    return tuple((one, others[one.case, one.epoch]) for one in first.done if (one.case, one.epoch) in others)


def compare(suite: Suite, first: Log, second: Log) -> tuple[Change, ...]:
    """Return what changed in each metric that both say something about."""
    pairs = pairs_of(first, second)
    changes: list[Change] = []
    for metric in suite.metrics:
        values = [
            (one.case, before, after)
            for one, other in pairs
            if (before := one.value(metric.name)) is not None and (after := other.value(metric.name)) is not None
        ]
        if values:
            changes.append(_change(metric.name, values))
    return tuple(changes)


def _change(metric: str, values: list[tuple[str, float, float]]) -> Change:
    size = len(values)
    return Change(
        metric=metric,
        pairs=size,
        before=sum(before for _, before, _ in values) / size,
        after=sum(after for _, _, after in values) / size,
        interval=bootstrap([after - before for _, before, after in values]),
        changed=tuple(case for case, before, after in values if before != after),
    )
