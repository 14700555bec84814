"""How does a person write when an agent hands over? To whom, on which signs, and which words are enough."""

from __future__ import annotations

from typing import Annotated

from pydantic import WithJsonSchema

from orchestrator.messages.handover import TRIGGERS, HandOver, Trigger
from orchestrator.messages.value import Value
from orchestrator.roles.fit import Line, WordPattern, whole

__all__ = ["HandOverForm"]


class HandOverForm(Value):
    """When the role's agent gives its seat to its own human, towards people: the session waits for that human."""

    to: Line
    """The name of that human."""
    when: tuple[Trigger, ...] = TRIGGERS
    """A person asks for a human, is upset, or talks about nothing of the agenda."""
    words: tuple[WordPattern, ...] = ()
    """Words of a person that are enough by themselves; `*` as in policies on words."""
    after: Annotated[int, whole(1, 100), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100})] = 3
    """For `out_of_scope`: messages in a row that are about nothing of the agenda."""

    def hand_over(self) -> HandOver:
        """Return the rule that it says."""
        return HandOver(to=self.to, when=tuple(dict.fromkeys(self.when)), words=self.words, after=self.after)
