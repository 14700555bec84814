"""How does a run become a log of Inspect? Each epoch of a case a sample, each metric a scorer, each turn a message."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from pydantic import BaseModel, JsonValue

from evals.harness.log import Done, Log
from evals.harness.rates import figure_of
from evals.harness.suite import Metric, Suite
from orchestrator.cli.printing import as_json
from orchestrator.errors import UsageError

__all__ = ["inspect_json", "write_inspect"]


class _InspectLog(Protocol):
    """What is used of the module `inspect_ai.log`."""

    EvalLog: type[BaseModel]
    write_eval_log: Callable[[BaseModel, str], object]


def write_inspect(suite: Suite, log: Log, path: Path) -> None:
    """Write a run for `inspect view`. Raises UsageError where Inspect is not installed."""
    try:
        module = cast("_InspectLog", import_module("inspect_ai.log"))
    except ImportError as missing:
        raise UsageError("--to inspect needs Inspect: pip install inspect-ai") from missing
    module.write_eval_log(module.EvalLog.model_validate(inspect_json(suite, log)), str(path))


def inspect_json(suite: Suite, log: Log) -> dict[str, JsonValue]:
    """Return the run in the form of Inspect's EvalLog, version 2."""
    head = log.head
    ids: list[JsonValue] = list(dict.fromkeys(one.case for one in log.done))
    return {
        "version": 2,
        "status": "success" if log.is_whole else "cancelled",
        "eval": {
            "created": head.began.isoformat(timespec="seconds"),
            "task": f"handfast/{suite.name}",
            "task_version": head.version,
            "task_args": dict(head.given),
            "dataset": {"name": suite.name, "samples": len(ids), "sample_ids": ids, "shuffled": False},
            "model": head.model or "handfast/mock",
            "config": {"epochs": head.epochs},
            "packages": {"handfast": head.handfast},
            "metadata": {"digests": dict(head.digests), "seed": head.seed},
        },
        "results": {
            "total_samples": log.size,
            "completed_samples": sum(not one.is_errored for one in log.done),
            "scores": [_score(metric, log) for metric in suite.metrics if figure_of(metric, log.done).value is not None],
        },
        "samples": [_sample(suite, one) for one in log.done],
    }


def _score(metric: Metric, log: Log) -> JsonValue:
    figure = figure_of(metric, log.done)
    values = {"mean": figure.value, "low": figure.interval.low, "high": figure.interval.high}
    return {
        "name": metric.name,
        "scorer": metric.name,
        "scored_samples": figure.cases,
        "metrics": {name: {"name": name, "value": value} for name, value in values.items()},
        "metadata": {"says": metric.says, "better": metric.better},
    }


def _sample(suite: Suite, done: Done) -> JsonValue:
    outcome = done.outcome if isinstance(done.outcome, dict) else {}
    turns = outcome.get("transcript")
    rest = {name: value for name, value in outcome.items() if name != "transcript"}
    scores = {metric.name: value for metric in suite.metrics if (value := done.value(metric.name)) is not None}
    sample: dict[str, JsonValue] = {
        "id": done.case,
        "epoch": done.epoch,
        "input": ", ".join(f"{name} {value}" for name, value in done.tags) or done.case,
        "target": "",
        "messages": [_message(turn) for turn in turns] if isinstance(turns, list) else [],
        "output": {"model": "handfast", "choices": [_choice(as_json(rest))]},
        "scores": {name: {"value": value} for name, value in scores.items()},
        "metadata": {**dict(done.tags), "outcome": rest},
        "total_time": done.millis / 1000,
    }
    if done.is_errored:
        why = done.error or "; ".join(f"{score.metric}: {score.error}" for score in done.scores if score.error)
        sample["error"] = {"message": why, "traceback": "", "traceback_ansi": ""}
    return sample


def _choice(text: str) -> JsonValue:
    return {"message": {"role": "assistant", "content": text, "source": "generate"}, "stop_reason": "stop"}


def _message(turn: JsonValue) -> JsonValue:
    if not isinstance(turn, dict):
        return {"role": "user", "content": as_json(turn)}
    said = f"{turn.get('role')}: {turn.get('became')}\n{turn.get('wrote')}"
    return {"role": "assistant" if turn.get("by") == "hostile" else "user", "content": said, "metadata": turn}
