"""What may be used, and what has been? By the session as a whole and by each role's model."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from orchestrator.messages.spend import Spend
from orchestrator.messages.value import RoleName

__all__ = ["Account", "RoleTokens"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTokens:
    """Tokens that a role's models have read and written so far."""

    role: RoleName
    prompt: int = 0
    reply: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the session, or one role's model, may use and has used."""

    role: RoleName | None
    """None for the session as a whole."""
    bounds: Spend
    calls: int = 0
    tokens: int = 0
    usd: Decimal = Decimal(0)
    millis: int = 0
    counted: int = 0
    """Tokens of answered prompts as they were counted here."""
    reported: int = 0
    """The same prompts as the model counted them."""
