"""How many sessions a second, on a file and on Postgres, one process and two? `python -m evals.bench.durable`.

Each session has three roles and twelve messages whose models take 5 ms, all guards on. On a file each process has a server and
a journal of its own, for one process holds a file; on Postgres the processes are workers of one queue. Counted is the time from
the first session that is submitted, or queued, to the last that is over. A miss is printed with its profile.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import io
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from evals.bench.bursts import burst_rate, server, slow_performer, twelve_messages
from evals.bench.figure import Figure, as_line
from orchestrator.assembly import desk_on, means_for, open_journal
from orchestrator.roles.tokens import count
from orchestrator.runtime.hosting.collecting import collect_seldom
from orchestrator.runtime.hosting.host import Host

__all__ = ["durable_figures", "main"]

_LEVELS = (1, 50, 500, 2_000)
_LEAST = 40
"""Sessions that are run where fewer are at once."""
_GOAL_ON_FILE = 250.0
_GOAL_OF_BURSTS = 70.0


def durable_figures(levels: Iterable[int], address: str) -> Iterable[Figure]:
    """Yield sessions a second at each level of concurrency; an empty address leaves Postgres out."""
    for level in levels:
        for processes in (1, 2):
            yield _figure("file", level, processes, _on_files(level, processes), _GOAL_ON_FILE * processes)
            if address:
                rate = burst_rate(address, max(level, _LEAST), processes, -(-level // processes))
                yield _figure("Postgres", level, processes, rate, _GOAL_OF_BURSTS * processes)


def main() -> None:
    """Measure, print each figure with its goal, and the profile of a server where a goal on a file was missed."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.durable", description="Measure many sessions at once.")
    parser.add_argument("--levels", default=",".join(map(str, _LEVELS)), metavar="N,N", help="sessions at once (1,50,500,2000)")
    parser.add_argument("--postgres", metavar="ADDRESS", help="an existing server; without it, one is started")
    parser.add_argument("--files-only", action="store_true", help="leave Postgres out")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        collect_seldom()
        print(f"{_timed(given.child):.4f}", flush=True)
        return
    levels = [int(level) for level in given.levels.split(",")]
    missed = False
    if given.files_only:
        missed = _told(durable_figures(levels, ""))
    else:
        with server(given.postgres) as address:
            missed = _told(durable_figures(levels, address))
    if missed:
        print(_profile())


def _told(figures: Iterable[Figure]) -> bool:
    missed = False
    for figure in figures:
        print(as_line(figure), flush=True)
        missed = missed or not figure.met
    return missed


def _figure(store: str, level: int, processes: int, rate: float, goal: float) -> Figure:
    name = f"{store}, {level:,} at once, {processes} process{'es' if processes > 1 else ''}"
    return Figure(name=name, value=rate, unit="sessions/s", goal=goal, better="higher")


def _on_files(level: int, processes: int) -> float:
    each = max(1, level // processes)
    command = [sys.executable, "-m", "evals.bench.durable", "--child", str(each)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    seconds = [float(process.communicate()[0]) for process in running]
    return sum(max(each, _LEAST) / spent for spent in seconds)


def _timed(at_once: int) -> float:
    """Return the seconds that a server takes for the sessions of a file, so many at once."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_hosted(Path(folder) / "bench.db", max(at_once, _LEAST), at_once))


async def _hosted(path: Path, sessions: int, at_once: int) -> float:
    count("The tokenizer is loaded before anything is measured.")
    async with open_journal(path) as held:
        means = replace(means_for(held), performer_for=slow_performer)
        host = Host(replace(desk_on(held), rules_for=means.rules_for), means, at_once=at_once)
        ready = [settings.model_copy(update={"key": held.key}) for settings in twelve_messages(sessions)]
        await host.start()
        began = time.perf_counter()
        for settings in ready:
            await host.submit(settings)
        await host.join()
        spent = time.perf_counter() - began
        await host.stop(5.0)
    return spent


def _profile() -> str:
    profiler = cProfile.Profile()
    with tempfile.TemporaryDirectory() as folder:
        profiler.runcall(asyncio.run, _hosted(Path(folder) / "bench.db", 100, 50))
    text = io.StringIO()
    pstats.Stats(profiler, stream=text).strip_dirs().sort_stats("tottime").print_stats(30)
    return text.getvalue()


if __name__ == "__main__":
    main()
