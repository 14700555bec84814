"""Where may a pattern differ from the rules of the table? In these few answers, each a pure function of the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.engine.session import Session
from orchestrator.messages.event import Ended, Event, Reason
from orchestrator.messages.gate import Gate
from orchestrator.messages.move import Offer
from orchestrator.messages.negotiation import Role
from orchestrator.messages.value import OfferId, RoleName
from orchestrator.messages.view import View

__all__ = [
    "Along",
    "Binds",
    "Conduct",
    "Due",
    "Falls",
    "Instead",
    "Owes",
    "Reasons",
    "Replaces",
    "Settles",
    "Settling",
    "Shows",
    "is_backed",
    "is_complete",
    "needed",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """An offer that settles now."""

    offer: Offer
    gates: tuple[Gate, ...] = ()
    """Gates that it must pass besides those that its terms reach; they are gates of the agenda."""


Settles: TypeAlias = Callable[[Session], Settling | None]
"""Which offer settles now? Asked after each turn and each fall until there is none."""

Binds: TypeAlias = Callable[[Session, Offer], tuple[Role, ...]]
"""Whose limits bind on an agreement? Reserves bind those of them who back it."""

Shows: TypeAlias = Callable[[Session, View], View]
"""What may the view's role see of what the others did?"""

Replaces: TypeAlias = Callable[[Session, RoleName], tuple[OfferId, ...]]
"""Which standing offers does a new proposal of the role supersede?"""

Falls: TypeAlias = Callable[[Session, RoleName, Offer], bool]
"""Does an offer fall when this role rejects it? Its own backing ends in any case."""

Along: TypeAlias = Callable[[Session, Offer], tuple[OfferId, ...]]
"""Which other offers fall with one that falls by a reject?"""

Due: TypeAlias = Callable[[Session], tuple[Event, ...]]
"""What is due at the end of a turn, before anything else ends the talk? Asked until there is nothing."""

Instead: TypeAlias = Callable[[Session, Ended], tuple[Event, ...]]
"""What happens instead of this end without agreement? Nothing means that it ends so. It must not go on for ever."""

Reasons: TypeAlias = Callable[[Session, Offer], Reason]
"""Why does the talk end with this agreement, where not all roles back it?"""

Owes: TypeAlias = Callable[[Session], Offer | None]
"""Which partial offer must a solver complete or refute before the next turn?"""


def _settles(session: Session) -> Settling | None:
    offer = next((offer for offer in session.offers if is_backed(session, offer, needed(session))), None)
    return None if offer is None else Settling(offer=offer)


def _all(session: Session, offer: Offer) -> tuple[Role, ...]:  # noqa: ARG001 - a pattern's answer may depend on it
    return session.roles


def _everything(session: Session, view: View) -> View:  # noqa: ARG001 - a pattern's answer may depend on it
    return view


def _own(session: Session, role: RoleName) -> tuple[OfferId, ...]:
    return tuple(offer.id for offer in session.offers if offer.sender == role)


def _always(session: Session, role: RoleName, offer: Offer) -> bool:  # noqa: ARG001 - a pattern's answer may depend on them
    return True


def _none_along(session: Session, offer: Offer) -> tuple[OfferId, ...]:  # noqa: ARG001 - a pattern's answer may depend on them
    return ()


def _nothing_due(session: Session) -> tuple[Event, ...]:  # noqa: ARG001 - a pattern's answer may depend on it
    return ()


def _nothing_instead(session: Session, end: Ended) -> tuple[Event, ...]:  # noqa: ARG001 - a pattern's answer may depend on them
    return ()


def _by_quorum(session: Session, offer: Offer) -> Reason:  # noqa: ARG001 - a pattern's answer may depend on them
    return "quorum"


def _nothing_owed(session: Session) -> Offer | None:  # noqa: ARG001 - a pattern's answer may depend on it
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """How a pattern conducts a talk; what it does not say is as the rules of the table have it."""

    settles: Settles = _settles
    binds: Binds = _all
    shows: Shows = _everything
    replaces: Replaces = _own
    falls: Falls = _always
    along: Along = _none_along
    due: Due = _nothing_due
    instead: Instead = _nothing_instead
    reason: Reasons = _by_quorum
    owes: Owes = _nothing_owed


def needed(session: Session) -> int:
    """Return how many roles must back an offer under the file's agreement."""
    agreement = session.agenda.agreement
    by_all = agreement.needs == "all" or agreement.quorum is None
    return len(session.roles) if by_all else max(1, agreement.quorum or 1)


def is_backed(session: Session, offer: Offer, needs: int) -> bool:
    """Return whether an offer is complete and at least so many roles back it, with everyone who always must."""
    if sum(entry.offer == offer.id for entry in session.backing) < needs:
        return False
    backers = session.backers_of(offer.id)
    agreement = session.agenda.agreement
    has_all = agreement.needs == "all" or set(agreement.always) <= set(backers)
    return len(backers) >= needs and has_all and is_complete(session, offer)


def is_complete(session: Session, offer: Offer) -> bool:
    """Return whether there is exactly one value for every issue."""
    return len(offer.terms) == len(session.issue_names) and {term.issue for term in offer.terms} >= session.issue_names
