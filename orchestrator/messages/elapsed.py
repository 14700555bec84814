"""What comes back when nobody answers? The time itself, which a timer reports."""

from __future__ import annotations

from typing import Literal

from orchestrator.messages.dated import Dated

__all__ = ["Elapsed"]


class Elapsed(Dated):
    """A timer fired. It says what time it is and nothing else: too early, or twice, it changes nothing."""

    kind: Literal["elapsed"] = "elapsed"
