"""How does a strategy keep to what is left of shared pots? It is made anew, for the same seat, whenever that has changed."""

from __future__ import annotations

from collections import OrderedDict

from guards.permits import permits_of
from orchestrator.assembly.foresight import reaches_of
from orchestrator.messages.model import Completion, Model, Request
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pot import Room
from orchestrator.models.registry import make_model

__all__ = ["looks_ahead", "within_pots"]

_MOST_KEPT = 32
_PROVIDER = "strategy:"


def looks_ahead(spec: str) -> bool:
    """Return whether a model works out by itself which terms the guards will let pass."""
    return spec.startswith(_PROVIDER)


def within_pots(spec: str, negotiation: Negotiation) -> Model:
    """Return a strategy that looks for terms which the pots of its view can bear. Raises UsageError where it can't be made."""
    model = _WithinPots(spec, negotiation)
    model.made(())
    return model


class _WithinPots:
    """A strategy remembers only what it can work out again, so one made for other rooms goes on where the last one was."""

    __slots__ = ("_made", "_negotiation", "_spec")

    def __init__(self, spec: str, negotiation: Negotiation) -> None:
        self._spec = spec
        self._negotiation = negotiation
        self._made: OrderedDict[tuple[Room, ...], Model] = OrderedDict()

    async def __call__(self, request: Request, /) -> Completion:
        """Return the text of a draft."""
        return await self.made(request.view.rooms)(request)

    def made(self, rooms: tuple[Room, ...]) -> Model:
        """Return the strategy for these rooms."""
        model = self._made.get(rooms)
        if model is None:
            negotiation = self._negotiation
            permits = permits_of(negotiation, rooms)
            model = make_model(self._spec, permits=permits, reaches=reaches_of(negotiation))
        self._made[rooms] = model
        self._made.move_to_end(rooms)
        if len(self._made) > _MOST_KEPT:
            self._made.popitem(last=False)
        return model
