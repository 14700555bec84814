"""What is on the table? Moves that were admitted, offers that stand, and how each of them ended."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from orchestrator.messages.draft import Act
from orchestrator.messages.suspicion import Suspicion
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import Digest, Elided, IssueName, OfferId, RoleName, Value

__all__ = ["Backing", "Fall", "Move", "Offer", "Ruling", "WhyFallen"]


def _is_none(value: object) -> bool:
    return value is None


_Suspicion = Annotated[Suspicion | None, Field(exclude_if=_is_none)]
_Gist = Annotated[str | None, Field(exclude_if=_is_none)]
_Revised = Annotated[OfferId | None, Field(exclude_if=_is_none)]


class Move(Value):
    """An admitted draft, as it is delivered to every role. Private notes have no place in it."""

    id: OfferId
    """Unique over all sessions; a `propose` is later accepted, rejected or withdrawn by this id."""
    sender: RoleName
    turn: int
    round: int
    act: Act
    terms: Elided[Terms] = ()
    offer: OfferId | None = None
    digest: Digest | None = None
    """Of the proposed terms, or of the offer that is accepted, rejected or withdrawn."""
    text: Elided[str] = ""
    withheld: Elided[bool] = False
    """Whether there were words that the guards kept back."""
    evidence: Elided[tuple[str, ...]] = ()
    assumes: Elided[tuple[str, ...]] = ()
    expires: int | None = None
    confidence: float | None = None
    tokens: Elided[int] = 0
    """Of its words as they were written, counted once, in the form in which prompts quote them."""
    cut: Elided[int] = 0
    """Of them, those that a bound kept from everybody."""
    suspicion: _Suspicion = None
    """Where the words were flagged."""
    gist: _Gist = None
    """What prompts quote instead of flagged words: what is new in them, if anything. A `query` brings back the rest."""
    conditions: Elided[tuple[IssueName, ...]] = ()
    """Of a package: issues whose terms are asked of the others in return for the rest."""
    version: Elided[int] = 0
    """Of a package, counted from 1; 0 where offers have no versions."""
    revises: _Revised = None
    """The offer that it is a new version of."""


class Offer(Value):
    """An offer that stands."""

    id: OfferId
    sender: RoleName
    terms: Terms
    digest: Digest
    turn: int
    """The turn in which it was tabled."""
    falls: int
    """The turn at whose beginning it stands no more."""
    assumes: Elided[tuple[str, ...]] = ()
    conditions: Elided[tuple[IssueName, ...]] = ()
    version: Elided[int] = 0
    revises: _Revised = None


class Backing(Value):
    """A role and the one offer that it would sign now."""

    role: RoleName
    offer: OfferId


WhyFallen: TypeAlias = Literal["superseded", "withdrawn", "rejected", "expired", "fact_changed", "denied", "unfit"]


class Fall(Value):
    """How an offer ceased to stand, as all roles are told."""

    offer: OfferId
    sender: RoleName
    why: WhyFallen
    by: Elided[str] = ""
    """The role or approver who caused it."""
    reason: Elided[str] = ""
    turn: int


class Ruling(Value):
    """What an approver said about exactly one offer."""

    gate: str
    by: str
    approved: bool
    offer: OfferId
    digest: Digest
    note: Elided[str] = ""
    beforehand: bool = False
    """Whether it was given before the talk began, for whatever would be agreed."""
    leave: Elided[str] = ""
    """The leave by which it was approved, where it was by one."""
    expired: Elided[bool] = False
    """Whether nobody answered in time: then nobody ruled, and the answer is no."""
