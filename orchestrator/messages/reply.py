"""What can come back from the world? One record for each way in which a session is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field, TypeAdapter

from orchestrator.messages.negotiation import Fact
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import Digest, OfferId, RoleName, Value

__all__ = ["REPLY", "Interrupted", "Opening", "Reply", "Reported", "Ruled", "Sought", "Usage", "Written"]


class _Dated(Value):
    at: AwareDatetime
    """When it came, in UTC."""


class Opening(_Dated):
    """Somebody opened the session."""

    kind: Literal["opening"] = "opening"
    settings: Settings


class Usage(Value):
    """Tokens of one call."""

    prompt: int = 0
    reply: int = 0


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


Reply = Annotated[Opening | Written | Sought | Ruled | Reported | Interrupted, Field(discriminator="kind")]

REPLY: TypeAdapter[Reply] = TypeAdapter(Reply, config=ConfigDict(defer_build=True))
"""Parses and writes replies as JSON."""
