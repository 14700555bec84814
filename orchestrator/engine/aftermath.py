"""What became of an agreement after it was made? When that was, and which talks were to reopen it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from orchestrator.messages.pot import PotFigures
from orchestrator.messages.reopening import Reopened

__all__ = ["NO_AFTERMATH", "Aftermath"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What the record of a session holds beyond its end."""

    ended: datetime | None = None
    """When its end went on record, where it has triggers."""
    pots: tuple[PotFigures, ...] = ()
    """The pots on which it has triggers, as it last took note of them; none before the first look."""
    reopened: tuple[Reopened, ...] = ()
    """The successors that were announced, oldest first."""


NO_AFTERMATH = Aftermath()
