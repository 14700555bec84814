"""Measure, print each figure with its goal, and write them as JSON: `python -m evals.bench --json FILE`."""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import pstats
from collections.abc import Callable
from pathlib import Path

from evals.bench.adapters import adapter_figures
from evals.bench.figure import Figure, as_line
from evals.bench.fronts import front_figures
from evals.bench.markets import market_figures
from evals.bench.message import assembly_figures, guard_figures, message_figures, store_figure
from evals.bench.sessions import session_figures
from evals.bench.start import start_figures
from evals.bench.watch import watch_figures

__all__ = ["main"]

_PARTS: tuple[Callable[[], list[Figure]], ...] = (
    message_figures,
    guard_figures,
    watch_figures,
    assembly_figures,
    session_figures,
    lambda: [store_figure()],
    start_figures,
    front_figures,
    adapter_figures,
    market_figures,
)


def main() -> None:
    """Measure all parts; a missed goal is printed as missed, with the profile that explains it."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="Measure handfast on this machine.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    arguments = parser.parse_args()
    figures: list[Figure] = []
    for part in _PARTS:
        measured = part()
        for figure in measured:
            print(as_line(figure), flush=True)
        if not all(figure.met for figure in measured):
            print(_profile(part), flush=True)
        figures += measured
    missed = sum(not figure.met for figure in figures)
    print(f"{len(figures) - missed} of {len(figures)} goals met")
    if arguments.json:
        arguments.json.write_text(json.dumps([_record(figure) for figure in figures], indent=1) + "\n")


def _record(figure: Figure) -> dict[str, object]:
    return {
        "name": figure.name,
        "value": round(figure.value, 4),
        "unit": figure.unit,
        "goal": figure.goal,
        "met": figure.met,
    }


def _profile(part: Callable[[], list[Figure]]) -> str:
    profile = cProfile.Profile()
    profile.runcall(part)
    text = io.StringIO()
    pstats.Stats(profile, stream=text).strip_dirs().sort_stats("tottime").print_stats(25)
    return text.getvalue()


if __name__ == "__main__":
    main()
