"""How does a strategy answer a request? As any model does: with text, made from the view and the seed alone."""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import TypeVar

from orchestrator.messages.model import Completion, Request
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.messages.view import View
from orchestrator.models.strategy.axes import Outcome
from orchestrator.models.strategy.concession import StrategyName
from orchestrator.models.strategy.ground import Ground, Permits, Reaches
from orchestrator.models.strategy.ideal import freed, ideal
from orchestrator.models.strategy.record import NOTHING, Record, recorded
from orchestrator.models.strategy.temper import temper_of
from orchestrator.models.strategy.turn import Footing, Turn, written

__all__ = ["Strategy"]

_MOST_KEPT = 256

_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")


class Strategy:
    """A negotiator by one strategy, for any role of any session of one negotiation.

    It remembers what it has worked out, to be quick; whatever it has forgotten it works out again to the same result.
    """

    __slots__ = ("_footings", "_permits", "_reaches", "_records", "name")

    def __init__(self, name: StrategyName, permits: Permits, reaches: Reaches) -> None:
        self.name: StrategyName = name
        self._permits = permits
        self._reaches = reaches
        self._footings: OrderedDict[tuple[RoleName, int, int], Footing] = OrderedDict()
        self._records: OrderedDict[tuple[SessionId, RoleName], Record] = OrderedDict()

    async def __call__(self, request: Request, /) -> Completion:
        """Return the text of a draft."""
        return Completion(text=self.write(request.view, request.seed))

    def write(self, view: View, seed: int) -> str:
        """Return the text of a draft for the role whose view it is."""
        if view.question is not None:
            return json.dumps(
                {"act": "inform", "text": "I back these terms as they stand; they are inside what I may agree to."}
            )
        footing = self._footing(view)
        ground = footing.ground
        key = (view.session, view.role)
        record = _keep(self._records, key, recorded(view, ground, self._records.get(key, NOTHING)))
        temper = temper_of(seed, view.role, len(ground.axes))
        return written(Turn(name=self.name, view=view, footing=footing, record=record, temper=temper))

    def _footing(self, view: View) -> Footing:
        # A footing keeps its issues and its mandate alive, so that nothing else can have their ids while it is kept.
        key = (view.role, id(view.agenda.issues), id(view.mandate))
        known = self._footings.get(key)
        return _keep(self._footings, key, self._found(view)) if known is None else known

    def _found(self, view: View) -> Footing:
        reaches = self._reaches if view.agenda.gates else _reaches_nothing
        ground = Ground(view.role, view.agenda.issues, view.mandate, self._permits, reaches)
        best = ideal(ground)
        every = frozenset(gate.id for gate in view.agenda.gates)
        free = None if best is None else _kept_from(ground, best, every, view.mandate.reserve)
        if best is None or free is not None:
            return Footing(ground, free, every)
        return _partly_free(ground, best, every, view.mandate.reserve)


def _reaches_nothing(_: Terms) -> frozenset[str]:
    return frozenset()


def _partly_free(ground: Ground, best: Outcome, every: frozenset[str], reserve: float) -> Footing:
    """Return where a role stands that can't keep away from all gates: away from as many as it can, one after the other."""
    shunned = every - ground.gates(best)
    for gate in sorted(ground.gates(best)):
        free = _kept_from(ground, best, shunned | {gate}, reserve)
        if free is not None:
            best, shunned = free, shunned | {gate}
    return Footing(ground, best, shunned)


def _kept_from(ground: Ground, best: Outcome, shunned: frozenset[str], reserve: float) -> Outcome | None:
    free = freed(ground, best, shunned)
    return None if free is None or ground.worth(free) < reserve else free


def _keep(kept: OrderedDict[_Key, _Kept], key: _Key, value: _Kept) -> _Kept:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
    return value
