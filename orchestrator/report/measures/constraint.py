"""How many proposals were feasible, and how long did a plan take? Counted over all drafts, those that were refused too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Refused, Tabled
from orchestrator.messages.step import Placed, Refuted
from orchestrator.report.figures import duration, plural
from orchestrator.report.standing import rounds_used

__all__ = ["constraint_lines"]


def constraint_lines(session: Session, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the share of feasible plans and the cycle time."""
    events = [event for entry in entries for event in entry.events]
    tabled = sum(1 for event in events if isinstance(event, Tabled) and event.move.act == "propose")
    broken = sum(
        1
        for event in events
        if isinstance(event, Refused) and any(finding.kind in ("policy", "authority") for finding in event.findings)
    )
    refuted = sum(1 for event in events if isinstance(event, Refuted) and event.rules)
    completed = sum(1 for event in events if isinstance(event, Placed) and event.of is not None)
    drafts = tabled + broken
    feasible = tabled - refuted
    if drafts:
        yield f"feasible plans {feasible} of {drafts} ({feasible / drafts:.0%}): {broken} broke a rule, {refuted} refuted"
    if completed:
        yield f"{completed} partial {plural(completed, 'plan')} completed by the solver"
    yield f"cycle time {rounds_used(session)} {plural(rounds_used(session), 'round')}, {duration(session.millis / 1000)}"
