"""What would other rules have decided? Each recorded reply with what became of it, and what would have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from orchestrator.messages.counter import Countered
from orchestrator.messages.event import (
    Agreed,
    Approved,
    Asked,
    Denied,
    Ended,
    Event,
    FactChanged,
    Fell,
    FellBack,
    GateReached,
    Heard,
    Held,
    Lapsed,
    Opened,
    Refused,
    Reserved,
    Seated,
    Settled,
    SpendRaised,
    Stopped,
    Tabled,
    Unsettled,
)
from orchestrator.messages.finding import Finding
from orchestrator.messages.pot import Pledged, RoomKnown
from orchestrator.messages.question import AtGates, Explained, Questioned
from orchestrator.messages.reopening import Learned, PotsKnown, Reopened
from orchestrator.messages.step import Froze, Placed, Refuted, Stepped, Thawed
from orchestrator.messages.terms import exact
from orchestrator.report.clean import clean
from orchestrator.report.figures import ruled_by, short_id
from orchestrator.report.telling import finding_line

__all__ = ["became"]


def became(events: Sequence[Event]) -> tuple[str, ...]:
    """Return what became of a reply, a phrase for each event that somebody would notice."""
    return tuple(clean(phrase, 600) for event in events if (phrase := _phrase(event)))


def _phrase(event: Event) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each event
    match event:
        case Tabled():
            return _tabled(event)
        case Refused():
            return f"refused: {_reasons(event.findings)}"
        case FellBack():
            return f"fell back to {event.to}"
        case Fell():
            return f"{short_id(event.fall.offer)} fell: {event.fall.why}"
        case Stopped():
            return f"stopped: {event.bound}"
        case Ended():
            return f"ended: {event.status}, {event.reason}"
        case Stepped():
            return f"took the step {event.step.name}"
        case Placed():
            return f"placed {short_id(event.offer.id)} by the rules"
        case Refuted():
            return f"refuted {short_id(event.offer)}"
        case Froze():
            return f"froze: {event.why}"
        case Pledged():
            return f"holds {exact(event.held)} of {event.pot}"
        case RoomKnown() | PotsKnown():
            return ""
        case Thawed():
            return f"{'went on' if event.goes_on else 'ended'} by {event.by}"
        case _:
            return _towards_agreement(event)


_Closing: TypeAlias = (
    AtGates
    | Opened
    | Reserved
    | Lapsed
    | SpendRaised
    | Heard
    | Held
    | Settled
    | Unsettled
    | GateReached
    | Asked
    | Approved
    | Denied
    | FactChanged
    | Seated
    | Agreed
    | Learned
    | Reopened
)


def _towards_agreement(event: _Closing) -> str:  # noqa: C901, PLR0911 - one line for each event
    match event:
        case Settled() | Unsettled() | Agreed():
            return f"{event.kind} {short_id(event.offer)}"
        case Countered():
            return f"put {short_id(event.offer.id)} on the table as {event.by} asked"
        case Questioned():
            return f"asked {event.to} for {event.by}"
        case Explained():
            return f"let {event.role} answer{'' if event.text else f': {event.why}'}"
        case GateReached():
            return f"reached gate {event.gate} of {event.approver}"
        case Approved() | Denied():
            return f"{event.kind} at gate {event.ruling.gate} by {ruled_by(event.ruling)}"
        case Reopened():
            return f"reopened as {event.successor}"
        case FactChanged() | Learned():
            return f"fact {event.fact.name} became {event.fact.value}"
        case Seated():
            return f"{event.seat.role} is now written by {event.seat.model}"
        case Heard() | Reserved() | Asked():
            return ""
        case Opened() | Lapsed() | SpendRaised() | Held():
            return event.kind
        case _:
            assert_never(event)


def _tabled(event: Tabled) -> str:
    words = ", words withheld" if event.move.withheld else ""
    notes = f" ({_reasons(event.findings)})" if event.findings else ""
    return f"{event.move.act} tabled as {short_id(event.move.id)}{words}{notes}"


def _reasons(findings: tuple[Finding, ...]) -> str:
    return "; ".join(finding_line(finding) for finding in findings)
