"""How has a role behaved so far? Counts from the journal that rules may ask for: `record.refused > 3`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orchestrator.messages.value import RoleName

__all__ = ["RECORD_FIELDS", "TrackRecord", "called", "record_values"]

RECORD_FIELDS = ("offers", "kept", "withdrawn", "refused", "floods")
"""What a record counts, in the order in which people are shown it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """What a role did in a session, in figures that the journal proves."""

    role: RoleName
    offers: int = 0
    """Offers that it tabled."""
    kept: int = 0
    """Of them, those that it let stand until something else than itself ended them: agreed, rejected, expired, denied."""
    withdrawn: int = 0
    """Of them, those that it took back."""
    refused: int = 0
    """Drafts that the guards refused."""
    floods: int = 0
    """Messages that the monitor flagged."""


def record_values(records: Iterable[TrackRecord], sender: RoleName) -> Mapping[str, float]:
    """Return what rules may ask for: `record.FIELD` of the sender, and `records.ROLE.FIELD` of everybody.

    A sender of whom there is no record, such as the agreement of before, has done nothing.
    """
    own = TrackRecord(role=sender)
    values: dict[str, float] = {}
    for record in records:
        own = record if record.role == sender else own
        values.update({f"records.{called(record.role)}.{name}": count for name, count in _counts(record)})
    values.update({f"record.{name}": count for name, count in _counts(own)})
    return values


def called(role: str) -> str:
    """Return the name of a role as rules write it, where a hyphen would be a minus."""
    return role.replace("-", "_")


def _counts(record: TrackRecord) -> tuple[tuple[str, float], ...]:
    counts = (record.offers, record.kept, record.withdrawn, record.refused, record.floods)
    return tuple(zip(RECORD_FIELDS, map(float, counts), strict=True))
