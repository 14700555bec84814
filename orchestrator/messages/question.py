"""What if an approver wants to know something first? A question to one role, and the words that it answers with."""

from __future__ import annotations

from typing import Literal

from orchestrator.messages.counter import Countered
from orchestrator.messages.dated import Dated
from orchestrator.messages.finding import Finding
from orchestrator.messages.value import Elided, RoleName, Value

__all__ = ["AtGates", "Explained", "Queried", "Questioned"]


class Queried(Dated):
    """An approver asked a role about the offer that waits."""

    kind: Literal["queried"] = "queried"
    gate: str
    by: str
    to: RoleName
    question: str


class Questioned(Value):
    """The role is asked. The offer stays settled, and its deadline goes on."""

    kind: Literal["questioned"] = "questioned"
    gate: str
    by: str
    to: RoleName
    question: str


class Explained(Value):
    """What the role said to it: words, for the approver alone. Nothing in them binds."""

    kind: Literal["explained"] = "explained"
    role: RoleName
    text: Elided[str] = ""
    why: Elided[str] = ""
    """Why there is no text, where there is none."""
    findings: Elided[tuple[Finding, ...]] = ()


AtGates = Countered | Questioned | Explained
"""What else happens while people decide."""
