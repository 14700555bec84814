"""What becomes of an agreement after it was made? New values of its facts, and the talks that reopen it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, Field

from orchestrator.messages.negotiation import Fact
from orchestrator.messages.pot import PotFigures
from orchestrator.messages.value import Elided, IssueName, OfferId, SessionId, Value

__all__ = ["Afterwards", "Amending", "Cause", "Did", "Due", "FactTold", "Learned", "PotsKnown", "Reopened", "TriggerBook"]


def _is_none(value: object) -> bool:
    return value is None


Due = Annotated[AwareDatetime | None, Field(exclude_if=_is_none)]
"""When the agreement must be looked at again because of a date; None where no date of its triggers is left."""

TriggerBook: TypeAlias = Callable[[tuple[Fact, ...]], frozenset[str]]
"""Returns the ids of the triggers whose expressions are true of these facts; what cannot be decided is not true."""


class Cause(Value):
    """Why an agreement was reopened by itself."""

    triggers: tuple[str, ...]
    """Those that fired together, in the order of the file."""
    why: str
    by: Elided[tuple[str, ...]] = ()
    """The persons who are told."""
    changes: Elided[tuple[IssueName, ...]] = ()
    """The issues that are open; the others keep their old terms. None named: all."""
    fact: Annotated[Fact | None, Field(exclude_if=_is_none)] = None
    """The fact that crossed a bound, with its new value and source."""
    was: Elided[str] = ""
    """Its value before."""
    pots: Elided[tuple[PotFigures, ...]] = ()
    """The pots that crossed a bound, as they stand now."""
    due: Due = None
    """The time that came."""
    number: int = 1
    """How often the chain has now been reopened without a person: 1 for the first time."""


class Amending(Value):
    """A person reopens the agreement: this session is about to be opened as its successor."""

    kind: Literal["amending"] = "amending"
    at: AwareDatetime
    successor: SessionId


class Learned(Value):
    """A fact has a new value after the agreement, whose terms bind as before."""

    kind: Literal["learned"] = "learned"
    fact: Fact
    due: Due = None


class PotsKnown(Value):
    """An agreement sees how its pots stand: for the first time, or because other triggers on them are true than before."""

    kind: Literal["pots_known"] = "pots_known"
    pots: tuple[PotFigures, ...]
    due: Due = None


class Reopened(Value):
    """This session is to be opened as the successor; the agreement binds until that one agrees."""

    kind: Literal["reopened"] = "reopened"
    successor: SessionId
    cause: Annotated[Cause | None, Field(exclude_if=_is_none)] = None
    """None where a person amended it."""
    due: Due = None


Afterwards: TypeAlias = Learned | PotsKnown | Reopened
"""What an agreement's record may hold after its end."""

Did: TypeAlias = Literal["told", "unchanged", "noted", "absorbed", "reopened", "exhausted"]
"""What a fact did: a live session was told; it knew it; an agreement took note and stands; its live successor was told
instead of a second one; its successor was opened; its triggers have fired as often as they may."""


class FactTold(Value):
    """What a new value of a fact did in one session."""

    session: SessionId
    did: Did
    was: str
    """The value that the session knew before."""
    fallen: Elided[tuple[OfferId, ...]] = ()
    """Offers that rested on it."""
    reopened: Annotated[Reopened | None, Field(exclude_if=_is_none)] = None
