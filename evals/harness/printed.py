"""How are figures printed? As tables with intervals, one row for each value of a tag, and a line for each goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import JsonValue

from evals.harness.log import Done, Log
from evals.harness.rates import Figure, figure_of, figures_of, with_tags
from evals.harness.suite import Case, Metric, Suite

__all__ = ["figures_json", "goal_lines", "markdown", "said", "story", "table", "worth_of"]


def said(metric: Metric, figure: Figure) -> str:
    """Return a figure with its interval: `97.2% (93 to 99)`, or `13.2 (12.1 to 14.4)`."""
    if figure.value is None:
        return "-"
    low, high = figure.interval.low, figure.interval.high
    if metric.is_rate:
        return f"{figure.value:.1%} ({low:.0%} to {high:.0%})".replace("% to", " to").replace("%)", ")")
    return f"{figure.value:,.4g} ({low:,.4g} to {high:,.4g})"


def table(suite: Suite, done: Sequence[Done], tag: str | None) -> Iterator[tuple[str, ...]]:
    """Yield a head and rows: all cases, or those of each value of a tag; metrics that say nothing are left out."""
    told = [metric for metric in suite.metrics if figure_of(metric, done).value is not None]
    yield (tag or "", "cases", *(metric.name for metric in told))
    for value, some in _grouped(done, tag).items():
        yield (value, str(len(some)), *(said(metric, figure_of(metric, some)) for metric in told))


def goal_lines(suite: Suite, done: Sequence[Done]) -> Iterator[tuple[bool, str]]:
    """Yield for each goal whether it is reached, and a line that says so."""
    for metric in suite.metrics:
        if metric.goal is None:
            continue
        figure = figure_of(metric, with_tags(done, metric.goal.tags))
        if figure.value is None:
            continue
        reached = metric.reaches(figure.value, metric.goal.value)
        bar = f"{metric.goal.value:.1%}" if metric.is_rate else f"{metric.goal.value:g}"
        where = ", ".join(f"{name} {value}" for name, value in metric.goal.tags)
        sign = "at least" if metric.better == "higher" else "at most"
        verdict = "met" if reached else "MISSED"
        line = f"{verdict:<7} {metric.name}{f' ({where})' if where else ''}: {said(metric, figure)}, goal {sign} {bar}"
        yield reached, line


def worth_of(suite: Suite, name: str, done: Sequence[Done]) -> tuple[Metric, Figure]:
    """Return a metric by name, and its figure over the cases of its goal, or over all. Raises UsageError for an unknown one."""
    metric = suite.metric(name)
    return metric, figure_of(metric, with_tags(done, metric.goal.tags if metric.goal else ()))


def figures_json(suite: Suite, log: Log) -> dict[str, JsonValue]:
    """Return all figures of a run as JSON: over all cases, and by each value of each tag of the suite."""
    groups: dict[str, JsonValue] = {
        tag: {value: _figures(suite, some) for value, some in _grouped(log.done, tag).items()} for tag in suite.groups
    }
    return {
        **log.head.model_dump(mode="json"),
        "log": str(log.path),
        "done": len(log.done),
        "errored": sum(one.is_errored for one in log.done),
        "all": _figures(suite, log.done),
        "by": groups,
    }


def story(suite: Suite, log: Log) -> Iterator[str]:
    """Yield the tables of a run as lines of markdown: the suite's own, or where it has none those by its tags."""
    if suite.story is None:
        for tag in suite.groups or (None,):
            yield from (*markdown(list(table(suite, log.done, tag))), "")
        return
    yield from suite.story(
        [(Case(id=one.case, tags=one.tags), one.outcome) for one in log.done if isinstance(one.outcome, dict)]
    )


def markdown(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table in markdown: its head, then its rows."""
    head, *others = rows
    yield f"| {' | '.join(head)} |"
    yield "| --- |" + " ---: |" * (len(head) - 1)
    yield from (f"| {' | '.join(row)} |" for row in others)


def _figures(suite: Suite, done: Sequence[Done]) -> dict[str, JsonValue]:
    return {
        figure.metric: {
            "value": figure.value,
            "cases": figure.cases,
            "low": figure.interval.low if figure.value is not None else None,
            "high": figure.interval.high if figure.value is not None else None,
        }
        for figure in figures_of(suite.metrics, done)
    }


def _grouped(done: Sequence[Done], tag: str | None) -> Mapping[str, tuple[Done, ...]]:
    if tag is None:
        return {"all": tuple(done)}
    values = dict.fromkeys(value for one in done for name, value in one.tags if name == tag)
    return {value: with_tags(done, ((tag, value),)) for value in values}
