"""What can change in a session? Its fields, by name and type, and the phases that it goes through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, TypedDict

from orchestrator.engine.account import Account, RoleTokens
from orchestrator.engine.aftermath import Aftermath
from orchestrator.engine.course import Course
from orchestrator.messages.counter import Countered
from orchestrator.messages.event import Reason, Reserved, Status
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Backing, Fall, Move, Offer, Ruling
from orchestrator.messages.negotiation import Fact, Fallback
from orchestrator.messages.pot import Pledged, Room
from orchestrator.messages.question import Questioned
from orchestrator.messages.settings import SeatModel
from orchestrator.messages.suspicion import Memory
from orchestrator.messages.terms import Terms
from orchestrator.messages.trackrecord import TrackRecord
from orchestrator.messages.value import Digest, OfferId, RoleName

__all__ = ["Changes", "Due", "Heeded", "Phase"]

Phase: TypeAlias = Literal[
    "opening",
    "asking",
    "repairing",
    "falling_back",
    "stopped",
    "frozen",
    "settled",
    "approving",
    "agreed",
    "over",
    "impossible",
]
"""`impossible` is where an event leads that has no row in the table; deciding never gets there."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a gate that waits is answered by time, with no."""

    gate: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Heeded:
    """What the monitor remembers of a role after some of the session's moves."""

    role: RoleName
    moves: int
    tokens: int
    """Of the words that it heard of the role."""
    memory: Memory


class Changes(TypedDict, total=False):
    """The fields of a session that events change."""

    phase: Phase
    seq: int
    head: Digest
    turn: int
    attempt: int
    fallback: Fallback | None
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...]
    moves: tuple[Move, ...]
    entries: tuple[int, ...]
    times: tuple[int, ...]
    remarks: tuple[tuple[RoleName, tuple[Finding, ...]], ...]
    offers: tuple[Offer, ...]
    backing: tuple[Backing, ...]
    falls: tuple[Fall, ...]
    proposals: tuple[Move, ...]
    changed_turn: int
    settled: OfferId | None
    gates: tuple[str, ...]
    asked: tuple[str, ...]
    rulings: tuple[Ruling, ...]
    dues: tuple[Due, ...]
    counters: tuple[Countered, ...]
    question: Questioned | None
    latest: datetime
    tokens: tuple[RoleTokens, ...]
    accounts: tuple[Account, ...]
    request: Reserved | None
    refusals: int
    millis: int
    thought: int
    seats: tuple[SeatModel, ...]
    records: tuple[TrackRecord, ...]
    terms: Terms
    digest: Digest | None
    backers: tuple[RoleName, ...]
    status: Status | None
    reason: Reason | None
    bound: str
    course: Course
    rooms: tuple[Room, ...]
    pledges: tuple[Pledged, ...]
    aftermath: Aftermath
    heeded: tuple[Heeded, ...]
