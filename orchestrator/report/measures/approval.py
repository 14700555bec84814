"""How long did people take to decide, and what became of it? From when an approver could decide to the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Approved, Denied, GateReached
from orchestrator.report.figures import duration, listed, plural

__all__ = ["Decided", "approval_lines", "decisions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One answer of an approver."""

    gate: str
    by: str
    approved: bool
    seconds: float
    has_reason: bool
    beforehand: bool


def approval_lines(session: Session, entries: Sequence[Entry]) -> Iterator[str]:  # noqa: ARG001 - one question for all patterns
    """Yield the time that decisions took, and how many were denied or without a reason."""
    found = [decided for decided in decisions(entries) if not decided.beforehand]
    if not found:
        return
    times = sorted(decided.seconds for decided in found)
    yield f"time to decide {duration(times[len(times) // 2])} (median of {len(times)} {plural(len(times), 'decision')})"
    denied = sum(1 for decided in found if not decided.approved)
    bare = sum(1 for decided in found if not decided.has_reason)
    told = [f"{denied} denied"] if denied else []
    told += [f"{bare} without a reason"] if bare else []
    if told:
        yield f"of them {listed(told)}"


def decisions(entries: Sequence[Entry]) -> Iterator[Decided]:
    """Yield every answer of an approver with the time since its gate was reached."""
    reached: dict[str, datetime] = {}
    for entry in entries:
        for event in entry.events:
            if isinstance(event, GateReached):
                reached[event.gate] = entry.reply.at
            elif isinstance(event, Approved | Denied):
                ruling = event.ruling
                since = reached.get(ruling.gate, entry.reply.at)
                yield Decided(
                    gate=ruling.gate,
                    by=ruling.by,
                    approved=ruling.approved,
                    seconds=max(0.0, (entry.reply.at - since).total_seconds()),
                    has_reason=bool(ruling.note),
                    beforehand=ruling.beforehand,
                )
