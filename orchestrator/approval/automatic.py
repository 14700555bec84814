"""What if an approver always gave the same answer? The double that stands in for a person in tests and evals."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.messages.approval import Answer
from orchestrator.messages.gate import Gate
from orchestrator.messages.move import Offer

__all__ = ["AutomaticApprover"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticApprover:
    """Rule on every gate in the same way, as that gate's approver or in a given name."""

    approved: bool
    by: str | None = None
    """Whose name is signed; None for the approver of each gate. A name that is no gate's approver settles nothing."""
    note: str = ""

    async def __call__(self, gate: Gate, _: Offer, /) -> Answer | None:
        """Return the answer."""
        return Answer(by=gate.approver if self.by is None else self.by, approved=self.approved, note=self.note)
