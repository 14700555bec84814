"""What does the pattern of a talk ask of a strategy? To wait, to yield, and not to take back what it gave away."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.messages.move import Offer
from orchestrator.messages.pattern import Concession, TradeSpace
from orchestrator.messages.view import View
from orchestrator.models.strategy.axes import OPEN, Outcome, outcome_of, put
from orchestrator.models.strategy.ground import Ground, Test
from orchestrator.models.strategy.record import Seen

__all__ = ["keeps_given", "must_wait", "yielding"]


def must_wait(view: View) -> bool:
    """Return whether the one text is not the role's to write now: a mediator begins it, and leaves it to the others."""
    rules = view.agenda.pattern_rules
    if not isinstance(rules, TradeSpace) or rules.mediator is None:
        return False
    has_begun = any(move.sender == rules.mediator and move.act == "propose" for move in view.moves)
    return has_begun == (view.role == rules.mediator)


def keeps_given(view: View, ground: Ground) -> Test | None:
    """Return the question whether an outcome takes back nothing that the role gave away; None where it may."""
    rules = view.agenda.pattern_rules
    if not isinstance(rules, Concession) or not rules.monotone:
        return None
    proposals = [outcome_of(ground.axes, move.terms) for move in view.moves if move.sender == view.role and move.terms]
    bounds = tuple(
        bound
        for number, axis in enumerate(ground.axes)
        if axis.issue.name in rules.monotone
        for bound in _bound(number, [outcome[number] for outcome in proposals if outcome[number] != OPEN])
    )
    return lambda outcome: all(outcome[number] == OPEN or (outcome[number] - last) * way >= 0 for number, last, way in bounds)


def yielding(view: View, ground: Ground, own: Seen | None) -> Outcome | Offer | None:
    """Return a step towards an offer of another, or such an offer to accept; None where the role's mandate has neither."""
    if own is None:
        return None
    offers = sorted((offer for offer in view.offers if offer.sender != view.role), key=lambda offer: -_backing(view, offer))
    steps = (step for offer in offers for step in _steps(ground, own.last, outcome_of(ground.axes, offer.terms)))
    reserve = view.mandate.reserve
    step = next((step for step in steps if ground.worth(step) >= reserve and ground.permits(step)), None)
    return step or next((offer for offer in offers if ground.standing(offer).is_signable), None)


def _backing(view: View, offer: Offer) -> int:
    return len(view.backers(offer.id))


def _bound(axis: int, places: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield the last place of a role on an axis and the way that it went to get there, if it went anywhere."""
    moved = next((place - places[0] for place in places if place != places[0]), 0)
    if moved:
        yield axis, places[-1], 1 if moved > 0 else -1


def _steps(ground: Ground, here: Outcome, there: Outcome) -> Iterator[Outcome]:
    """Yield outcomes with one issue moved towards another outcome, those first that cost the role least."""
    steps = [
        put(here, axis, place)
        for axis, worths in enumerate(ground.worths)
        if there[axis] not in (OPEN, here[axis]) and worths
        for place in _towards(here[axis], there[axis], is_ordered=ground.axes[axis].is_ordered)
    ]
    yield from sorted(steps, key=lambda step: -ground.worth(step))


def _towards(here: int, there: int, *, is_ordered: bool) -> tuple[int, ...]:
    if here == OPEN or not is_ordered:
        return (there,)
    middle = here + (there - here) // 2
    return (middle, there) if middle != here else (there,)
