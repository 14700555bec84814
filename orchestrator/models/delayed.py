"""How is a quick model made as slow as a real one? By waiting first."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from orchestrator.messages.model import Completion, Model, Request, finish, skip
from orchestrator.messages.value import RoleName

__all__ = ["Delayed"]


@dataclass(frozen=True, slots=True)
class Delayed:
    """Another model, after so many seconds."""

    model: Model
    seconds: float

    async def __call__(self, request: Request, /) -> Completion:
        """Wait, then return what the other model writes."""
        await asyncio.sleep(self.seconds)
        return await self.model(request)

    def skip(self, role: RoleName) -> None:
        """Tell the other model."""
        skip(self.model, role)

    def finish(self) -> None:
        """Ask the other model."""
        finish(self.model)
