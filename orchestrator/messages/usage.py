"""How many tokens did one call take? Read, written, and read or written by a cache."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from orchestrator.messages.value import Value

__all__ = ["Usage"]


def _is_none(tokens: int) -> bool:
    return tokens == 0


class Usage(Value):
    """Tokens of one call."""

    prompt: int = 0
    """All that were read, from a cache or not."""
    reply: int = 0
    cached: Annotated[int, Field(exclude_if=_is_none)] = 0
    """Those of the prompt that came from the service's cache."""
    stored: Annotated[int, Field(exclude_if=_is_none)] = 0
    """Those of the prompt that were written to the service's cache."""
