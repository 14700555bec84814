"""Who writes for a role from now on? A person may take its seat, or give it back, while the talk is not over."""

from __future__ import annotations

from orchestrator.engine.spending import lapse
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.event import Seated
from orchestrator.messages.reply import Seating

__all__ = ["seat"]

_OVER = ("opening", "agreed", "over", "impossible")


def seat(unfolding: Unfolding, reply: Seating) -> None:
    """Let another model, or a person, write for a role of the table; an answer that was waited for is given up."""
    session = unfolding.session
    if session.phase in _OVER or all(role.name != reply.seat.role for role in session.roles):
        return
    if session.seat(reply.seat.role) == reply.seat:
        return
    if session.request is not None and session.request.role == reply.seat.role:
        lapse(unfolding)
    unfolding.add(Seated(seat=reply.seat, by=reply.by))
