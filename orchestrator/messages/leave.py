"""What may a person approve before anybody asks, for sessions to come? Leaves: given, used, revoked, in a chain of their own.

The chain stands in the journal beside those of the sessions, under an id that no session can have. So it is appended,
digested, chained and signed as they are, by every store, and a place in it is given once: two sessions can't take one use.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from orchestrator.messages.dated import Dated
from orchestrator.messages.value import Digest, Elided, OfferId, SessionId, Value

__all__ = ["LEAVES", "Allowed", "Founded", "Leave", "LeaveReply", "Revoked", "Used", "is_book"]

LEAVES = SessionId("~approvals")
"""The chain of leaves. Ids that begin with `~` are of chains that are no sessions: lists of sessions leave them out."""


def is_book(session: str) -> bool:
    """Return whether an id is that of a book: a chain that is no session."""
    return session.startswith("~")


class Leave(Value):
    """An approval of whatever will be agreed inside these terms, until that time, so often."""

    id: str
    gate: str
    by: str
    when: str
    """A CEL expression over the issues, true of the terms that it approves."""
    until: AwareDatetime
    """The first instant at which it holds no more."""
    negotiation: Elided[str] = ""
    """The name of the negotiation that it is for; any, where it names none."""
    uses: Annotated[int | None, Field(exclude_if=lambda uses: uses is None)] = None
    """How many offers it may approve; any number where it names none."""
    note: Elided[str] = ""


class Founded(Dated):
    """Somebody gave the first leave of a journal: its chain begins."""

    kind: Literal["founded"] = "founded"
    key: str
    """The public half of the key that signs the chain."""
    version: str = ""
    """Of handfast."""


class Allowed(Dated):
    """A person gave leave."""

    kind: Literal["allowed"] = "allowed"
    leave: Leave


class Revoked(Dated):
    """The person took it back: from here on it approves nothing."""

    kind: Literal["revoked"] = "revoked"
    leave: str
    by: str
    note: Elided[str] = ""


class Used(Dated):
    """A session takes one use, before its approval is on record there."""

    kind: Literal["used"] = "used"
    leave: str
    session: SessionId
    offer: OfferId
    digest: Digest


LeaveReply = Founded | Allowed | Revoked | Used
