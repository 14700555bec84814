"""Which leaves hold, and who used them? The fold of the chain of leaves, and the entry that comes next in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from orchestrator.errors import ChainBroken
from orchestrator.messages.entry import FIRST_PARENT, Entry, seal
from orchestrator.messages.leave import LEAVES, Allowed, Founded, Leave, LeaveReply, Revoked, Used
from orchestrator.messages.value import Digest

__all__ = ["NO_LEAVES", "Leaves", "Standing", "known", "left", "record", "seen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A leave and what became of it so far."""

    leave: Leave
    given: datetime
    revoked: Revoked | None = None
    uses: tuple[Used, ...] = ()

    def holds(self, at: datetime) -> bool:
        """Return whether it may approve anything at that time, as far as its uses go."""
        return self.revoked is None and at < self.leave.until

    def is_used_by(self, used: Used) -> bool:
        """Return whether this very use is on record already."""
        return any((one.session, one.offer, one.digest) == (used.session, used.offer, used.digest) for one in self.uses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaves:
    """All leaves of a journal, in the order in which they were given."""

    seq: int = 0
    head: Digest = FIRST_PARENT
    latest: datetime | None = None
    key: str = ""
    all: tuple[Standing, ...] = ()


NO_LEAVES = Leaves()


def seen(leaves: Leaves, entries: Iterable[Entry]) -> Leaves:
    """Return the leaves after more entries of their chain. Raises ChainBroken where they do not follow."""
    for entry in entries:
        if (entry.seq, entry.parent) != (leaves.seq, leaves.head):
            raise ChainBroken(entry.session, entry.seq, "does not follow the entry before it")
        leaves = _after(leaves, entry)
    return leaves


def known(leaves: Leaves, leave: str) -> Standing | None:
    """Return a leave with what became of it; None where there is none."""
    return next((each for each in leaves.all if each.leave.id == leave), None)


def left(standing: Standing) -> int | None:
    """Return how many offers it may yet approve; None where there is no bound."""
    return None if standing.leave.uses is None else max(0, standing.leave.uses - len(standing.uses))


def record(leaves: Leaves, reply: LeaveReply) -> Entry:
    """Return the next entry of the chain."""
    return seal(LEAVES, leaves.seq, leaves.head, reply, ())


def _after(leaves: Leaves, entry: Entry) -> Leaves:
    reply = entry.reply
    latest = reply.at if leaves.latest is None else max(leaves.latest, reply.at)
    leaves = replace(leaves, seq=entry.seq + 1, head=entry.digest, latest=latest)
    match reply:
        case Founded():
            return replace(leaves, key=reply.key)
        case Allowed():
            return replace(leaves, all=(*leaves.all, Standing(leave=reply.leave, given=reply.at)))
        case Revoked():
            return _with(leaves, reply.leave, reply)
        case Used():
            return _with(leaves, reply.leave, reply)
        case _:
            raise ChainBroken(entry.session, entry.seq, f"is of kind {reply.kind!r}, which has no place among leaves")


def _with(leaves: Leaves, leave: str, reply: Revoked | Used) -> Leaves:
    def told(each: Standing) -> Standing:
        if each.leave.id != leave:
            return each
        if isinstance(reply, Revoked):
            return replace(each, revoked=each.revoked or reply)
        return replace(each, uses=(*each.uses, reply))

    return replace(leaves, all=tuple(map(told, leaves.all)))
