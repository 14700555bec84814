"""What is a session measured by? The lines of its pattern's measure, as the end of a run prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.report.measures.approval import approval_lines
from orchestrator.report.measures.auction import auction_lines
from orchestrator.report.measures.coalition import coalition_lines
from orchestrator.report.measures.concession import concession_lines
from orchestrator.report.measures.constraint import constraint_lines
from orchestrator.report.measures.trade_space import trade_space_lines

__all__ = ["MEASURES", "Measure", "measured"]

Measure: TypeAlias = Callable[[Session, Sequence[Entry]], Iterator[str]]
"""Tells what a session of one pattern brought; nothing where there is nothing to tell."""

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "approval": approval_lines,
        "auction": auction_lines,
        "coalition": coalition_lines,
        "concession": concession_lines,
        "constraint": constraint_lines,
        "trade_space": trade_space_lines,
    }
)
"""By the name of the pattern."""


def measured(session: Session, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the measure of a session that is over, line by line."""
    measure = MEASURES.get(session.settings.negotiation.pattern)
    return () if measure is None or session.phase != "over" else tuple(measure(session, entries))
