"""How does a model draw by a seed of its own, whatever the session's is? By being told that one instead."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestrator.messages.model import Completion, Model, Request, finish, skip
from orchestrator.messages.value import RoleName

__all__ = ["Seeded"]


@dataclass(frozen=True, slots=True)
class Seeded:
    """Another model, always with the same seed."""

    model: Model
    seed: int

    async def __call__(self, request: Request, /) -> Completion:
        """Return what the other model writes with this seed."""
        return await self.model(replace(request, seed=self.seed))

    def skip(self, role: RoleName) -> None:
        """Tell the other model."""
        skip(self.model, role)

    def finish(self) -> None:
        """Ask the other model."""
        finish(self.model)
