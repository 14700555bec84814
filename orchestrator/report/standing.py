"""Where does a session stand, whoever asks and whenever? One status, one reason, and whom it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from orchestrator.engine import Hold, Session, Wait, pending
from orchestrator.messages.entry import Entry
from orchestrator.messages.gate import Gate
from orchestrator.messages.move import Offer
from orchestrator.messages.reply import Interrupted
from orchestrator.messages.step import Froze
from orchestrator.messages.value import RoleName

__all__ = ["UNFINISHED", "Standing", "Stands", "rounds_used", "standing"]

Stands: TypeAlias = Literal["agreed", "no_agreement", "stopped", "waiting", "interrupted"]
"""`stopped` at a bound of spending.

`interrupted` is everything that can be resumed: stopped by its operator, by a failing world, or killed."""

UNFINISHED = "unfinished"
"""The reason of a session whose driver runs now, or died without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The status of a session and why it has it."""

    status: Stands
    reason: str
    """A reason of the engine; `approval`, `breaker` or `person` while it waits; in words, why it was interrupted."""
    gates: tuple[Gate, ...] = ()
    """Those whose approvers have not answered."""
    offer: Offer | None = None
    """The settled offer that waits for them."""
    froze: Froze | None = None
    """The breaker whose person has not answered."""
    seat: RoleName | None = None
    """The seat whose person left."""
    why: str = ""
    """In words, where that is so."""


def standing(session: Session, entries: Sequence[Entry]) -> Standing:
    """Return where the session stands after its entries."""
    effect = pending(session)
    if effect is None:
        return Standing(status=session.status or "no_agreement", reason=session.reason or "unfinished")
    offer = session.offer(session.settled)
    if session.phase == "approving" and session.question is not None and offer is not None:
        return Standing(status="waiting", reason="approval", gates=session.unruled, offer=offer)
    if isinstance(effect, Wait):
        return Standing(status="waiting", reason="approval", gates=effect.gates, offer=effect.offer)
    if isinstance(effect, Hold):
        return Standing(status="waiting", reason="breaker", froze=effect.froze)
    last = entries[-1].reply if entries else None
    why = last.why if isinstance(last, Interrupted) else UNFINISHED
    if isinstance(last, Interrupted) and last.seat is not None:
        return Standing(status="waiting", reason="person", seat=last.seat, why=why)
    return Standing(status="interrupted", reason=why)


def rounds_used(session: Session) -> int:
    """Return how many rounds were begun."""
    return -(-session.turn // len(session.roles))
