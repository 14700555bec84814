"""What does a role do about the offers that stand? Back the best that is good enough, hold once, or go on conceding.

Roles agree only if they gather behind one offer. So the offer with the most backers wins, then one of another role
before one's own, then the oldest. Who backs it holds until all who don't have spoken; if none of them joined, a good
offer of one of those comes next, and a new concession after that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.messages.move import Offer
from orchestrator.messages.quorum import fells, suffices, voters
from orchestrator.messages.quotes import offers_missing
from orchestrator.messages.view import View
from orchestrator.models.strategy.axes import outcome_of
from orchestrator.models.strategy.concession import clock
from orchestrator.models.strategy.ground import Ground
from orchestrator.models.strategy.record import Record

__all__ = ["Accept", "Concede", "Hold", "Reject", "Renew", "Stance", "stance_of"]

_NEAR = 1e-9
_PATIENCE = 0.85
"""Share of the time for conceding during which nobody is left out, though a quorum would do without."""


@dataclass(frozen=True, slots=True)
class Accept:
    """Back another role's offer."""

    offer: Offer


@dataclass(frozen=True, slots=True)
class Reject:
    """End an offer that the role may not sign and that the others are about to settle."""

    offer: Offer


@dataclass(frozen=True, slots=True)
class Renew:
    """Propose once more what stands as the role's own offer, since it has backed another in between."""

    offer: Offer


@dataclass(frozen=True, slots=True)
class Hold:
    """Wait for others to join the offer that the role backs."""


@dataclass(frozen=True, slots=True)
class Concede:
    """Propose anew."""


Stance: TypeAlias = Accept | Reject | Renew | Hold | Concede


def stance_of(view: View, ground: Ground, record: Record, wanted: float, shunned: frozenset[str]) -> Stance:
    """Return what the role does when offers are good enough from the wanted utility upwards.

    Once an approver has said no, none is good that reaches a gate which the role can do without.
    """
    threat = _threat(view, ground, wanted)
    if threat is not None:
        return Reject(threat)
    good = [offer for offer in view.offers if _is_good(offer, ground, record, wanted, shunned) and not _is_hasty(offer, view)]
    good = [offer for offer in good if _may_back(offer, view)]
    if not good:
        return Concede()
    best = max(good, key=lambda offer: (len(view.backers(offer.id)), offer.sender != view.role, -offer.turn))
    backers = view.backers(best.id)
    if view.role not in backers:
        return Renew(best) if best.sender == view.role else Accept(best)
    if not _is_passed_over(best, view):
        return Hold()
    other = next((offer for offer in good if offer.sender not in backers and offer.sender in view.agenda.roles), None)
    return Concede() if other is None else Accept(other)


def _threat(view: View, ground: Ground, wanted: float) -> Offer | None:
    """Return an offer that others gather behind though this role's own limits forbid it, where a reject fells it.

    Under a quorum they might settle it over the role's head. Where all must agree they wait in vain, so an offer that
    would do otherwise is ended now and then, to show that what stands in its way is not its worth.
    """
    if not fells(view.agenda, view.role):
        return None
    if view.agenda.agreement.needs == "all":
        backed = () if _has_just_rejected(view) else (offer for offer in view.offers if _is_vain(offer, view, ground, wanted))
    else:
        backed = (offer for offer in view.offers if len(view.backers(offer.id)) > 1)
    return next((offer for offer in backed if not ground.standing(offer).is_permitted), None)


def _may_back(offer: Offer, view: View) -> bool:
    return offer.sender == view.role or not offers_missing(view)


def _is_vain(offer: Offer, view: View, ground: Ground, wanted: float) -> bool:
    """Return whether all others, and they are several, back a complete offer that is worth enough."""
    backers = set(view.backers(offer.id))
    waiting = len(backers) > 1 and set(voters(view.agenda)).difference(backers) == {view.role}
    return waiting and len(offer.terms) == len(ground.axes) and ground.standing(offer).worth >= wanted - _NEAR


def _has_just_rejected(view: View) -> bool:
    own = next((move for move in reversed(view.moves) if move.sender == view.role), None)
    return own is not None and own.act == "reject"


def _is_good(offer: Offer, ground: Ground, record: Record, wanted: float, shunned: frozenset[str]) -> bool:
    standing = ground.standing(offer)
    if standing.worth < wanted - _NEAR or not standing.is_signable:
        return False
    if not record.rebuffs and not record.was_denied:
        return True
    outcome = outcome_of(ground.axes, offer.terms)
    if any(rebuff.outcome == outcome for rebuff in record.rebuffs):
        return False
    return not record.was_denied or shunned.isdisjoint(ground.gates(outcome))


def _is_hasty(offer: Offer, view: View) -> bool:
    """Return whether backing the offer now would settle it over the heads of other roles while there is time to win them."""
    agreement = view.agenda.agreement
    if agreement.needs == "all" or agreement.quorum is None or clock(view.round, view.agenda.stop.rounds) >= _PATIENCE:
        return False
    backers = tuple({*view.backers(offer.id), view.role})
    return len(backers) < len(voters(view.agenda)) and suffices(view.agenda, view.step, backers)


def _is_passed_over(offer: Offer, view: View) -> bool:
    """Return whether all who don't back the offer have spoken since it last won a backer."""
    backers = view.backers(offer.id)
    missing = set(voters(view.agenda)).difference(backers)
    for move in reversed(view.moves):
        if move.sender in backers and offer.id in (move.id, move.offer):
            break
        missing.discard(move.sender)
    return not missing
