"""What state is a session in, and how does each event change its phase? The state and the table of transitions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Unpack

from orchestrator.engine.account import Account, RoleTokens
from orchestrator.engine.aftermath import NO_AFTERMATH, Aftermath
from orchestrator.engine.changes import Changes, Due, Heeded, Phase
from orchestrator.engine.course import FRESH, Course
from orchestrator.messages.counter import Countered
from orchestrator.messages.entry import FIRST_PARENT
from orchestrator.messages.event import Reason, Reserved, Status
from orchestrator.messages.finding import Finding
from orchestrator.messages.gate import Gate
from orchestrator.messages.move import Backing, Fall, Move, Offer, Ruling
from orchestrator.messages.negotiation import Fact, Fallback, Role, Stop
from orchestrator.messages.pot import Pledged, Room
from orchestrator.messages.question import Questioned
from orchestrator.messages.settings import PERSON, SeatModel, Settings
from orchestrator.messages.spend import NO_BOUNDS
from orchestrator.messages.terms import Terms
from orchestrator.messages.trackrecord import TrackRecord
from orchestrator.messages.value import Digest, IssueName, OfferId, RoleName, SessionId
from orchestrator.messages.view import Agenda, agenda_of

__all__ = ["TRANSITIONS", "Session", "fresh"]

_TAKEN_IN: tuple[Phase, ...] = ("asking", "repairing", "falling_back", "stopped", "frozen", "approving")
"""Phases in which a person may take a seat, or give it back; nothing else changes by it."""

_ENDED_IN: tuple[Phase, ...] = ("asking", "repairing", "falling_back", "stopped", "frozen", "agreed")

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
    ("asking", "countered"): "asking",
    ("asking", "froze"): "frozen",
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
    ("approving", "questioned"): "approving",
    ("approving", "reserved"): "approving",
    ("approving", "lapsed"): "approving",
    ("approving", "heard"): "approving",
    ("approving", "explained"): "approving",
    ("approving", "denied"): "approving",
    ("approving", "unsettled"): "asking",
    ("approving", "fact_changed"): "approving",
    ("approving", "fell"): "approving",
    ("approving", "spend_raised"): "approving",
    ("approving", "agreed"): "agreed",
    **{(phase, "ended"): "over" for phase in _ENDED_IN},
    ("over", "learned"): "over",
    ("over", "pots_known"): "over",
    ("over", "reopened"): "over",
    **{(phase, "seated"): phase for phase in _TAKEN_IN},
    **{(phase, "room_known"): phase for phase in ("opening", *_TAKEN_IN)},
    **{(phase, "pledged"): phase for phase in (*_TAKEN_IN, "agreed")},
}
"""Every change of phase, by phase and kind of event."""


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
    dues: tuple[Due, ...] = ()
    """Of the gates that were asked and are answered by time if by nobody else."""
    counters: tuple[Countered, ...] = ()
    """What approvers asked for, as long as no fact has changed since: their approval of it holds while it stands."""
    question: Questioned | None = None
    """What an approver has asked a role, until it has answered."""
    latest: datetime | None = None
    """The latest time that any reply has named; a clock that is set back does not take it back."""
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
    rooms: tuple[Room, ...] = ()
    """How much of each shared pot it may hold, as it last heard."""
    pledges: tuple[Pledged, ...] = ()
    """What it holds of each; a pot that it never held anything of is not there."""
    aftermath: Aftermath = NO_AFTERMATH
    """What became of its agreement."""
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
        return tuple([seat.role for seat in self.seats if seat.model.startswith(PERSON)])

    @property
    def issue_names(self) -> frozenset[IssueName]:
        """Return the names of all issues."""
        return self.agenda.open_names

    def offer(self, offer: OfferId | None) -> Offer | None:
        """Return the standing offer of that id, or None."""
        return next((standing for standing in self.offers if standing.id == offer), None)

    @property
    def unruled(self) -> tuple[Gate, ...]:
        """Return the gates that the settled offer has yet to pass, each with those who may still rule, in the file's order."""
        here = [(ruling.gate, ruling.by) for ruling in self.rulings if ruling.offer == self.settled]
        reached = (gate for gate in self.agenda.gates if gate.id in self.gates)
        left = (gate.without([by for at, by in here if at == gate.id]) for gate in reached)
        return tuple(gate for gate in left if gate is not None)

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
