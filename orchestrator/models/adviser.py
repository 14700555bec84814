"""Which moves are good for a role now? A few, worked out from the role's own view alone, the firmest first.

An adviser asks strategists of different temper what they would do in the role's place. It sees what the role sees and
nothing else, so that taking its advice tells the others no more than any move does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from orchestrator.messages.advice import Advice
from orchestrator.messages.move import Offer
from orchestrator.messages.terms import Terms, digest_of_terms
from orchestrator.messages.utility import utility
from orchestrator.messages.view import View
from orchestrator.models.strategy import Permits, Reaches, Strategy, StrategyName
from orchestrator.models.strategy.axes import OPEN, Axis, axes_of, terms_of

__all__ = ["Adviser"]

_ASKED: tuple[StrategyName, ...] = ("boulware", "linear")
_FIRM: StrategyName = "boulware"
_SPARE = 2
"""Rounds that a strategist keeps free to settle in: the firm adviser needs none, for it takes what is there in the last."""
_SEED = 0
"""Fixed: equal views get equal advice, whatever the session's seed."""


class Adviser:
    """Advises any role of one negotiation."""

    __slots__ = ("_strategists",)

    def __init__(self, permits: Permits, reaches: Reaches) -> None:
        self._strategists = tuple(Strategy(name, permits, reaches) for name in _ASKED)

    def __call__(self, view: View, /) -> tuple[Advice, ...]:
        """Return different moves, none of them outside the role's mandate or the policies."""
        found: dict[tuple[str, str], Advice] = {}
        for strategist in self._strategists:
            seen = _firmly(view) if strategist.name == _FIRM else view
            for advice in _advised(view, strategist.write(seen, _SEED)):
                found.setdefault((advice.act, advice.offer or digest_of_terms(advice.terms)), advice)
        return tuple(found.values())


def _firmly(view: View) -> View:
    """Return the view with spare rounds behind its end, but in the last round as it is."""
    stop = view.agenda.stop
    if view.round >= stop.rounds:
        return view
    later = stop.model_copy(update={"rounds": stop.rounds + _SPARE})
    return replace(view, agenda=replace(view.agenda, stop=later))


def _advised(view: View, text: str) -> Iterator[Advice]:
    draft = json.loads(text, parse_int=str, parse_float=str)
    match draft["act"]:
        case "propose":
            terms = _terms(axes_of(view.agenda.issues), draft["terms"])
            yield Advice(act="propose", terms=terms, worth=utility(view.mandate, terms))
        case "accept" | "reject" as act:
            offer: Offer | None = view.offer(draft["offer"])
            if offer is not None:
                worth = utility(view.mandate, offer.terms)
                yield Advice(act=act, terms=offer.terms, offer=offer.id, worth=worth)
        case _:
            return


def _terms(axes: tuple[Axis, ...], values: dict[str, str | bool]) -> Terms:
    """Return the terms that a strategist wrote; its values are all on the axes."""
    texts = {name: str(value).lower() if isinstance(value, bool) else value for name, value in values.items()}
    return terms_of(axes, tuple(axis.places[texts[axis.issue.name]] if axis.issue.name in texts else OPEN for axis in axes))
