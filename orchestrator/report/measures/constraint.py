"""How many proposals were feasible, and how long did a plan take? Counted over all drafts, those that were refused too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Refused, Tabled
from orchestrator.messages.step import Placed, Refuted
from orchestrator.messages.value import Value
from orchestrator.report.figures import duration, plural
from orchestrator.report.standing import rounds_used

__all__ = ["Plans", "plans_of"]


class Plans(Value):
    """How many drafts of plans were feasible, and how long a plan took."""

    kind: Literal["constraint"] = "constraint"
    drafts: int
    feasible: int
    broken: int
    """Drafts that broke a rule."""
    refuted: int
    """Plans that the solver refuted."""
    completed: int
    """Partial plans that the solver completed."""
    rounds: int
    seconds: float
    """In which the session was driven."""

    def lines(self) -> Iterator[str]:
        """Yield the share of feasible plans and the cycle time."""
        if self.drafts:
            share = f"{self.feasible} of {self.drafts} ({self.feasible / self.drafts:.0%})"
            yield f"feasible plans {share}: {self.broken} broke a rule, {self.refuted} refuted"
        if self.completed:
            yield f"{self.completed} partial {plural(self.completed, 'plan')} completed by the solver"
        yield f"cycle time {self.rounds} {plural(self.rounds, 'round')}, {duration(self.seconds)}"


def plans_of(session: Session, entries: Sequence[Entry]) -> Plans:
    """Return what became of the plans of a talk."""
    events = [event for entry in entries for event in entry.events]
    tabled = sum(isinstance(event, Tabled) and event.move.act == "propose" for event in events)
    refuted = sum(isinstance(event, Refuted) and bool(event.rules) for event in events)
    broken = sum(
        isinstance(event, Refused) and any(finding.kind in ("policy", "authority") for finding in event.findings)
        for event in events
    )
    return Plans(
        drafts=tabled + broken,
        feasible=tabled - refuted,
        broken=broken,
        refuted=refuted,
        completed=sum(isinstance(event, Placed) and event.of is not None for event in events),
        rounds=rounds_used(session),
        seconds=session.millis / 1000,
    )
