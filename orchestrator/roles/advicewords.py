"""How does advice stand in a prompt? As moves that a role may take or leave, each with its worth to that role."""

from __future__ import annotations

from orchestrator.messages.advice import Advice
from orchestrator.messages.view import View
from orchestrator.roles.quoting import terms_text

__all__ = ["advice_lines"]


def advice_lines(view: View) -> tuple[str, ...]:
    """Return a heading and a line for each move; nothing where there is no advice."""
    if not view.advice:
        return ()
    return ("moves that code has worked out for you; take one or leave them:", *map(_line, view.advice))


def _line(advice: Advice) -> str:
    what = terms_text(advice.terms) if advice.offer is None else str(advice.offer)
    return f"- {advice.act} {what}; worth {advice.worth:.3f} to you"
