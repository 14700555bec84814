"""What might a role do now? A move that code has worked out for it: the role may take it or leave it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from orchestrator.messages.terms import Terms
from orchestrator.messages.value import OfferId

__all__ = ["Advice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One move within the role's own mandate, and what it would be worth to the role."""

    act: Literal["propose", "accept", "reject"]
    terms: Terms
    """Those proposed, or those of the offer."""
    offer: OfferId | None = None
    """The one that is accepted or rejected."""
    worth: float
