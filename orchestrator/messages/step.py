"""What happens in a talk beyond what its roles do? Steps of its pattern, offers made by code, breaks and their ends."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from orchestrator.messages.move import Offer
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import Elided, OfferId, RoleName, Value

__all__ = ["TABLE", "Breaker", "ByPattern", "Froze", "Placed", "Refuted", "Step", "Stepped", "Thawed"]

TABLE = RoleName("table")
"""Stands as the sender of offers that code made; no role may have this name."""

Breaker: TypeAlias = Literal["movement", "rate", "spend", "hand_over"]
"""What froze a session: terms that jump, offers that rush, spending that runs, or an agent that hands over to its human."""


class Step(Value):
    """Where a pattern stands: a phase of bidding, a rung of a ladder."""

    name: str
    """As its pattern calls it: `bidding`, `concede`."""
    turn: int
    """The turn before which it began."""
    number: Elided[int] = 0
    """Its place in the order of the pattern, where that has one."""
    says: Elided[str] = ""
    """What all roles are told of it."""
    role: Annotated[RoleName | None, Field(exclude_if=lambda role: role is None)] = None
    """The role that it is about, if one."""
    terms: Elided[Terms] = ()
    """What code sets in it: the price that a clock calls."""
    needs: Elided[int] = 0
    """How much backing an offer needs from now on; 0 where the file's agreement says it."""


class Stepped(Value):
    """The pattern went on to its next step."""

    kind: Literal["stepped"] = "stepped"
    step: Step


class Placed(Value):
    """Code put an offer on the table by the rules of the pattern; these roles back it by what they said before."""

    kind: Literal["placed"] = "placed"
    offer: Offer
    backers: tuple[RoleName, ...] = ()
    says: Elided[str] = ""
    of: Annotated[OfferId | None, Field(exclude_if=lambda offer: offer is None)] = None
    """The partial offer that it completes, if it does."""


class Refuted(Value):
    """No plan inside the rules has the terms of this partial offer."""

    kind: Literal["refuted"] = "refuted"
    offer: OfferId
    rules: tuple[str, ...] = ()
    """The names of rules that together leave no room, as far as all may know them."""


class Froze(Value):
    """A circuit breaker tripped: nothing is asked until a person has looked at it."""

    kind: Literal["froze"] = "froze"
    breaker: Breaker
    person: str
    why: str
    role: Annotated[RoleName | None, Field(exclude_if=lambda role: role is None)] = None
    """Whose doing it was, where it was one's."""


class Thawed(Value):
    """The person let the session go on, or ended it."""

    kind: Literal["thawed"] = "thawed"
    by: str
    goes_on: bool
    note: Elided[str] = ""


ByPattern: TypeAlias = Stepped | Placed | Refuted | Froze | Thawed
"""What the pattern of the talk, its solver and its breakers do."""
