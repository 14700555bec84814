"""Which values may an issue take? Said for people, and decided exactly."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import assert_never

from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.terms import exact

__all__ = ["EXACT", "allowed", "in_steps"]

EXACT = Context(prec=120)
"""Digits that suffice for the exact remainder of any figure that a draft may hold, whatever context the program set."""


def allowed(issue: Issue) -> str:
    """Return what the issue takes, in words: `0 to 120000 in steps of 1000, USD`."""
    match issue:
        case NumberIssue():
            unit = f", {issue.unit}" if issue.unit else ""
            return f"{exact(issue.min)} to {exact(issue.max)} in steps of {exact(issue.step)}{unit}"
        case ChoiceIssue():
            return f"one of {', '.join(issue.options)}"
        case DateIssue():
            return f"{issue.min.isoformat()} to {issue.max.isoformat()}"
        case FlagIssue():
            return "true or false"
        case _:
            assert_never(issue)


def in_steps(issue: NumberIssue, value: Decimal) -> bool:
    """Return whether the value lies on the grid that starts at `min`."""
    if issue.step <= 0:
        return True
    return not EXACT.remainder(EXACT.subtract(value, issue.min), issue.step)
