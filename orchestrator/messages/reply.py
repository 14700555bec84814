"""What can come back from the world? One record for each way in which a session is answered."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, ConfigDict, Field, TypeAdapter

from orchestrator.errors import Try
from orchestrator.messages.negotiation import Fact
from orchestrator.messages.settings import SeatModel, Settings
from orchestrator.messages.spend import Spend
from orchestrator.messages.terms import Terms
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import Digest, Elided, OfferId, RoleName, Value
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


def _is_usual(value: object) -> bool:
    """Return whether a value goes without saying: most entries have it, and are kept small without it."""
    return value in ("stop", ())


def _is_none(value: object) -> bool:
    return value is None


_Window = Annotated[Window | None, Field(exclude_if=_is_none)]


class _Dated(Value):
    at: AwareDatetime
    """When it came, in UTC."""


class Opening(_Dated):
    """Somebody opened the session."""

    kind: Literal["opening"] = "opening"
    settings: Settings


class Requested(_Dated):
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


class Written(_Dated):
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
    finish: Annotated[Finish, Field(exclude_if=_is_usual)] = "stop"
    tries: Annotated[tuple[Try, ...], Field(exclude_if=_is_usual)] = ()
    """Those that failed before it."""
    window: _Window = None
    """Who held how much of the window that the model wrote from."""


class Sought(_Dated):
    """An approver was asked and has not answered yet."""

    kind: Literal["sought"] = "sought"
    gate: str


class Ruled(_Dated):
    """An approver answered about exactly one offer."""

    kind: Literal["ruled"] = "ruled"
    gate: str
    by: str
    approved: bool
    offer: OfferId
    digest: Digest
    note: str = ""
    beforehand: bool = False


class Reported(_Dated):
    """A fact has a new value."""

    kind: Literal["reported"] = "reported"
    fact: Fact
    by: str


class Interrupted(_Dated):
    """The driver stopped before the session was over."""

    kind: Literal["interrupted"] = "interrupted"
    why: str
    tries: tuple[Try, ...] | None = None
    """The failed calls that it comes from; None where nobody knows what became of a request."""
    seat: Annotated[RoleName | None, Field(exclude_if=_is_none)] = None
    """The seat whose person left in good order: the session waits for them."""


class Granted(_Dated):
    """Somebody allowed more to be spent."""

    kind: Literal["granted"] = "granted"
    spend: Spend
    role: RoleName | None = None
    """Whose bounds they are; None for those of the session."""
    by: str = ""


class Seating(_Dated):
    """Somebody else writes for a role from now on: a person took its seat, or gave it back."""

    kind: Literal["seating"] = "seating"
    seat: SeatModel
    by: str = ""


class Unfroze(_Dated):
    """A person said what becomes of a frozen session."""

    kind: Literal["unfroze"] = "unfroze"
    by: str
    goes_on: bool
    note: Elided[str] = ""


class Completed(_Dated):
    """A solver looked for a whole plan with the terms of a partial offer."""

    kind: Literal["completed"] = "completed"
    offer: OfferId
    terms: Elided[Terms] = ()
    """Of the plan; empty where there is none."""
    rules: Elided[tuple[str, ...]] = ()
    """Where there is none: the names of rules that together leave no room, as far as all may know them."""
    says: Elided[str] = ""


Reply = Annotated[
    Opening | Requested | Written | Sought | Ruled | Reported | Interrupted | Granted | Seating | Unfroze | Completed,
    Field(discriminator="kind"),
]

REPLY: TypeAdapter[Reply] = TypeAdapter(Reply, config=ConfigDict(defer_build=True))
"""Parses and writes replies as JSON."""
