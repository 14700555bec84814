"""What did a model write? A draft: one act with its terms or its offer, and words."""

from __future__ import annotations

from typing import Literal, TypeAlias

from orchestrator.messages.terms import Terms
from orchestrator.messages.value import IssueName, OfferId, Value

__all__ = ["ACTS", "Act", "Draft"]

Act: TypeAlias = Literal["propose", "accept", "reject", "withdraw", "inform", "query", "escalate"]
ACTS: tuple[Act, ...] = ("propose", "accept", "reject", "withdraw", "inform", "query", "escalate")


class Draft(Value):
    """What a role would do if it were admitted. `notes` are private and never delivered."""

    act: Act
    terms: Terms = ()
    """For `propose`: at least one; for every other act: none."""
    offer: OfferId | None = None
    """For `accept`, `reject` and `withdraw`: the offer that is meant."""
    text: str = ""
    evidence: tuple[str, ...] = ()
    """Names of the facts that the words cite."""
    assumes: tuple[str, ...] = ()
    """Names of the facts that the offer rests on: it falls when one of them changes."""
    expires: int | None = None
    """Rounds that the offer stands; at most `offer_ttl_rounds`."""
    confidence: float | None = None
    """The sender's own, from 0 to 1."""
    conditions: tuple[IssueName, ...] = ()
    """In a talk about packages: issues whose terms are asked of the others in return for the rest."""
    revises: OfferId | None = None
    """In a talk about packages: the offer that this one is a new version of."""
    notes: str = ""
    """The model's private reasoning."""
