"""With what is an agreement's successor opened? The rules of its files, this version, and the guards that are installed."""

from __future__ import annotations

from orchestrator import __version__
from orchestrator.assembly.folders import rules_for
from orchestrator.roles.added import added_names
from orchestrator.runtime.perform import Clock, utc_now
from orchestrator.runtime.reopening import Handover, Renewal

__all__ = ["renewal"]

_ALONE = Handover()


def renewal(key: str, handover: Handover = _ALONE, clock: Clock = utc_now) -> Renewal:
    """Return what opening a successor needs beside the record of the agreement."""
    return Renewal(rules=rules_for, version=__version__, guards=added_names(), key=key, handover=handover, clock=clock)
