"""How do bidders behave? Honest ones of several kinds, and the abuses that findings are there for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from types import MappingProxyType
from typing import TypeAlias

from orchestrator.errors import UsageError
from orchestrator.messages.clearing import lands
from orchestrator.models.bidding.ground import Ground

__all__ = ["HONEST", "MANNERS", "Manner", "Temper"]

Temper: TypeAlias = Mapping[str, str]
"""The options of a bidder: whom it copies, with whom it takes turns, up to which price it drives others."""

Manner: TypeAlias = Callable[[Ground, Random, Temper], Decimal | None]
"""Returns the price to bid now; None to wait."""

_LAST = 0.999


@dataclass(frozen=True, slots=True, kw_only=True)
class _Honest:
    """A bidder that wants the lot, for no more than it is worth to it."""

    share: float = 1.0
    """Of the way from the floor to its limit that it goes at most."""
    shades: bool = True
    """Whether it bids less where it pays what it bids."""
    begins: float = 0.0
    """The share of the rounds that it lets go by."""
    jump: int = 1
    """Steps that it takes at once, at most."""
    skips: float = 0.0
    """How often it passes though it could bid."""

    def __call__(self, ground: Ground, random: Random, temper: Temper, /) -> Decimal | None:  # noqa: ARG002 - as all manners
        """Bid in its own way up to its own target."""
        over = (ground.view.round - 1) / max(1, ground.auction.rounds)
        if ground.auction.form != "descending" and over < self.begins and ground.view.round < ground.auction.rounds:
            return None
        if self.skips and random.random() < self.skips and ground.view.round < ground.auction.rounds:
            return None
        target = ground.along(self._share(ground) * self.share)
        if ground.auction.form == "ascending":
            return _raised(ground, target, random.randint(1, self.jump))
        asked = ground.asked()
        if ground.auction.form == "descending":
            return asked if asked is not None and _reaches(ground, target, asked) else None
        return target if ground.view.own_offer() is None and lands(ground.auction, target) else None

    def _share(self, ground: Ground) -> float:
        rivals = len(ground.auction.bidders)
        pays_own = ground.auction.form in ("first_price", "descending")
        return (rivals - 1) / rivals if self.shades and pays_own and rivals > 1 else 1.0


def _reaches(ground: Ground, target: Decimal, price: Decimal) -> bool:
    return ground.within(price) and (price >= target if ground.down else price <= target)


def _raised(ground: Ground, target: Decimal, steps: int) -> Decimal | None:
    """Return the next open bid: the least one and some steps more, never beyond the target; None where one leads already."""
    best, asked = ground.best, ground.asked()
    if asked is None or (best is not None and best.role == ground.view.role) or not _reaches(ground, target, asked):
        return None
    more = ground.auction.increment * (steps - 1)
    further = ground.snapped(asked - more if ground.down else asked + more)
    return further if _reaches(ground, target, further) else asked


def _shill(ground: Ground, random: Random, temper: Temper) -> Decimal | None:
    """Drive the price up for the host, and let go before it would have to buy."""
    upto = Decimal(temper["to"]) if "to" in temper else ground.along(random.uniform(0.5, 0.8))
    if ground.auction.form == "descending":
        return None
    if ground.auction.form != "ascending":
        return ground.snapped(upto, own=True) if ground.view.own_offer() is None else None
    best = ground.best
    return None if best is None else _raised(ground, upto, 1)


def _ring(ground: Ground, random: Random, temper: Temper) -> Decimal | None:
    """Win when it is its turn in the ring; else cover the one whose turn it is with a bid that can't win."""
    members = temper.get("with", "").split("+")
    if ground.view.role not in members:
        raise UsageError(
            f"a ring of {members} has no place for {ground.view.role!r}", hint="bidder:ring?with=ash+birch&number=3"
        )
    is_chosen = members[int(temper.get("number", "0")) % len(members)] == ground.view.role
    best = ground.best
    if ground.auction.form == "ascending":
        if best is not None and best.role in members:
            return None
        most = 1.0 if is_chosen else 0.15
        return _raised(ground, ground.along(most), 1)
    if ground.view.own_offer() is not None:
        return None
    return ground.along(random.uniform(0.6, 0.75) if is_chosen else random.uniform(0.02, 0.2))


def _copy(ground: Ground, random: Random, temper: Temper) -> Decimal | None:  # noqa: ARG001 - as all manners
    """Follow one other by the least step, and nobody else."""
    best = ground.best
    if best is None or best.role != temper.get("of"):
        return None
    return _raised(ground, ground.along(1.0), 1)


def _snipe(ground: Ground, random: Random, temper: Temper) -> Decimal | None:  # noqa: ARG001 - as all manners
    """Stay silent until nobody has time to answer."""
    if ground.view.round < ground.auction.rounds:
        return None
    return _raised(ground, ground.along(1.0), random.randint(2, 5)) if ground.auction.form == "ascending" else ground.along(1.0)


HONEST: Mapping[str, Manner] = MappingProxyType(
    {
        "honest": _Honest(),
        "truthful": _Honest(shades=False),
        "shading": _Honest(share=0.92),
        "late": _Honest(begins=0.6),
        "cautious": _Honest(share=0.85, skips=0.3),
        "bold": _Honest(jump=4),
    }
)
"""Those that want the lot: no finding should name them."""

MANNERS: Mapping[str, Manner] = MappingProxyType({**HONEST, "shill": _shill, "ring": _ring, "copy": _copy, "snipe": _snipe})
"""All of them, by name."""
