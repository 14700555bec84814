"""What has each role shown so far? A fold over the moves and falls that all can see, from the eyes of one role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from orchestrator.messages.move import Fall, Move
from orchestrator.messages.utility import utility
from orchestrator.messages.value import OfferId, RoleName
from orchestrator.messages.view import View
from orchestrator.models.strategy.axes import OPEN, Outcome, outcome_of
from orchestrator.models.strategy.ground import Ground

__all__ = ["NOTHING", "Proposal", "Rebuff", "Record", "Seen", "recorded"]

_SPOILS = ("unfit", "rejected", "denied")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one role has proposed and backed."""

    opening: Outcome
    """Its first proposal: what it names there matters to it."""
    first: Outcome
    """Its first value for each issue that it ever named."""
    last: Outcome
    """Its last proposal."""
    backed: Outcome
    """What it proposed or accepted last."""
    tried: frozenset[Outcome]
    """All its proposals."""
    named: tuple[frozenset[int], ...]
    """For each issue all values that it ever named."""
    began: float | None
    """What its first complete proposal was worth to the role that looks."""
    best: float
    """What the best of its proposals was worth to the role that looks."""
    gates: frozenset[str] = frozenset()
    """Those that every complete proposal of its reached; none if it made no complete one."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal that was made, whether or not it stands."""

    offer: OfferId
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Rebuff:
    """An outcome that was turned down, and who did it or, where it fell as unfit, a role that did not back it."""

    outcome: Outcome
    role: RoleName


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The talk up to some move and some fall, folded."""

    moves: int = 0
    falls: int = 0
    upto: Move | None = None
    """The last move that it holds."""
    changed: int = 0
    """The turn of the last proposal that differs from its sender's one before."""
    seen: Mapping[RoleName, Seen] = field(default_factory=lambda: MappingProxyType({}))
    proposals: tuple[Proposal, ...] = ()
    rebuffs: tuple[Rebuff, ...] = ()
    """Outcomes that were rejected, denied, or fell as unfit: not to be tried again."""
    was_denied: bool = False
    """Whether an approver has said no."""


NOTHING = Record()


def recorded(view: View, ground: Ground, earlier: Record = NOTHING) -> Record:
    """Return the record of all that the view shows. An earlier one of the same talk saves reading it from the start."""
    if not _continues(view, earlier):
        earlier = NOTHING
    record = earlier
    for move in view.moves[earlier.moves :]:
        record = _with_move(record, move, ground)
    for fall in view.falls[earlier.falls :]:
        record = _with_fall(record, fall, view)
    return record


def _continues(view: View, earlier: Record) -> bool:
    if earlier.moves > len(view.moves) or earlier.falls > len(view.falls):
        return False
    return earlier.moves == 0 or view.moves[earlier.moves - 1] is earlier.upto


def _with_move(record: Record, move: Move, ground: Ground) -> Record:
    if move.act == "propose":
        return _with_proposal(record, move, ground)
    seen = record.seen.get(move.sender)
    if move.act == "accept" and seen is not None:
        backed = _proposal(record, move.offer)
        if backed is not None:
            seen = replace(seen, backed=backed.outcome)
            return replace(record, moves=record.moves + 1, upto=move, seen={**record.seen, move.sender: seen})
    return replace(record, moves=record.moves + 1, upto=move)


def _with_proposal(record: Record, move: Move, ground: Ground) -> Record:
    outcome = outcome_of(ground.axes, move.terms)
    worth = utility(ground.mandate, move.terms)
    gates = None if OPEN in outcome else ground.gates(outcome)
    before = record.seen.get(move.sender)
    seen = _beginning(outcome, worth, gates) if before is None else _going_on(before, outcome, worth, gates)
    return Record(
        moves=record.moves + 1,
        falls=record.falls,
        upto=move,
        changed=record.changed if before is not None and before.last == outcome else move.turn,
        seen={**record.seen, move.sender: seen},
        proposals=(*record.proposals, Proposal(move.id, outcome)),
        rebuffs=record.rebuffs,
        was_denied=record.was_denied,
    )


def _beginning(outcome: Outcome, worth: float, gates: frozenset[str] | None) -> Seen:
    return Seen(
        opening=outcome,
        first=outcome,
        last=outcome,
        backed=outcome,
        tried=frozenset((outcome,)),
        named=tuple(frozenset[int]() if place == OPEN else frozenset((place,)) for place in outcome),
        began=None if gates is None else worth,
        best=worth,
        gates=gates or frozenset(),
    )


def _going_on(seen: Seen, outcome: Outcome, worth: float, gates: frozenset[str] | None) -> Seen:
    return Seen(
        opening=seen.opening,
        first=tuple(place if first == OPEN else first for first, place in zip(seen.first, outcome, strict=True)),
        last=outcome,
        backed=outcome,
        tried=seen.tried | {outcome},
        named=tuple(
            places if place == OPEN or place in places else places | {place}
            for places, place in zip(seen.named, outcome, strict=True)
        ),
        began=worth if seen.began is None and gates is not None else seen.began,
        best=max(seen.best, worth),
        gates=seen.gates if gates is None else (gates if seen.began is None else seen.gates & gates),
    )


def _with_fall(record: Record, fall: Fall, view: View) -> Record:
    fallen = _proposal(record, fall.offer) if fall.why in _SPOILS else None
    by = _unwilling(fall, view) if fall.why == "unfit" else (RoleName(fall.by),)
    rebuffs = () if fallen is None else tuple(Rebuff(fallen.outcome, role) for role in by)
    was_denied = record.was_denied or fall.why == "denied"
    return replace(record, falls=record.falls + 1, rebuffs=(*record.rebuffs, *rebuffs), was_denied=was_denied)


def _unwilling(fall: Fall, view: View) -> tuple[RoleName, ...]:
    """Return the roles that did not back an offer when it fell; nobody by name where all did."""
    backed = {
        move.sender: move.id if move.act == "propose" else move.offer
        for move in view.moves
        if move.turn < fall.turn and move.act in ("propose", "accept")
    }
    return tuple(role for role in view.agenda.roles if backed.get(role) != fall.offer) or (RoleName(""),)


def _proposal(record: Record, offer: OfferId | None) -> Proposal | None:
    return next((proposal for proposal in reversed(record.proposals) if proposal.offer == offer), None)
