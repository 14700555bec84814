"""What may somebody ask of whoever holds a journal? Commands, which any door hands over, and what is answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue, TypeAdapter

from orchestrator.messages.leave import Leave
from orchestrator.messages.pot import Pot
from orchestrator.messages.settings import Settings
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import Digest, OfferId, RoleName, SessionId, Value

__all__ = [
    "COMMAND",
    "Allow",
    "Answered",
    "Cancel",
    "Command",
    "Query",
    "Revise",
    "Revoke",
    "Rule",
    "SizePots",
    "Submit",
    "Tell",
    "Unfreeze",
    "Watch",
]


class Submit(Value):
    """Open a session with these settings; the holder's key takes the place of theirs."""

    kind: Literal["submit"] = "submit"
    settings: Settings


class Rule(Value):
    """Approve or deny at a gate, about exactly the offer that was shown."""

    kind: Literal["rule"] = "rule"
    session: SessionId
    gate: str
    by: str
    approved: bool
    offer: OfferId
    digest: Digest
    """Of the terms that were shown. Refused where another offer waits by now."""
    note: str = ""


class Revise(Value):
    """Deny the offer that was shown, and ask for other terms in its place, which the one who asks would approve."""

    kind: Literal["revise"] = "revise"
    session: SessionId
    gate: str
    by: str
    offer: OfferId
    digest: Digest
    terms: Terms
    note: str = ""


class Query(Value):
    """Ask a role about the offer that waits at a gate."""

    kind: Literal["query"] = "query"
    session: SessionId
    gate: str
    by: str
    question: str
    to: RoleName | None = None
    """Whose offer it is, where nobody is named."""


class Allow(Value):
    """Approve beforehand what will be agreed inside some terms, in sessions to come."""

    kind: Literal["allow"] = "allow"
    leave: Leave


class Revoke(Value):
    """Take such an approval back."""

    kind: Literal["revoke"] = "revoke"
    leave: str
    by: str
    note: str = ""


class Unfreeze(Value):
    """Say what becomes of a session that a breaker has frozen."""

    kind: Literal["unfreeze"] = "unfreeze"
    session: SessionId
    by: str
    goes_on: bool
    note: str = ""


class Cancel(Value):
    """Call a session off: it ends without agreement."""

    kind: Literal["cancel"] = "cancel"
    session: SessionId
    by: str
    why: str


class Tell(Value):
    """Give a fact a new value: in one session, or in all that know it and are live or agreed under triggers."""

    kind: Literal["tell"] = "tell"
    name: str
    value: str
    by: str
    source: str = ""
    """Where the value comes from; empty where it comes from where the old one came from."""
    session: SessionId | None = None
    negotiation: str = ""
    """Only in sessions of this negotiation, where it is named."""
    as_of: date | None = None
    """Today where none is given."""
    confidence: float | None = None
    """As it was where none is given."""


class SizePots(Value):
    """Put the sizes of shared pots into force."""

    kind: Literal["size_pots"] = "size_pots"
    pots: tuple[Pot, ...]
    file: str
    by: str


class Watch(Value):
    """Say what the holder does now."""

    kind: Literal["watch"] = "watch"


Command = Annotated[
    Submit | Rule | Revise | Query | Allow | Revoke | Unfreeze | Cancel | Tell | SizePots | Watch, Field(discriminator="kind")
]

COMMAND: TypeAdapter[Command] = TypeAdapter(Command, config=ConfigDict(defer_build=True))
"""Parses and writes commands as JSON."""


class Answered(Value):
    """What became of a command."""

    code: int = 0
    """As an exit code: 0 where it was done, 2 where it cannot be done as asked, 6 where the world failed."""
    says: str
    """One line for a person."""
    hint: str = ""
    session: SessionId | None = None
    """The session that it was about."""
    data: JsonValue = None
    """What a program reads."""
