"""What happened in a session that no single turn holds? Offers settling and falling, gates, facts and bounds, as moments."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.messages.entry import Entry
from orchestrator.messages.event import (
    Agreed,
    Approved,
    Asked,
    Denied,
    Event,
    FactChanged,
    Fell,
    GateReached,
    Lapsed,
    Settled,
    SpendRaised,
    Stopped,
    Unsettled,
)
from orchestrator.report.telemetry import names
from orchestrator.report.telemetry.span import Attributes, Moment

__all__ = ["happenings"]


def happenings(entry: Entry) -> Iterator[Moment]:
    """Yield the moments of an entry's events. They hold names, digests and bounds, never terms or words."""
    for event in entry.events:
        attributes = _told(event)
        if attributes is not None:
            yield Moment(at=entry.reply.at, name=names.happened(event.kind), attributes=attributes)


def _told(event: Event) -> Attributes | None:  # noqa: C901, PLR0911 - one line for each event
    match event:
        case Settled() | Agreed():
            return {names.OFFER: event.offer, names.DIGEST: event.digest}
        case Unsettled():
            return {names.OFFER: event.offer}
        case GateReached():
            return {names.GATE: event.gate, names.OFFER: event.offer, names.DIGEST: event.digest}
        case Asked():
            return {names.GATE: event.gate}
        case Approved() | Denied():
            return {names.GATE: event.ruling.gate, names.OFFER: event.ruling.offer}
        case Fell():
            return {names.OFFER: event.fall.offer, names.WHY: event.fall.why}
        case FactChanged():
            return {names.FACT: event.fact.name}
        case Stopped():
            return {names.AGENT_NAME: event.role, names.BOUND: event.bound}
        case Lapsed():
            return {names.AGENT_NAME: event.role}
        case SpendRaised():
            return {} if event.role is None else {names.AGENT_NAME: event.role}
        case _:
            return None
