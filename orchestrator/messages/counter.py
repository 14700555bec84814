"""What does an approver say who would approve something else? Typed terms, which all roles see as an offer of the approver."""

from __future__ import annotations

from typing import Literal

from orchestrator.messages.dated import Dated
from orchestrator.messages.move import Offer
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import Digest, Elided, OfferId, RoleName, Value

__all__ = ["APPROVER", "Countered", "Revised"]

APPROVER = RoleName("approver")
"""Stands as the sender of what an approver asks for instead; no role may have this name."""


class Revised(Dated):
    """An approver denied exactly one offer, and said which terms would be approved instead."""

    kind: Literal["revised"] = "revised"
    gate: str
    by: str
    offer: OfferId
    digest: Digest
    terms: Terms
    """A value for every issue."""
    note: Elided[str] = ""


class Countered(Value):
    """What an approver asks for stands as an offer; while it stands, its terms have that person's approval."""

    kind: Literal["countered"] = "countered"
    gate: str
    by: str
    offer: Offer
    note: Elided[str] = ""
