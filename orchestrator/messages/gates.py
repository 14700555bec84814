"""Which gates does an agreement pass through? The answer of a gate book, fail-closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Gate
from orchestrator.messages.terms import Terms

__all__ = ["GateBook", "GateReading"]


@dataclass(frozen=True, slots=True)
class GateReading:
    """The gates that terms reach, and a refusing finding for each gate that cannot be decided."""

    reached: tuple[Gate, ...]
    findings: tuple[Finding, ...] = ()


GateBook: TypeAlias = Callable[[Terms], GateReading]
"""Reads all gates for complete terms; never raises."""
