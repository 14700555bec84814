"""How does a strategy answer a request? As any model does: with text, made from the view and the seed alone."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

from orchestrator.messages.model import Completion, Request
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.messages.view import View
from orchestrator.models.strategy.concession import StrategyName
from orchestrator.models.strategy.ground import Gated, Ground, Permits
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

    __slots__ = ("_footings", "_gated", "_permits", "_records", "name")

    def __init__(self, name: StrategyName, permits: Permits, gated: Gated) -> None:
        self.name: StrategyName = name
        self._permits = permits
        self._gated = gated
        self._footings: OrderedDict[tuple[RoleName, int, int], Footing] = OrderedDict()
        self._records: OrderedDict[tuple[SessionId, RoleName], Record] = OrderedDict()

    async def __call__(self, request: Request, /) -> Completion:
        """Return the text of a draft."""
        return Completion(text=self.write(request.view, request.seed))

    def write(self, view: View, seed: int) -> str:
        """Return the text of a draft for the role whose view it is."""
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
        ground = Ground(view.role, view.agenda.issues, view.mandate, self._permits, self._gated)
        best = ideal(ground)
        free = None if best is None else freed(ground, best)
        if free is not None and ground.worth(free) >= view.mandate.reserve:
            return Footing(ground, free, is_free=True)
        return Footing(ground, best, is_free=False)


def _keep(kept: OrderedDict[_Key, _Kept], key: _Key, value: _Kept) -> _Kept:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
    return value
