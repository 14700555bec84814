"""What is shown of an analysis? What could be agreed, the talk, its deal if it has one, and the talk with seats swapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.analysis.appraisal import Appraisal
from orchestrator.analysis.course import Balance, Step
from orchestrator.analysis.prospect import Prospect
from orchestrator.engine import Session
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import RoleName

__all__ = ["Asymmetry", "Other", "Study", "asymmetry", "deal_of"]

Other: TypeAlias = tuple[tuple[str, ...], tuple[float, ...]]
"""The models of another seating, by role, and the utilities that came of it; none without agreement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asymmetry:
    """What becomes of the same talk when the strategies change seats."""

    models: tuple[str, ...]
    own: tuple[float, ...]
    """What each role has as the session was."""
    others: tuple[Other, ...]
    shifts: tuple[float, ...] | None
    """What each role has more as it was than on average in the other seatings; None where one of them did not agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """An analysis, ready to be shown."""

    negotiation: Negotiation
    prospect: Prospect
    session: Session | None = None
    why: str = ""
    """How the session stands, in a sentence."""
    appraisal: Appraisal | None = None
    steps: tuple[Step, ...] = ()
    balances: tuple[Balance, ...] = ()
    asymmetry: Asymmetry | None = None
    better_gates: tuple[str, ...] = ()
    """Gates that the better deal would have to pass."""

    @property
    def roles(self) -> tuple[RoleName, ...]:
        """Return the names of the roles."""
        return tuple(role.name for role in self.negotiation.roles)


def deal_of(session: Session) -> Terms:
    """Return the terms that are agreed, or that wait for approval; none where there are none."""
    settled = session.offer(session.settled)
    return session.terms or (settled.terms if settled else ())


def asymmetry(models: Sequence[str], own: tuple[float, ...], others: tuple[Other, ...]) -> Asymmetry:
    """Return what the seating makes of a talk."""
    agreed = [utilities for _, utilities in others if utilities]
    shifts = None
    if agreed and len(agreed) == len(others):
        shifts = tuple(mine - sum(column) / len(column) for mine, column in zip(own, zip(*agreed, strict=True), strict=True))
    return Asymmetry(models=tuple(models), own=own, others=others, shifts=shifts)
