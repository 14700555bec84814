"""What does a person in a seat write? What a terminal, or another door, takes down for them as a draft."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.errors import SeatLeft
from orchestrator.messages.model import AsksPerson, Completion, Request
from orchestrator.messages.usage import Usage

__all__ = ["Person"]


@dataclass(frozen=True, slots=True)
class Person:
    """A person, asked where one is at hand. What they write is read, judged and recorded as any model's text."""

    name: str
    ask: AsksPerson | None

    async def __call__(self, request: Request, /) -> Completion:
        """Return the draft. Raises SeatLeft where nobody is there to write one."""
        if self.ask is None:
            raise SeatLeft(request.view.role, f"{request.view.role!r} is the seat of {self.name}, who is not here")
        return Completion(text=await self.ask(request.view), usage=Usage())
