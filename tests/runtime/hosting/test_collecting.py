"""A process that drives many sessions looks for cycles seldom, and never through what was loaded at its start."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import gc
from orchestrator.runtime.hosting.collecting import collect_seldom
collect_seldom()
print(gc.isenabled(), gc.get_threshold()[0], gc.get_freeze_count() > 1000)
"""


def test_what_is_loaded_is_never_looked_through_again() -> None:
    """The collector stays on, waits for fifty thousand new containers, and leaves what was there alone."""
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout == "True 50000 True\n"
