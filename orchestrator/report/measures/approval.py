"""How long did people take to decide, and what became of it? From when an approver could decide to the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Approved, Denied, GateReached
from orchestrator.messages.value import Value
from orchestrator.report.figures import duration, listed, plural

__all__ = ["Decided", "Decisions", "decisions", "decisions_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One answer of an approver."""

    gate: str
    by: str
    approved: bool
    seconds: float
    has_reason: bool
    beforehand: bool


class Decisions(Value):
    """How people decided, where they were asked."""

    kind: Literal["approval"] = "approval"
    decisions: int
    seconds: float
    """From when an approver could decide to the answer: the median."""
    denied: int
    unexplained: int
    """Decisions without a reason."""

    def lines(self) -> Iterator[str]:
        """Yield the time that decisions took, and how many were denied or without a reason."""
        yield f"time to decide {duration(self.seconds)} (median of {self.decisions} {plural(self.decisions, 'decision')})"
        told = [f"{self.denied} denied"] if self.denied else []
        told += [f"{self.unexplained} without a reason"] if self.unexplained else []
        if told:
            yield f"of them {listed(told)}"


def decisions_of(session: Session, entries: Sequence[Entry]) -> Decisions | None:  # noqa: ARG001 - one question for all patterns
    """Return how people decided; None where nobody was asked during the talk."""
    found = [decided for decided in decisions(entries) if not decided.beforehand]
    if not found:
        return None
    times = sorted(decided.seconds for decided in found)
    return Decisions(
        decisions=len(found),
        seconds=times[len(times) // 2],
        denied=sum(1 for decided in found if not decided.approved),
        unexplained=sum(1 for decided in found if not decided.has_reason),
    )


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
