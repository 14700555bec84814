"""How long does it take to compare the designs of a market? CPU time of all figures for uniform values, 50 a side."""

from __future__ import annotations

import time

from evals.bench.figure import Figure
from orchestrator.analysis.mechanisms import compare, sizes_up_to, uniform_market

__all__ = ["market_figures"]


def market_figures() -> list[Figure]:
    """Return the CPU seconds of `handfast mechanisms` as it runs by default, without its start."""
    began = time.process_time()
    compared = len(tuple(compare(uniform_market(), sizes_up_to(50), 0)))
    used = time.process_time() - began
    return [Figure(name="mechanisms, uniform values, 50 a side", value=used, unit="s", goal=5, note=f"{compared} lines")]
