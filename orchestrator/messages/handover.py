"""When does an agent give its seat to its own human? What a file says of it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from orchestrator.messages.value import Elided, Value

__all__ = ["TRIGGERS", "HandOver", "Trigger"]

Trigger: TypeAlias = Literal["asked", "upset", "out_of_scope"]
"""A person asks for a human, is upset, or has said nothing about the agenda for some messages."""

TRIGGERS: tuple[Trigger, ...] = ("asked", "upset", "out_of_scope")


class HandOver(Value):
    """To whom an agent hands over, and when. It holds towards people only."""

    to: str
    when: tuple[Trigger, ...] = TRIGGERS
    words: Elided[tuple[str, ...]] = ()
    """Words of a person that are enough by themselves, besides those that are known."""
    after: int = 3
    """Messages in a row that are about nothing of the agenda."""
