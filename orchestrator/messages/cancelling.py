"""How does somebody call a session off? By a reply of its own kind, which names who and why."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from orchestrator.messages.value import Value

__all__ = ["Cancelled"]


class Cancelled(Value):
    """Somebody called the session off: what was settled does not bind, and it ends without agreement."""

    kind: Literal["cancelled"] = "cancelled"
    at: AwareDatetime
    """When it came, in UTC."""
    by: str
    why: str
