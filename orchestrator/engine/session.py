"""What state is a session in, and how does each event change its phase? The state and the table of transitions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypedDict, Unpack

from orchestrator.engine.account import Account, RoleTokens
from orchestrator.engine.course import FRESH, Course
from orchestrator.messages.entry import FIRST_PARENT
from orchestrator.messages.event import Reason, Reserved, Status
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Backing, Fall, Move, Offer, Ruling
from orchestrator.messages.negotiation import Fact, Fallback, Gate, Role, Stop
from orchestrator.messages.settings import SeatModel, Settings
from orchestrator.messages.spend import NO_BOUNDS
from orchestrator.messages.suspicion import Memory
from orchestrator.messages.terms import Terms
from orchestrator.messages.trackrecord import TrackRecord
from orchestrator.messages.value import Digest, IssueName, OfferId, RoleName, SessionId
from orchestrator.messages.view import Agenda, agenda_of

__all__ = ["TRANSITIONS", "Changes", "Heeded", "Phase", "Session", "fresh"]

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

_TAKEN_IN: tuple[Phase, ...] = ("asking", "repairing", "falling_back", "stopped", "frozen", "approving")
"""Phases in which a person may take a seat, or give it back; nothing else changes by it."""

TRANSITIONS: dict[tuple[Phase, str], Phase] = {
    ("opening", "opened"): "asking",
    ("asking", "reserved"): "asking",
    ("asking", "lapsed"): "asking",
    ("asking", "stopped"): "stopped",
    ("asking", "spend_raised"): "asking",
    ("asking", "heard"): "asking",
    ("asking", "tabled"): "asking",
    ("asking", "refused"): "repairing",
    ("asking", "fell"): "asking",
    ("asking", "fact_changed"): "asking",
    ("asking", "settled"): "settled",
    ("asking", "stepped"): "asking",
    ("asking", "placed"): "asking",
    ("asking", "refuted"): "asking",
    ("asking", "froze"): "frozen",
    ("asking", "ended"): "over",
    ("repairing", "reserved"): "repairing",
    ("repairing", "lapsed"): "repairing",
    ("repairing", "spend_raised"): "repairing",
    ("repairing", "stopped"): "stopped",
    ("repairing", "heard"): "repairing",
    ("repairing", "tabled"): "asking",
    ("repairing", "refused"): "repairing",
    ("repairing", "fell_back"): "falling_back",
    ("repairing", "fell"): "repairing",
    ("repairing", "fact_changed"): "repairing",
    ("falling_back", "spend_raised"): "falling_back",
    ("falling_back", "heard"): "falling_back",
    ("falling_back", "tabled"): "asking",
    ("falling_back", "refused"): "falling_back",
    ("falling_back", "held"): "asking",
    ("falling_back", "ended"): "over",
    ("falling_back", "fell"): "falling_back",
    ("falling_back", "fact_changed"): "falling_back",
    ("stopped", "spend_raised"): "asking",
    ("stopped", "fell"): "stopped",
    ("stopped", "fact_changed"): "stopped",
    ("frozen", "spend_raised"): "frozen",
    ("frozen", "fell"): "frozen",
    ("frozen", "fact_changed"): "frozen",
    ("frozen", "thawed"): "asking",
    ("settled", "gate_reached"): "approving",
    ("settled", "agreed"): "agreed",
    ("settled", "unsettled"): "asking",
    ("approving", "gate_reached"): "approving",
    ("approving", "asked"): "approving",
    ("approving", "approved"): "approving",
    ("approving", "denied"): "approving",
    ("approving", "unsettled"): "asking",
    ("approving", "fact_changed"): "approving",
    ("approving", "fell"): "approving",
    ("approving", "spend_raised"): "approving",
    ("approving", "agreed"): "agreed",
    ("agreed", "ended"): "over",
    **{(phase, "seated"): phase for phase in _TAKEN_IN},
}
"""Every change of phase, by phase and kind of event."""


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
    heeded: tuple[Heeded, ...]


@dataclass(frozen=True, kw_only=True)
class Session:
    """The fold of a session's journal.

    It has no slots, unlike other records: every event makes a new session, and copying a dictionary takes a tenth of the
    time that `dataclasses.replace` takes over thirty fields.
    """

    settings: Settings
    agenda: Agenda
    roles: tuple[Role, ...]
    phase: Phase = "opening"
    seq: int = 0
    """Of the next entry."""
    head: Digest = FIRST_PARENT
    """Digest of the last entry."""
    turn: int = 0
    """Counted from 0; the role `turn % len(roles)` is to speak."""
    attempt: int = 0
    fallback: Fallback | None = None
    """What acts in this turn instead of the role's model."""
    findings: tuple[Finding, ...] = ()
    """Why the last draft of this turn was refused."""
    facts: tuple[Fact, ...] = ()
    moves: tuple[Move, ...] = ()
    entries: tuple[int, ...] = ()
    """For each move, the place of the entry that holds it."""
    times: tuple[int, ...] = ()
    """For each move, the milliseconds that were driven before it was tabled."""
    remarks: tuple[tuple[RoleName, tuple[Finding, ...]], ...] = ()
    """Why the last words of a role did not reach the others as they were written."""
    offers: tuple[Offer, ...] = ()
    """Those that stand, oldest first."""
    backing: tuple[Backing, ...] = ()
    falls: tuple[Fall, ...] = ()
    proposals: tuple[Move, ...] = ()
    """The last one of each role, whatever became of it."""
    changed_turn: int = 0
    """The turn before which a proposal last differed from its sender's one before, or an offer last fell to news."""
    settled: OfferId | None = None
    gates: tuple[str, ...] = ()
    """Those that the settled offer must pass."""
    asked: tuple[str, ...] = ()
    """Those of them whose approvers were asked."""
    rulings: tuple[Ruling, ...] = ()
    tokens: tuple[RoleTokens, ...] = ()
    accounts: tuple[Account, ...] = ()
    """That of the session, then one for each role."""
    request: Reserved | None = None
    """The call that may be made and has not been answered."""
    refusals: int = 0
    millis: int = 0
    """Time in which the session was driven, from the replies' own times."""
    thought: int = 0
    """How much of it people took to write: their time ends no talk."""
    seats: tuple[SeatModel, ...] = ()
    """Who writes for which role now, where the opening names it."""
    records: tuple[TrackRecord, ...] = ()
    terms: Terms = ()
    """Those that bind, once agreed."""
    digest: Digest | None = None
    backers: tuple[RoleName, ...] = ()
    status: Status | None = None
    reason: Reason | None = None
    bound: str = ""
    """Which bound of spending stopped it, in words."""
    course: Course = FRESH
    """What its pattern and its breakers did."""
    heeded: tuple[Heeded, ...] = field(default=(), compare=False, repr=False)
    """Follows from the moves, and is kept so that the monitor hears none of them twice."""

    @property
    def id(self) -> SessionId:
        """Return the session's id."""
        return self.settings.session

    @property
    def stop(self) -> Stop:
        """Return when the talk ends without agreement."""
        return self.settings.negotiation.stop

    @property
    def round(self) -> int:
        """Return the round that the next turn belongs to, counted from 1."""
        return self.turn // len(self.roles) + 1

    @property
    def speaker(self) -> Role:
        """Return the role whose turn it is."""
        return self.roles[self.turn % len(self.roles)]

    def seat(self, role: RoleName) -> SeatModel | None:
        """Return who writes for a role now, where the opening names it."""
        return next((seat for seat in self.seats if seat.role == role), None)

    @property
    def people(self) -> tuple[RoleName, ...]:
        """Return the roles in whose seats people sit now."""
        return tuple(seat.role for seat in self.seats if seat.is_person)

    @property
    def issue_names(self) -> frozenset[IssueName]:
        """Return the names of all issues."""
        return self.agenda.open_names

    def offer(self, offer: OfferId | None) -> Offer | None:
        """Return the standing offer of that id, or None."""
        return next((standing for standing in self.offers if standing.id == offer), None)

    @property
    def unruled(self) -> tuple[Gate, ...]:
        """Return the gates of the settled offer that nobody has ruled on yet, in the order of the file."""
        ruled = {ruling.gate for ruling in self.rulings if ruling.offer == self.settled}
        return tuple(gate for gate in self.agenda.gates if gate.id in self.gates and gate.id not in ruled)

    def but(self, **changes: Unpack[Changes]) -> Session:
        """Return this session with some fields changed."""
        session = object.__new__(Session)
        session.__dict__.update(self.__dict__, **changes)
        return session

    def backers_of(self, offer: OfferId) -> tuple[RoleName, ...]:
        """Return who backs an offer now, in the order of the file."""
        backing = {entry.role for entry in self.backing if entry.offer == offer}
        return tuple(role.name for role in self.roles if role.name in backing)


def fresh(settings: Settings) -> Session:
    """Return the session that an opening begins."""
    negotiation = settings.negotiation
    return Session(
        settings=settings,
        agenda=agenda_of(negotiation),
        roles=negotiation.roles,
        facts=negotiation.facts,
        seats=settings.models,
        records=tuple(TrackRecord(role=role.name) for role in negotiation.roles),
        tokens=tuple(RoleTokens(role=role.name) for role in negotiation.roles),
        accounts=(
            Account(role=None, bounds=settings.spend.over(negotiation.spend or NO_BOUNDS)),
            *(Account(role=role.name, bounds=role.spend or NO_BOUNDS) for role in negotiation.roles),
        ),
    )
