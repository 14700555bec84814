"""What does a bidder write in one turn? A bid, or a word that it waits: made from the view and the seed alone."""

from __future__ import annotations

from collections import OrderedDict
from random import Random

from orchestrator.errors import UsageError
from orchestrator.messages.auction import Auction
from orchestrator.messages.model import Completion, Request
from orchestrator.messages.negotiation import Mandate, NumberIssue
from orchestrator.messages.view import View
from orchestrator.models.bidding.ground import Ground, Permits, grid_of, limit_of, terms_at
from orchestrator.models.bidding.manners import MANNERS, Manner, Temper
from orchestrator.models.strategy.wording import note, proposal

__all__ = ["Bidder", "make_bidder"]

_BID = "My bid is in the terms."
_WAITS = "I have nothing to bid in this round."
_STAYS = "My bid stands."
_HOST = ("The lot is open for bids, under the rules that all of us have.", "Bidding goes on.")
_MOST_KEPT = 256


class Bidder:
    """A bidder of one manner, for any role of any auction."""

    __slots__ = ("_limits", "_manner", "_permits", "_temper")

    def __init__(self, manner: str, temper: Temper, permits: Permits) -> None:
        self._manner: Manner = MANNERS[manner]
        self._temper = temper
        self._permits = permits
        self._limits: OrderedDict[tuple[str, int], tuple[Mandate, Ground]] = OrderedDict()

    async def __call__(self, request: Request, /) -> Completion:
        """Return the text of a draft. Raises UsageError in a talk that is no auction."""
        auction = request.view.agenda.pattern_rules
        if not isinstance(auction, Auction):
            raise UsageError("a bidder has nothing to bid in a talk that is no auction", hint="use a strategy: strategy:linear")
        return Completion(text=self.write(request.view, auction, request.seed))

    def write(self, view: View, auction: Auction, seed: int) -> str:
        """Return the text of a draft for the role whose view it is."""
        grid = grid_of(view, auction)
        if view.role == auction.host or grid is None or view.role not in auction.parties:
            return note(_HOST[0] if view.round == 1 else _HOST[1])
        return _written(self._ground(view, auction, grid), self._manner, self._temper, seed)

    def _ground(self, view: View, auction: Auction, grid: NumberIssue) -> Ground:
        # The mandate is kept beside its limit, so that nothing else can have its id while that is kept.
        key = (view.role, id(view.mandate))
        known = self._limits.get(key)
        limit = limit_of(view, auction, grid, self._permits) if known is None else known[1].limit
        ground = Ground(view=view, auction=auction, grid=grid, limit=limit)
        if known is None:
            self._limits[key] = (view.mandate, ground)
            if len(self._limits) > _MOST_KEPT:
                self._limits.popitem(last=False)
        return ground


def make_bidder(manner: str, temper: Temper, permits: Permits) -> Bidder:
    """Return a bidder. Raises UsageError where there is no such manner."""
    if manner not in MANNERS:
        raise UsageError(f"there is no manner of bidding {manner!r}", hint=f"manners: {', '.join(MANNERS)}")
    return Bidder(manner, temper, permits)


def _written(ground: Ground, manner: Manner, temper: Temper, seed: int) -> str:
    """Return a bid, or a word that there is none. After a refusal there is none."""
    view = ground.view
    random = Random(f"{seed}:{view.role}:{view.round}")  # noqa: S311 - a bidder's mood, not a secret
    if ground.limit is None or any(finding.severity == "refuse" for finding in view.findings):
        return note(_WAITS)
    price = manner(ground, random, temper)
    if price is None or not ground.within(price):
        return note(_WAITS if view.own_offer() is None else _STAYS)
    return proposal(terms_at(view, ground.auction, price), _BID)
