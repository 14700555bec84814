"""How does each event change what is known of a role's conduct? Counted once, as it happens."""

from __future__ import annotations

from dataclasses import replace

from orchestrator.messages.event import Agreed, Event, Fell, Refused, Tabled
from orchestrator.messages.move import Move, Offer
from orchestrator.messages.trackrecord import TrackRecord
from orchestrator.messages.value import RoleName

__all__ = ["recorded"]


def recorded(records: tuple[TrackRecord, ...], offers: tuple[Offer, ...], event: Event) -> tuple[TrackRecord, ...]:
    """Return the records after an event; `offers` are those that stood before it. A stand-in counts as the role."""
    match event:
        case Tabled():
            return _moved(records, event.move)
        case Refused():
            return tuple(replace(each, refused=each.refused + 1) if each.role == event.role else each for each in records)
        case Fell():
            return _fell(records, event.fall.sender, event.fall.why)
        case Agreed():
            sender = next((offer.sender for offer in offers if offer.id == event.offer), None)
            return tuple(replace(each, kept=each.kept + 1) if each.role == sender else each for each in records)
        case _:
            return records


def _moved(records: tuple[TrackRecord, ...], move: Move) -> tuple[TrackRecord, ...]:
    offers, floods = move.act == "propose", move.suspicion is not None
    if not offers and not floods:
        return records
    return tuple(
        replace(each, offers=each.offers + offers, floods=each.floods + floods) if each.role == move.sender else each
        for each in records
    )


def _fell(records: tuple[TrackRecord, ...], sender: RoleName, why: str) -> tuple[TrackRecord, ...]:
    if why == "superseded":
        return records
    taken_back = why == "withdrawn"
    return tuple(
        replace(each, withdrawn=each.withdrawn + taken_back, kept=each.kept + (not taken_back)) if each.role == sender else each
        for each in records
    )
