"""How often does a process that drives many sessions look for cycles among its objects? Seldom."""

from __future__ import annotations

import gc

__all__ = ["collect_seldom"]

_NEW = 50_000
"""Containers made and not yet freed before the youngest are looked through; Python's own is 700 to 2,000."""
_YOUNG = 20
_OLD = 50


def collect_seldom() -> None:
    """Set the collector of this process for many long-lived values: what is loaded by now is never looked through again.

    Frozen values refer to older ones only and are freed without it; looking through all of them again and again took a quarter
    of the time of a server with 500 sessions under way.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW, _YOUNG, _OLD)
