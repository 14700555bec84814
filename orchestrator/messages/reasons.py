"""Must whoever decides at a gate say why? Where the file of an approval says so, and nowhere else."""

from __future__ import annotations

from orchestrator.messages.pattern import Approval
from orchestrator.messages.view import Agenda

__all__ = ["APPROVAL_GATE", "needs_reason"]

APPROVAL_GATE = "approval"
"""The gate that every agreement passes in a talk whose agreements are proposals to a person."""


def needs_reason(agenda: Agenda, gate: str) -> bool:
    """Return whether a decision at a gate must say why."""
    rules = agenda.pattern_rules
    return isinstance(rules, Approval) and rules.reason and gate == APPROVAL_GATE
