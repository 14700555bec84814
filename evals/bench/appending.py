"""How many durable entries a second, and at what CPU each? `python -m evals.bench.appending [--postgres ADDRESS]` prints it.

Sessions append entries of about 2 KB, one after the other each, many at once, in one process and in two. The CPU is that of
the processes that append: what a server of Postgres uses itself is not in it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from orchestrator.assembly import Place, open_journal, place_from
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.testing.samples import sample_entries

__all__ = ["main"]

_AT_ONCE = (1, 50, 500)
_ENTRIES = {1: 1_000, 50: 10_000, 500: 20_000}
"""Of a process, by sessions at once: enough for some seconds."""
_TEXT = "We have looked at the figures again, and can come closer to what was asked for. " * 7


@dataclass(frozen=True, slots=True)
class _Measured:
    """What one process took."""

    entries: int
    seconds: float
    cpu: float


def main() -> None:
    """Measure all cases and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.appending", description=__doc__)
    parser.add_argument("--postgres", metavar="ADDRESS", default=os.environ.get("HANDFAST_TEST_POSTGRES"))
    parser.add_argument("--one", nargs=3, metavar=("PLACE", "SESSIONS", "NAME"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        place, sessions, name = arguments.one
        asyncio.run(_one(place_from(place), int(sessions), name))
        return
    print(f"{'journal':<10}{'processes':>10}{'sessions each':>15}{'entries a second':>18}{'CPU us each':>13}")
    for sessions in _AT_ONCE:
        with tempfile.TemporaryDirectory() as folder:
            _print("sqlite", 1, sessions, f"{folder}/handfast.db")
    for processes in (1, 2) if arguments.postgres else ():
        for sessions in _AT_ONCE:
            mark = "&" if "?" in arguments.postgres else "?"
            _print("postgres", processes, sessions, f"{arguments.postgres}{mark}schema=bench_{secrets.token_hex(4)}")


def _print(kind: str, processes: int, sessions: int, place: str) -> None:
    command = [sys.executable, "-m", "evals.bench.appending", "--one", place, str(sessions)]
    running = [
        subprocess.Popen([*command, f"p{number}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for number in range(processes)
    ]
    for each in running:
        # Each says when it is ready, so that all begin at once.
        assert each.stdout is not None
        each.stdout.readline()
    done = [_measured(each) for each in [_go(each) for each in running]]
    entries = sum(each.entries for each in done)
    rate = entries / max(each.seconds for each in done)
    cpu = sum(each.cpu for each in done) / entries * 1e6
    print(f"{kind:<10}{processes:>10}{sessions:>15}{rate:>18,.0f}{cpu:>13.0f}", flush=True)


def _go(running: subprocess.Popen[str]) -> subprocess.Popen[str]:
    assert running.stdin is not None
    running.stdin.write("go\n")
    running.stdin.flush()
    return running


def _measured(running: subprocess.Popen[str]) -> _Measured:
    out, _ = running.communicate()
    entries, seconds, cpu = out.split()
    return _Measured(int(entries), float(seconds), float(cpu))


async def _one(place: Place, sessions: int, name: str) -> None:
    each = _ENTRIES[sessions] // sessions
    chains = [sample_entries(each, f"{name}-{number:04}", text=_TEXT) for number in range(sessions)]
    async with open_journal(place) as held:
        await held.journal.append(sample_entries(1, f"{name}-warm")[0])
        print("ready", flush=True)
        sys.stdin.readline()
        began, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(_append(held.journal, chain) for chain in chains))
        print(each * sessions, time.perf_counter() - began, time.process_time() - cpu, flush=True)


async def _append(journal: Journal, entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        await journal.append(entry)


if __name__ == "__main__":
    main()
