"""What is fixed when a session opens? Everything that replaying it needs."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pot import Pledged
from orchestrator.messages.reopening import Cause
from orchestrator.messages.spend import NO_BOUNDS, Price, Spend
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import Elided, RoleName, SessionId, Value

__all__ = ["PERSON", "RULES_VERSION", "RULES_VERSIONS", "GivenApproval", "PromptSource", "SeatModel", "Settings"]

RULES_VERSION = 2
"""Raised when equal replies may be decided differently than before.

From 2 on, words are counted, held to the bounds of their role, and watched by a monitor.
"""

RULES_VERSIONS = (1, RULES_VERSION)
"""Those that are still decided as they were."""


PERSON = "human:"
"""How the model of a seat begins in which a person sits."""


class SeatModel(Value):
    """Which model writes for a role: `provider:name?key=value`."""

    role: RoleName
    model: str
    price: Price | None = None
    """What its calls cost; None where they cost nothing."""
    costly: bool = False
    """Whether a call costs money or cannot be repeated: it goes on record before it is made."""
    estimate: Decimal | None = None
    """Its tokens for one that is counted here, where its own vocabulary is not known; its answers correct the figure."""

    @property
    def is_person(self) -> bool:
        """Return whether a person writes for the role."""
        return self.model.startswith(PERSON)


class PromptSource(Value):
    """The prompt file of a role, or of the house, as it was when the session opened."""

    name: str
    text: str


class GivenApproval(Value):
    """An approval that was given before the talk, for whatever would be agreed."""

    gate: str
    by: str


class Settings(Value):
    """What a session was opened with. It stands in the session's first entry."""

    session: SessionId
    negotiation: Negotiation
    prompts: tuple[PromptSource, ...] = ()
    models: tuple[SeatModel, ...] = ()
    seed: int = 0
    approvals: tuple[GivenApproval, ...] = ()
    key: str = ""
    """The public half of the Ed25519 key that signs this session's heads, in hexadecimal."""
    rules_version: int = RULES_VERSION
    version: str = ""
    """Of handfast."""
    supersedes: SessionId | None = None
    precedent: Terms = ()
    """The terms of the superseded agreement."""
    spend: Spend = NO_BOUNDS
    """Bounds given when it was opened; they go before those of the negotiation file."""
    guards: tuple[str, ...] = ()
    """Names of the guards that other packages added, beside the standard ones."""
    pledges: Elided[tuple[Pledged, ...]] = ()
    """What the superseded agreement has committed of each pot, which stands until this talk agrees."""
    decides: Elided[str] = ""
    """The version of the code that decides, where workers drive the session; those of another one leave it alone."""
    cause: Annotated[Cause | None, Field(exclude_if=lambda cause: cause is None)] = None
    """What reopened the superseded agreement, where that was no person."""
