"""Has a gate's approver already said yes to whatever would be agreed? A look at what was given before the talk."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.messages.approval import Answer
from orchestrator.messages.gate import Gate
from orchestrator.messages.move import Offer
from orchestrator.messages.settings import GivenApproval

__all__ = ["Beforehand"]


@dataclass(frozen=True, slots=True)
class Beforehand:
    """Answer from approvals given before the talk. For any other gate nobody is there, and the session waits."""

    given: tuple[GivenApproval, ...] = ()

    async def __call__(self, gate: Gate, _: Offer, /) -> Answer | None:
        """Return the approval that one of those gave who may rule; None where there is none."""
        by = next((name for name in gate.people if GivenApproval(gate=gate.id, by=name) in self.given), None)
        return None if by is None else Answer(by=by, approved=True, beforehand=True)
