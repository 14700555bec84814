"""How is what happened recorded? As entries, each with the digest of the one before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orchestrator.errors import ChainBroken
from orchestrator.messages.counter import Revised
from orchestrator.messages.digest import sha256
from orchestrator.messages.elapsed import Elapsed
from orchestrator.messages.event import EVENTS, Ended, Event, Stopped
from orchestrator.messages.leave import Allowed, Founded, Revoked, Used
from orchestrator.messages.pot import PotsApplied
from orchestrator.messages.reopening import Learned, PotsKnown, Reopened
from orchestrator.messages.reply import REPLY, Interrupted, Reply, Ruled, Sought
from orchestrator.messages.step import Froze, Thawed
from orchestrator.messages.value import Digest, SessionId

__all__ = ["FIRST_PARENT", "Entry", "Row", "Sign", "digest_of_cells", "needs_signature", "read_row", "row_of", "seal"]

FIRST_PARENT = Digest("0" * 64)
"""Stands where a session's first entry would name the digest of its parent."""

Sign = Callable[[Digest], str]
"""Returns the Ed25519 signature of a digest in hexadecimal."""


_SIGNED_REPLIES: frozenset[type[Reply]] = frozenset(
    (Sought, Ruled, Revised, Founded, Allowed, Revoked, Used, Elapsed, Interrupted, PotsApplied)
)
_SIGNED_EVENTS: frozenset[type[Event]] = frozenset((Ended, Stopped, Froze, Thawed, Learned, PotsKnown, Reopened))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A reply, the events that were decided from it, and its place in the chain."""

    session: SessionId
    seq: int
    """Counted from 0 in each session."""
    parent: Digest
    reply: Reply
    events: tuple[Event, ...]
    digest: Digest
    """Over the session, the place, the parent, and the exact text of reply and events."""
    reply_json: str
    events_json: str

    @property
    def at(self) -> str:
        """Return when the reply came, as ISO text."""
        return self.reply.at.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry as it is stored. Each field is covered by the digest, is the digest, or signs it."""

    session: str
    seq: int
    at: str
    parent: str
    reply: str
    events: str
    digest: str
    signature: str
    """Ed25519 over the digest, in hexadecimal; empty where the entry needs none."""


def seal(session: SessionId, seq: int, parent: Digest, reply: Reply, events: tuple[Event, ...]) -> Entry:
    """Return the entry with its digest."""
    reply_json = REPLY.dump_json(reply, exclude_none=True).decode()
    events_json = EVENTS.dump_json(events, exclude_none=True).decode()
    return Entry(
        session=session,
        seq=seq,
        parent=parent,
        reply=reply,
        events=events,
        digest=digest_of_cells(session, seq, reply.at.isoformat(), parent, reply_json, events_json),
        reply_json=reply_json,
        events_json=events_json,
    )


def needs_signature(entry: Entry) -> bool:
    """Return whether the chain's head is signed here: it ended, parked, was interrupted or ruled on, or learned more since.

    So is each entry of a chain that is no session.
    """
    return type(entry.reply) in _SIGNED_REPLIES or not _SIGNED_EVENTS.isdisjoint(map(type, entry.events))


def row_of(entry: Entry, sign: Sign) -> Row:
    """Return what is stored for an entry."""
    return Row(
        session=entry.session,
        seq=entry.seq,
        at=entry.at,
        parent=entry.parent,
        reply=entry.reply_json,
        events=entry.events_json,
        digest=entry.digest,
        signature=sign(entry.digest) if needs_signature(entry) else "",
    )


def read_row(row: Row) -> Entry:
    """Return the entry of a row. Raises ChainBroken where the row is not what was written."""
    expected = digest_of_cells(row.session, row.seq, row.at, row.parent, row.reply, row.events)
    if row.digest != expected:
        raise ChainBroken(row.session, row.seq, "its content does not have its digest")
    try:
        reply, events = REPLY.validate_json(row.reply), EVENTS.validate_json(row.events)
    except ValueError as error:
        raise ChainBroken(row.session, row.seq, "is no entry that this version of handfast knows") from error
    if reply.at.isoformat() != row.at:
        raise ChainBroken(row.session, row.seq, "its time is not that of its reply")
    return Entry(
        session=SessionId(row.session),
        seq=row.seq,
        parent=Digest(row.parent),
        reply=reply,
        events=events,
        digest=expected,
        reply_json=row.reply,
        events_json=row.events,
    )


def digest_of_cells(*cells: str | int) -> Digest:
    """Return SHA-256 over the cells, each as UTF-8 behind its length in bytes, so that no other cells give the same bytes."""
    texts = [str(cell).encode("utf-8", "surrogatepass") for cell in cells]
    return sha256(b"".join(b"%d:%b" % (len(text), text) for text in texts))
