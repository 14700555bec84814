"""Has somebody given leave for this offer? Leaves of the journal: given, revoked, and taken once for each use."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from orchestrator import __version__
from orchestrator.engine.leaves import NO_LEAVES, Leaves, Standing, known, left, record, seen
from orchestrator.errors import Conflict, UsageError
from orchestrator.messages.approval import Answer, Approver
from orchestrator.messages.entry import read_row
from orchestrator.messages.gate import Gate
from orchestrator.messages.journal import Journal
from orchestrator.messages.leave import LEAVES, Allowed, Founded, Leave, LeaveReply, Revoked, Used
from orchestrator.messages.move import Offer
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import SessionId

__all__ = ["ByLeave", "LeaveBook", "new_leave_id"]

_TRIES = 50
"""Others may take the next place in the chain first, so often in a row at most."""
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_leave_id() -> str:
    """Return an id that no other leave has."""
    return "leave-" + "".join(secrets.choice(_ALPHABET) for _ in range(8))


class LeaveBook:
    """The leaves of a journal, read as far as they are written."""

    __slots__ = ("_journal", "_key", "_leaves")

    def __init__(self, journal: Journal, key: str = "") -> None:
        self._journal = journal
        self._key = key
        self._leaves = NO_LEAVES

    def read(self) -> Leaves:
        """Return the leaves as they are now. Raises ChainBroken where an entry was changed."""
        rows = self._journal.rows(LEAVES, self._leaves.seq - 1)
        self._leaves = seen(self._leaves, map(read_row, rows))
        return self._leaves

    async def allow(self, leave: Leave, at: datetime) -> None:
        """Put a leave on record."""
        await self._keep(lambda _: Allowed(at=at, leave=leave), at)

    async def revoke(self, leave: str, by: str, note: str, at: datetime) -> bool:
        """Take a leave back; return whether it was not before. Raises UsageError where it is another's, or none."""

        def revoked(leaves: Leaves) -> Revoked | None:
            found = known(leaves, leave)
            if found is None:
                raise UsageError(f"there is no leave {leave!r} in this journal", hint="'handfast approvals' lists them")
            if found.leave.by != by:
                raise UsageError(f"leave {leave!r} is of {found.leave.by!r}, and not of {by!r}")
            return None if found.revoked else Revoked(at=at, leave=leave, by=by, note=note)

        return await self._keep(revoked, at)

    async def use(self, used: Used, is_covered: Callable[[Leave], bool]) -> bool:
        """Take a use, unless it is taken for this very offer already; return whether the leave approves it.

        A leave that was revoked or has run out in the meantime approves nothing more, be it taken or not.
        """
        covers = False

        def taken(leaves: Leaves) -> Used | None:
            nonlocal covers
            found = known(leaves, used.leave)
            at = used.at if leaves.latest is None else max(used.at, leaves.latest)
            covers = found is not None and found.holds(at) and is_covered(found.leave)
            if found is None or not covers or found.is_used_by(used):
                return None
            covers = left(found) != 0
            return used if covers else None

        await self._keep(taken, used.at)
        return covers

    async def _keep(self, reply_for: Callable[[Leaves], LeaveReply | None], at: datetime) -> bool:
        """Append what the leaves of now ask for, at the place that is free; return whether there was anything."""
        for _ in range(_TRIES):
            leaves = self.read()
            reply = reply_for(leaves)
            if reply is None:
                return False
            first = Founded(at=at, key=self._key, version=__version__)
            try:
                await self._journal.append(record(leaves, reply if leaves.seq else first))
            except Conflict:
                continue
            if leaves.seq:
                return True
        raise Conflict(LEAVES, self._leaves.seq)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByLeave:
    """Answer from what was given beforehand for this session, then from a leave that covers exactly this offer."""

    first: Approver
    book: LeaveBook
    session: SessionId
    negotiation: str
    covers: Callable[[str, Terms], bool]
    """Whether an expression is true of terms; False where it cannot be decided."""
    asks_why: frozenset[str]
    """Gates that ask for a reason each time: no leave approves there."""
    clock: Callable[[], datetime]

    async def __call__(self, gate: Gate, offer: Offer, /) -> Answer | None:
        """Return the approval that somebody gave leave for; None where a person must be asked."""
        answer = await self.first(gate, offer)
        if answer is not None or gate.id in self.asks_why:
            return answer
        at = self.clock()
        for standing in self.book.read().all:
            leave = standing.leave
            if self._is_for(standing, gate, offer, at):
                used = Used(at=at, leave=leave.id, session=self.session, offer=offer.id, digest=offer.digest)
                if await self.book.use(used, lambda known: known.gate == gate.id):
                    return Answer(by=leave.by, approved=True, note=leave.note, beforehand=True, leave=leave.id)
        return None

    def _is_for(self, standing: Standing, gate: Gate, offer: Offer, at: datetime) -> bool:
        leave = standing.leave
        is_meant = leave.gate == gate.id and leave.by in gate.people and leave.negotiation in ("", self.negotiation)
        return is_meant and standing.holds(at) and self.covers(leave.when, offer.terms)
