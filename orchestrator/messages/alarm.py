"""Who hears in a person's words that an agent is to hand over? The port, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["Alarm", "HearsHandOver"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """That an agent is to hand over, and why."""

    role: RoleName
    to: str
    why: str


class HearsHandOver(Protocol):
    """Hear a person's words. Pure: equal words and views give equal answers; never raises, and linear in the words."""

    def __call__(self, words: str, view: View, since: int, /) -> Alarm | None:
        """Return which agent hands over because of the person's last move; moves before turn `since` don't count any more."""
        ...
