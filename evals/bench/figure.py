"""What is a figure? A name, a value with its unit, the goal it is held to, and whether it was met."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Figure", "as_line", "cpu_micros"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure and its goal."""

    name: str
    value: float
    unit: str
    goal: float
    better: Literal["lower", "higher"] = "lower"
    note: str = ""

    @property
    def met(self) -> bool:
        """Return whether the goal was reached."""
        return self.value <= self.goal if self.better == "lower" else self.value >= self.goal


def as_line(figure: Figure) -> str:
    """Return the line that tells a figure, with its goal and whether it was met."""
    sign = "<=" if figure.better == "lower" else ">="
    note = f"  ({figure.note})" if figure.note else ""
    return (
        f"{'met   ' if figure.met else 'MISSED'}  {figure.name:<52} {figure.value:>9.2f} {figure.unit:<15}"
        f" goal {sign} {figure.goal:g}{note}"
    )


def cpu_micros(work: Callable[[], object], *, times: int, runs: int = 7) -> float:
    """Return the CPU microseconds of one call: the median of runs of `times` calls, the first not counted."""
    samples: list[float] = []
    for run in range(runs + 1):
        gc.collect()
        began = time.process_time()
        for _ in range(times):
            work()
        if run:
            samples.append((time.process_time() - began) / times * 1e6)
    return statistics.median(samples)
