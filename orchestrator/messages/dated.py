"""When did a reply come? Every reply says it, and nothing else of ours reads a clock."""

from __future__ import annotations

from pydantic import AwareDatetime

from orchestrator.messages.value import Value

__all__ = ["Dated"]


class Dated(Value):
    """A reply with its time."""

    at: AwareDatetime
    """When it came, in UTC."""
