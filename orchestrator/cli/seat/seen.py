"""What can a role see now? The table, words, its own mandate, facts with their sources, and what is on record of everybody."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.cli.seat.aid import fact_lines, heard, record_lines, rule_lines
from orchestrator.cli.seat.table import table
from orchestrator.engine import Session, view_of
from orchestrator.messages.value import RoleName

__all__ = ["seen"]


def seen(session: Session, role: RoleName, width: int) -> Iterator[str]:
    """Yield what a role of a session sees, and nothing of the others' own."""
    view = view_of(session, role)
    yield f"What {role} sees in round {view.round} of {view.agenda.stop.rounds}"
    for part in (table(view, width), heard(view), rule_lines(view), fact_lines(view), record_lines(view)):
        yield ""
        yield from part
