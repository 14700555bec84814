"""Is a role spending another's context on nothing? The suspicion monitor: pure, linear, with named reasons and exact quotes."""

from __future__ import annotations

from guards.monitor.learned import THRESHOLD
from guards.monitor.monitor import SuspicionMonitor, monitor_of

__all__ = ["THRESHOLD", "SuspicionMonitor", "monitor_of"]
