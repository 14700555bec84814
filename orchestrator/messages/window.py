"""Who holds how much of a role's window? What is pinned, and what each sender's words take beside it."""

from __future__ import annotations

from orchestrator.messages.value import Elided, Value

__all__ = ["Window"]


class Window(Value):
    """How the tokens of one prompt are shared."""

    size: int
    """Tokens that the model can take, its answer counted."""
    pinned: int
    """Instructions, mandate, policies, facts and state: what nobody's words can push out."""
    held: tuple[int, ...]
    """By the words of each role, in the order of their turns."""
    estimated: Elided[bool] = False
    """Whether the vocabulary could not be loaded, so that all figures are estimates."""

    @property
    def used(self) -> int:
        """Return the tokens of the whole prompt."""
        return self.pinned + sum(self.held)
