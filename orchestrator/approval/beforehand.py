"""Has a gate's approver already said yes to whatever would be agreed? A look at what was given before the talk."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.messages.approval import Answer
from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import Gate
from orchestrator.messages.settings import GivenApproval

__all__ = ["Beforehand"]


@dataclass(frozen=True, slots=True)
class Beforehand:
    """Answer from approvals given before the talk. For any other gate nobody is there, and the session waits."""

    given: tuple[GivenApproval, ...] = ()

    async def __call__(self, gate: Gate, _: Offer, /) -> Answer | None:
        """Return the approval that the gate's own approver gave; None where there is none."""
        if GivenApproval(gate=gate.id, by=gate.approver) not in self.given:
            return None
        return Answer(by=gate.approver, approved=True, beforehand=True)
