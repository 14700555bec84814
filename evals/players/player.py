"""How does a mock negotiator answer? With the text of a draft, made from its view and its seed alone, by its style."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from random import Random

from evals.players.liking import Liking, liking_of
from evals.players.space import Deal, Space, Talk, terms_json
from evals.players.style import Style
from evals.players.words import acceptance, farewell, proposal
from orchestrator.messages.advice import Advice
from orchestrator.messages.model import Completion, Request
from orchestrator.messages.move import Offer
from orchestrator.messages.view import View
from orchestrator.models.strategy.axes import outcome_of

__all__ = ["Player"]

_GAIN = 0.02
"""What must be to be had by waiting before it is waited for."""
_BLIND = 1.4
"""Who does not see the end coming concedes as if there were so many times the rounds."""
_ENOUGH = 24
"""Deals that are looked at in one turn."""


class Player:
    """A negotiator by one style, for any seat of one short talk. It keeps nothing between two requests."""

    __slots__ = ("_spaces", "style")

    def __init__(self, style: Style, talk: Talk) -> None:
        self.style = style
        self._spaces = dict(zip((role.name for role in talk.negotiation.roles), talk.spaces, strict=True))

    async def __call__(self, request: Request, /) -> Completion:
        """Return the text of a draft."""
        return Completion(text=self.write(request.view, request.seed))

    def write(self, view: View, seed: int) -> str:
        """Return the text of a draft for the role whose view it is."""
        random = Random(f"{seed}/{view.role}/{view.turn}/{view.attempt}")  # noqa: S311 - to be repeated, not to be secret
        style, space = self.style, self._spaces[view.role]
        if view.advice and random.random() < style.obeys:
            return _taken(view.advice[0])
        standing = _standing(view, space)
        ask = _ask(style, view, space, random)
        theirs = _theirs(view, space)
        mine = _proposed(space, ask, style, liking_of(space.axes, theirs[-style.window :] if style.window else ()), random)
        if standing is not None:
            offer, deal = standing
            seen = deal.worth + (random.gauss(0.0, style.noise) if style.noise else 0.0)
            if self._takes(view, space, seen, min(ask, mine.worth), theirs):
                return json.dumps({"act": "accept", "offer": offer.id, "text": acceptance(style.tone)})
        if style.rounds is not None and view.round > style.rounds:
            return json.dumps({"act": "escalate", "text": farewell(style.tone)})
        text = proposal(style.tone, view.agenda.issues, mine.terms, seed + view.round)
        return f'{{"act": "propose", "terms": {mine.text}, "text": {json.dumps(text)}}}'

    def _takes(self, view: View, space: Space, seen: float, wanted: float, theirs: Sequence[tuple[int, ...]]) -> bool:
        style = self.style
        least = view.mandate.reserve + style.premium * (space.best - view.mandate.reserve)
        if style.ahead and _is_last(view, style):
            return seen >= least - 1e-9
        if seen < wanted - 1e-9:
            return False
        return style.ahead < 2 or _left(view, style) <= 1 or _trend(space, theirs) < _GAIN


def _taken(advice: Advice) -> str:
    if advice.offer is not None:
        return json.dumps({"act": advice.act, "offer": advice.offer})
    return f'{{"act": "propose", "terms": {terms_json(advice.terms)}}}'


def _standing(view: View, space: Space) -> tuple[Offer, Deal] | None:
    """Return the other's standing offer, if it is one that the role may sign."""
    found = ((offer, space.known.get(offer.digest)) for offer in view.offers if offer.sender != view.role)
    return next(((offer, deal) for offer, deal in found if deal is not None), None)


def _theirs(view: View, space: Space) -> tuple[tuple[int, ...], ...]:
    return tuple(
        outcome_of(space.axes, move.terms) for move in view.moves if move.act == "propose" and move.sender != view.role
    )


def _ask(style: Style, view: View, space: Space, random: Random) -> float:
    room = space.best - view.mandate.reserve
    top = space.best - style.modesty * room
    least = view.mandate.reserve + style.premium * room
    rounds = min(style.rounds or view.agenda.stop.rounds, view.agenda.stop.rounds)
    if not style.ahead:
        rounds = round(rounds * _BLIND)
    time = min(1.0, (view.round - 1) / max(1, rounds - 1))
    # No two seeds are quite alike: each asks for a little more or less than its curve says.
    ask = least + (top - least) * (1.0 - time ** (1.0 / style.exponent)) - random.uniform(0.0, 0.03) * room
    return max(least, ask + (random.gauss(0.0, style.noise) if style.noise else 0.0))


def _proposed(space: Space, ask: float, style: Style, liking: Liking | None, random: Random) -> Deal:
    """Return the deal at or just above what is asked that the other seems to like best; by chance where nothing is known."""
    worths = [-deal.worth for deal in space.deals]
    low, high = bisect_left(worths, -(ask + style.width)), bisect_right(worths, -ask)
    some = space.deals[low:high] or space.deals[max(0, high - 1) : max(1, high)]
    if liking is None:
        return random.choice(some[:_ENOUGH])
    return max(some, key=lambda deal: liking(deal.outcome))


def _left(view: View, style: Style) -> int:
    return min(style.rounds or view.agenda.stop.rounds, view.agenda.stop.rounds) - view.round


def _is_last(view: View, style: Style) -> bool:
    return _left(view, style) <= 0


def _trend(space: Space, theirs: Sequence[tuple[int, ...]]) -> float:
    """Return what the other's offers gained for the role from the last but one to the last."""
    if len(theirs) < 2:
        return _GAIN
    before, last = (sum(own[place] for own, place in zip(space.worths, outcome, strict=True)) for outcome in theirs[-2:])
    return last - before
