"""Which leaves approve in a session? Those of its journal, with their expressions compiled as its own gates are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from guards.gates import gate_book
from guards.rulecheck import check_rules
from orchestrator.approval.beforehand import Beforehand
from orchestrator.approval.leaves import ByLeave, LeaveBook
from orchestrator.assembly.folders import load_folder
from orchestrator.errors import OrchestratorError
from orchestrator.messages.approval import Approver
from orchestrator.messages.gate import Gate, names_of
from orchestrator.messages.journal import Journal
from orchestrator.messages.leave import Leave
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.reasons import needs_reason
from orchestrator.messages.settings import Settings
from orchestrator.messages.terms import Terms
from orchestrator.messages.view import agenda_of

__all__ = ["approver_for", "covers_of", "leave_book_of", "mistaken_leave"]

_MOST_KEPT = 32


def leave_book_of(journal: Journal, key: str = "") -> LeaveBook:
    """Return the leaves of a journal; `key` is the public half of the key that signs it."""
    return LeaveBook(journal, key)


def approver_for(settings: Settings, leaves: LeaveBook, clock: Callable[[], datetime]) -> Approver:
    """Return what answers at gates without a person: approvals given beforehand, then leaves."""
    negotiation = settings.negotiation
    agenda = agenda_of(negotiation)
    return ByLeave(
        first=Beforehand(settings.approvals),
        book=leaves,
        session=settings.session,
        negotiation=negotiation.name,
        covers=covers_of(negotiation),
        asks_why=frozenset(gate.id for gate in negotiation.gates if needs_reason(agenda, gate.id)),
        clock=clock,
    )


def mistaken_leave(leave: Leave) -> str:
    """Return why a leave could never approve anything in the negotiation that it names; empty where that can't be told.

    Only shipped folders and folders of that path are looked at: a leave may be given before there are any files.
    """
    try:
        negotiation = load_folder(leave.negotiation).negotiation if leave.negotiation else None
    except OrchestratorError:
        negotiation = None
    if negotiation is None:
        return ""
    gate = next((gate for gate in negotiation.gates if gate.id == leave.gate), None)
    if gate is None:
        return (
            f"there is no gate {leave.gate!r} in {negotiation.name!r}; its gates: {', '.join(g.id for g in negotiation.gates)}"
        )
    if leave.by not in gate.people:
        return f"gate {gate.id!r} is ruled on by {names_of(gate)}, not by {leave.by!r}"
    if needs_reason(agenda_of(negotiation), gate.id):
        return f"gate {gate.id!r} asks for a reason: nobody can approve there beforehand"
    meant = gate.model_copy(update={"when": leave.when})
    mistakes = check_rules(negotiation.model_copy(update={"policies": (), "gates": (meant,)}))
    return next((f"--when {leave.when!r}: {mistake.problem}" for mistake in mistakes if mistake.where == "gates"), "")


def covers_of(negotiation: Negotiation) -> Callable[[str, Terms], bool]:
    """Return what says whether an expression is true of terms; what cannot be decided is not."""

    @lru_cache(maxsize=_MOST_KEPT)
    def book(when: str) -> Callable[[Terms], bool]:
        gates = gate_book(negotiation.model_copy(update={"gates": (Gate(id="leave", when=when, approver=""),)}))

        def covers(terms: Terms) -> bool:
            reading = gates(terms)
            return bool(reading.reached) and not reading.findings

        return covers

    return lambda when, terms: book(when)(terms)
