"""What stays the same in all prompts of a role? Its rendered file, counted once, and the window that it must leave room in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from orchestrator.errors import UsageError
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.settings import PromptSource
from orchestrator.messages.value import RoleName
from orchestrator.roles.front import RolePrompt, read_front
from orchestrator.roles.plainbody import PLAIN_BODY
from orchestrator.roles.tally import Counted
from orchestrator.roles.tokens import count
from orchestrator.roles.variables import variables

__all__ = ["FRAME", "MARGIN", "FixedPart", "fixed_part", "role_prompt"]

FRAME = 32
"""Tokens held back for what a provider puts around messages."""

MARGIN = Decimal("1.05")
"""How far one prompt may lie above the mean of a vocabulary that is only estimated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedPart:
    """The fixed part of a role's prompts, and the window that they must fit."""

    system: Counted
    window: int
    reply: int

    def room(self, scale: Decimal) -> int:
        """Return the tokens, as counted here, that are left for all that changes.

        `scale` is the model's own tokens for one that is counted here. It is a mean of whole prompts, so another prompt
        may lie above it: where it is not exactly 1, a margin is kept.
        """
        most = self.window - self.reply - FRAME
        return (most if scale == 1 else int(most / (scale * MARGIN))) - self.system.tokens


def role_prompt(prompts: tuple[PromptSource, ...], name: str) -> RolePrompt:
    """Return the prompt of that file name; where there is none, a plain one that tells a role all it must know."""
    source = next((prompt for prompt in prompts if prompt.name == name), None)
    return RolePrompt(body=PLAIN_BODY) if source is None else read_front(source.text, name).prompt


@lru_cache(maxsize=256)
def fixed_part(prompts: tuple[PromptSource, ...], negotiation: Negotiation, role: RoleName) -> FixedPart:
    """Return the fixed part of a role. Raises ConfigError where its body cannot be rendered."""
    from orchestrator.roles.body import Bodies, Body  # noqa: PLC0415 - brings the templates, which most commands never need

    seat = next((seat for seat in negotiation.roles if seat.name == role), None)
    if seat is None:
        raise UsageError(f"there is no role {role!r} in {negotiation.name!r}")
    prompt = role_prompt(prompts, seat.prompt)
    bodies = {source.name: Body(file=source.name, text=source.text) for source in prompts}
    own = Body(file=seat.prompt, text=prompt.body, line=prompt.body_line)
    system = Bodies({**bodies, seat.prompt: own}).render(seat.prompt, variables(negotiation, seat))
    return FixedPart(system=Counted(system, count(system)), window=prompt.window, reply=prompt.reply)
