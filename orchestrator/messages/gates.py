"""Which gates does an agreement pass through? The answer of a gate book, fail-closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from orchestrator.messages.finding import Finding
from orchestrator.messages.gate import Gate
from orchestrator.messages.terms import Terms

__all__ = ["GateBook", "GateReading", "ReadsRecords"]


@dataclass(frozen=True, slots=True)
class GateReading:
    """The gates that terms reach, and a refusing finding for each gate that cannot be decided."""

    reached: tuple[Gate, ...]
    findings: tuple[Finding, ...] = ()


GateBook: TypeAlias = Callable[[Terms], GateReading]
"""Reads all gates for complete terms; never raises."""


@runtime_checkable
class ReadsRecords(Protocol):
    """A gate book whose gates may ask how the roles behaved."""

    def given(self, records: Mapping[str, float], /) -> GateBook:
        """Return the book for what is known of the roles now."""
        ...
