"""Who is asked before an agreement binds, and what may come back? The port of approvers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from orchestrator.messages.gate import Gate
from orchestrator.messages.move import Offer

__all__ = ["Answer", "Approver"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an approver said."""

    by: str
    approved: bool
    note: str = ""
    beforehand: bool = False
    leave: str = ""
    """The leave that it was given by, if it was by one."""


class Approver(Protocol):
    """Ask a person, or look up what a person said."""

    async def __call__(self, gate: Gate, offer: Offer, /) -> Answer | None:
        """Return the answer for exactly this offer; None where there is none yet and the session must wait."""
        ...
