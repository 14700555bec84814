"""What can come back from the world? One record for each way in which a session is answered."""

from __future__ import annotations

from operator import not_
from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, ConfigDict, Field, TypeAdapter

from orchestrator.errors import Try
from orchestrator.messages.cancelling import Cancelled
from orchestrator.messages.counter import Revised
from orchestrator.messages.dated import Dated
from orchestrator.messages.elapsed import Elapsed
from orchestrator.messages.leave import Allowed, Founded, Revoked, Used
from orchestrator.messages.negotiation import Fact
from orchestrator.messages.pot import PotsApplied, PotsRead, PotsSeen, Room
from orchestrator.messages.question import Queried
from orchestrator.messages.reopening import Amending
from orchestrator.messages.settings import SeatModel, Settings
from orchestrator.messages.spend import Spend
from orchestrator.messages.terms import Terms
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import Digest, Elided, OfferId, RoleName
from orchestrator.messages.window import Window

__all__ = [
    "REPLY",
    "Completed",
    "Finish",
    "Granted",
    "Interrupted",
    "Opening",
    "Reply",
    "Reported",
    "Requested",
    "Ruled",
    "Seating",
    "Sought",
    "Unfroze",
    "Written",
]

Finish: TypeAlias = Literal["stop", "cut", "refused", "filtered", "empty"]
"""How an answer ended: of itself, at its bound of tokens, as the model declined, by the service's filter, or without a word."""


def _is_none(value: object) -> bool:
    return value is None


_Window = Annotated[Window | None, Field(exclude_if=_is_none)]


class Opening(Dated):
    """Somebody opened the session."""

    kind: Literal["opening"] = "opening"
    settings: Settings
    rooms: Elided[tuple[Room, ...]] = ()
    """What it may hold of its pots at most."""


class Requested(Dated):
    """A model is about to be asked: what it will be asked, and how much that may cost at most."""

    kind: Literal["requested"] = "requested"
    role: RoleName
    model: str
    request: Digest
    """Of all that is sent."""
    prompt: int
    """Tokens of the prompt, counted here."""
    reply: int
    """Tokens that the answer may have."""


class Written(Dated):
    """A model wrote."""

    kind: Literal["written"] = "written"
    role: RoleName
    model: str
    text: str
    """What it wrote, cut after the bound of a draft."""
    size: int
    """Characters that it wrote."""
    usage: Usage
    began: AwareDatetime
    finish: Annotated[Finish, Field(exclude_if="stop".__eq__)] = "stop"
    tries: Annotated[tuple[Try, ...], Field(exclude_if=not_)] = ()
    """Those that failed before it."""
    window: _Window = None
    """Who held how much of the window that the model wrote from."""


class Sought(Dated):
    """An approver was asked and has not answered yet."""

    kind: Literal["sought"] = "sought"
    gate: str


class Ruled(Dated):
    """An approver answered about exactly one offer."""

    kind: Literal["ruled"] = "ruled"
    gate: str
    by: str
    approved: bool
    offer: OfferId
    digest: Digest
    note: str = ""
    beforehand: bool = False
    leave: Elided[str] = ""
    """The leave by which it was approved, where it was by one."""


class Reported(Dated):
    """A fact has a new value."""

    kind: Literal["reported"] = "reported"
    fact: Fact
    by: str
    live: Elided[str] = ""
    """The successor of an agreement that is being negotiated while it hears of this: it is not reopened a second time."""


class Interrupted(Dated):
    """The driver stopped before the session was over."""

    kind: Literal["interrupted"] = "interrupted"
    why: str
    tries: tuple[Try, ...] | None = None
    """The failed calls that it comes from; None where nobody knows what became of a request."""
    seat: Annotated[RoleName | None, Field(exclude_if=_is_none)] = None
    """The seat whose person left in good order: the session waits for them."""


class Granted(Dated):
    """Somebody allowed more to be spent."""

    kind: Literal["granted"] = "granted"
    spend: Spend
    role: RoleName | None = None
    """Whose bounds they are; None for those of the session."""
    by: str = ""


class Seating(Dated):
    """Somebody else writes for a role from now on: a person took its seat, or gave it back."""

    kind: Literal["seating"] = "seating"
    seat: SeatModel
    by: str = ""


class Unfroze(Dated):
    """A person said what becomes of a frozen session."""

    kind: Literal["unfroze"] = "unfroze"
    by: str
    goes_on: bool
    note: Elided[str] = ""


class Completed(Dated):
    """A solver looked for a whole plan with the terms of a partial offer."""

    kind: Literal["completed"] = "completed"
    offer: OfferId
    terms: Elided[Terms] = ()
    """Of the plan; empty where there is none."""
    rules: Elided[tuple[str, ...]] = ()
    """Where there is none: the names of rules that together leave no room, as far as all may know them."""
    says: Elided[str] = ""


Reply = Annotated[
    Opening
    | Requested
    | Written
    | Sought
    | Ruled
    | Revised
    | Queried
    | Founded
    | Allowed
    | Revoked
    | Used
    | Elapsed
    | Reported
    | Interrupted
    | Granted
    | Seating
    | Unfroze
    | Completed
    | Amending
    | Cancelled
    | PotsRead
    | PotsSeen
    | PotsApplied,
    Field(discriminator="kind"),
]

REPLY: TypeAdapter[Reply] = TypeAdapter(Reply, config=ConfigDict(defer_build=True))
"""Parses and writes replies as JSON."""
