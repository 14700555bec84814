"""What does a session wait for? The next effect, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from orchestrator.engine.patterns.table import conduct_of
from orchestrator.engine.session import Session
from orchestrator.engine.spending import is_accounted, tries_within
from orchestrator.engine.view import view_of
from orchestrator.messages.gate import Gate
from orchestrator.messages.move import Offer
from orchestrator.messages.step import Froze
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["Ask", "Complete", "Effect", "Hold", "Prepare", "SeekApproval", "Wait", "pending"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepare:
    """Say what a role's model would be asked, so that it is on record, and within the bounds, before it is."""

    role: RoleName
    view: View


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Ask a role's model, or its fallback strategy, for a draft."""

    role: RoleName
    by: Literal["model", "strategy"]
    view: View
    tries: int | None = None
    """How often it may be charged for within the bounds of spending; None where there is no such bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekApproval:
    """Ask the approver of a gate about exactly this offer."""

    gate: Gate
    offer: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nothing can be done before these gates are ruled on."""

    gates: tuple[Gate, ...]
    offer: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A breaker has tripped: nothing can be done before its person has said what becomes of the session."""

    froze: Froze


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """Look for a whole plan with the terms of this partial offer."""

    offer: Offer


Effect: TypeAlias = Prepare | Ask | Complete | SeekApproval | Wait | Hold


def pending(session: Session) -> Effect | None:
    """Return what the session waits for; None when it is over."""
    if session.course.frozen is not None and session.phase == "frozen":
        return Hold(froze=session.course.frozen)
    if session.phase == "approving" and session.question is not None:
        return _asking(session, session.question.to)
    if session.phase in ("asking", "repairing", "falling_back"):
        if (partial := conduct_of(session).owes(session)) is not None:
            return Complete(offer=partial)
        return _asking(session, session.speaker.name)
    offer = session.offer(session.settled)
    if session.phase != "approving" or offer is None:
        return None
    unasked = next((gate for gate in session.unruled if gate.id not in session.asked), None)
    return SeekApproval(gate=unasked, offer=offer) if unasked else Wait(gates=session.unruled, offer=offer)


def _asking(session: Session, role: RoleName) -> Prepare | Ask:
    if session.fallback is None and session.request is None and is_accounted(session, role):
        return Prepare(role=role, view=view_of(session, role))
    by = "strategy" if session.fallback else "model"
    return Ask(role=role, by=by, view=view_of(session, role), tries=tries_within(session))
