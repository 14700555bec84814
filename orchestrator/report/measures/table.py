"""What is a session measured by? The measure of its pattern, as the end of a run prints it and as JSON has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.report.measures.approval import Decisions, decisions_of
from orchestrator.report.measures.auction import Takings, takings_json, takings_of
from orchestrator.report.measures.coalition import Consensus, consensus_of
from orchestrator.report.measures.concession import Saving, saving_of
from orchestrator.report.measures.constraint import Plans, plans_of
from orchestrator.report.measures.trade_space import Created, created_of
from orchestrator.report.printed import Json

__all__ = ["MEASURES", "Measure", "measure_json", "measure_of"]

Measure: TypeAlias = Decisions | Takings | Consensus | Saving | Plans | Created
"""What a session of one pattern brought; its `lines` tell it to a person."""

MEASURES: Mapping[str, Callable[[Session, Sequence[Entry]], Measure | None]] = MappingProxyType(
    {
        "approval": decisions_of,
        "auction": takings_of,
        "coalition": consensus_of,
        "concession": saving_of,
        "constraint": plans_of,
        "trade_space": created_of,
    }
)
"""By the name of the pattern. None where there is nothing to tell."""


def measure_of(session: Session, entries: Sequence[Entry]) -> Measure | None:
    """Return the measure of a session that is over."""
    take = MEASURES.get(session.settings.negotiation.pattern)
    return None if take is None or session.phase != "over" else take(session, entries)


def measure_json(measure: Measure | None) -> Json:
    """Return a measure for machines, under the name of its pattern."""
    if measure is None:
        return None
    return takings_json(measure) if isinstance(measure, Takings) else measure.model_dump(mode="json")
