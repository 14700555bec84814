"""How many tokens did one call take? Read, written, and read or written by a cache."""

from __future__ import annotations

from operator import not_
from typing import Annotated

from pydantic import Field

from orchestrator.messages.value import Value

__all__ = ["Usage"]


class Usage(Value):
    """Tokens of one call."""

    prompt: int = 0
    """All that were read, from a cache or not."""
    reply: int = 0
    cached: Annotated[int, Field(exclude_if=not_)] = 0
    """Those of the prompt that came from the service's cache."""
    stored: Annotated[int, Field(exclude_if=not_)] = 0
    """Those of the prompt that were written to the service's cache."""
