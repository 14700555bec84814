"""May a role bind these terms at all? What the guards will ask, for those who look for terms to propose."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from guards.cel import rule_book
from guards.takes import take_book
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pot import Room
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import RoleName

__all__ = ["Permits", "permits_of"]

Permits: TypeAlias = Callable[[RoleName, Terms], bool]


def permits_of(negotiation: Negotiation, rooms: tuple[Room, ...] | None = None) -> Permits:
    """Return the question whether all policies and the role's own limits hold; rules over open issues don't count.

    With `rooms`, what is left of shared pots must suffice too.
    """
    book = None if rooms is None else take_book(negotiation)
    most = {room.pot: room.most for room in rooms or ()}
    roles = tuple(role.name for role in negotiation.roles)
    books = {
        role.name: rule_book(negotiation.issues, (*negotiation.policies, *role.mandate.limits), roles)
        for role in negotiation.roles
    }

    def permits(role: RoleName, terms: Terms) -> bool:
        if not all(reading.answer in ("holds", "undecided") for reading in books[role].read(terms)):
            return False
        taken = book(terms) if book else ()
        return all(each.amount is None or each.amount <= most.get(each.pot, 0) for each in taken)

    return permits
