"""Is a talk worth its tokens? Before it begins, `run` looks whether any agreement is possible, and refuses where none is."""

from __future__ import annotations

from orchestrator.assembly.feasible import look_first
from orchestrator.cli.exits import STOPPED
from orchestrator.cli.feasible import WITHOUT_SOLVER, fitted
from orchestrator.cli.printing import as_json, complain, say
from orchestrator.messages.negotiation import Negotiation
from orchestrator.report.feasible import feasible_json, feasible_lines

__all__ = ["refused"]


def refused(negotiation: Negotiation, *, as_object: bool) -> int:
    """Return the exit code of a talk that is not begun, having said why; 0 where it may begin."""
    look = look_first(negotiation)
    if look.known is None or look.known.answer == "feasible":
        return 0
    if look.known.answer == "undecided":
        complain(f"handfast: no agreement was found at once, nor that there is none: {look.known.why}")
        if not look.by_solver:
            complain(WITHOUT_SOLVER)
        return 0
    if as_object:
        say(as_json(feasible_json(negotiation, look.known)))
        return STOPPED
    for line in feasible_lines(negotiation, look.known):
        for part in fitted(line):
            say(part)
    complain("hint: --even-if-hopeless negotiates all the same")
    return STOPPED
