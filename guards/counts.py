"""What does a rule ask of the roles' records? `record.refused` of who made the offer, `records.buyer.kept` of a role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guards.rulesource import paths_in
from orchestrator.messages.draft import Draft
from orchestrator.messages.negotiation import Issue
from orchestrator.messages.trackrecord import RECORD_FIELDS, called, record_values
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["counts_in", "counts_of", "known_counts"]

_HEADS = ("record", "records")


def counts_in(source: str, issues: tuple[Issue, ...], roles: tuple[RoleName, ...]) -> frozenset[str]:
    """Return what a rule asks of records, as far as there is such a count. An issue of that name is meant itself."""
    if "record" not in source or any(issue.name in _HEADS for issue in issues):
        return frozenset()
    return paths_in(source) & frozenset(known_counts(roles))


def known_counts(roles: Iterable[RoleName]) -> tuple[str, ...]:
    """Return all that rules may ask of records."""
    named = (f"records.{called(role)}" for role in roles)
    return tuple(f"{head}.{field}" for head in ("record", *named) for field in RECORD_FIELDS)


def counts_of(draft: Draft, view: View) -> Mapping[str, float]:
    """Return the counts for a draft: `record` is of the role whose offer is judged, be it proposed or accepted."""
    meant = view.offer(draft.offer) if draft.act == "accept" else None
    return record_values(view.records, meant.sender if meant else view.proposer or view.role)
