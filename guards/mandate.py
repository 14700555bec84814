"""May this role bind these terms? Inside its own limits, and worth at least its reserve to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guards.boundterms import Meant, binding
from guards.breach import Wording, breaches
from guards.cel import RuleBook, rule_book
from guards.counts import counts_of
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Mandate, Negotiation
from orchestrator.messages.utility import reaches_reserve, utility
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["Seat", "StaysInMandate", "stays_in_mandate"]

_LIMIT = Wording(kind="authority", broken="mandate.limit", undecided="mandate.undecided", called="your own limit")


@dataclass(frozen=True, slots=True)
class Seat:
    """A role with its limits, compiled."""

    role: RoleName
    limits: RuleBook


@dataclass(frozen=True, slots=True)
class StaysInMandate:
    """Refuses terms that their sender may not bind; its findings are for that role alone.

    Limits are those of the negotiation that the guard was made for; the reserve is the view's, because the engine
    lowers it for a role that does not back an agreement.
    """

    seats: tuple[Seat, ...]

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Judge the terms that the draft would bind by the mandate of the role that wrote it."""
        meant = binding(draft, view)
        if meant is None:
            return ()
        for seat in self.seats:
            if seat.role == view.role:
                break
        else:
            return (_no_mandate(view.role, meant),)
        counts = counts_of(draft, view) if seat.limits.counts else None
        return (*breaches(seat.limits, meant, _LIMIT, counts), *_below_reserve(view.mandate, meant))


def stays_in_mandate(negotiation: Negotiation) -> StaysInMandate:
    """Return the guard for the mandates of a negotiation."""
    roles = tuple(role.name for role in negotiation.roles)
    return StaysInMandate(
        tuple(Seat(role.name, rule_book(negotiation.issues, role.mandate.limits, roles)) for role in negotiation.roles)
    )


def _below_reserve(mandate: Mandate, meant: Meant) -> Iterator[Finding]:
    if reaches_reserve(mandate, meant.terms):
        return
    worth = f"{utility(mandate, meant.terms):.3f}"
    reserve = f"{mandate.reserve:.3f}"
    message = f"{meant.called} is worth {worth} to you, below your reserve of {reserve}; issues left open count as their worst"
    yield Finding(
        code="mandate.reserve",
        kind="authority",
        severity="refuse",
        path=meant.path,
        words=worth,
        message=message,
        allowed=f"terms worth {reserve} or more to you",
    )


def _no_mandate(role: RoleName, meant: Meant) -> Finding:
    return Finding(
        code="mandate.undecided",
        kind="authority",
        severity="refuse",
        path=meant.path,
        message=f"{role!r} has no mandate in this negotiation; undecided means no",
    )
