"""How long before the first useful thing happens? Imports and help, in CPU time of fresh processes."""

from __future__ import annotations

import statistics
import subprocess
import sys

from evals.bench.figure import Figure

__all__ = ["start_figures"]

_IMPORT = "import time; began = time.process_time(); import orchestrator.assembly; print(time.process_time() - began)"
_HELP = (
    "import os, subprocess, sys; "
    "subprocess.run([sys.executable, '-m', 'orchestrator.cli', '--help'], check=True, stdout=subprocess.DEVNULL); "
    "used = os.times(); print(used.children_user + used.children_system)"
)


def start_figures() -> list[Figure]:
    """Return the CPU time of importing the assembly, and of a whole `handfast --help`."""
    return [
        Figure(name="import orchestrator.assembly", value=_millis(_IMPORT), unit="ms", goal=150),
        Figure(name="handfast --help, whole process", value=_millis(_HELP), unit="ms", goal=300),
    ]


def _millis(program: str) -> float:
    def once() -> float:
        done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
        return float(done.stdout) * 1000

    once()
    return statistics.median(once() for _ in range(7))
