"""Is speed worth more than quality? A market as it is, and with quotes gathered before anybody accepts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

from pydantic import JsonValue

from evals.harness.suite import Case, Goal, Metric, Options, Outcome, Proof, Suite
from evals.market.assignment import best_assignment
from evals.market.day import Enquiry, hold_day
from evals.market.seats import HABITS, Habit
from evals.market.world import World, world_of
from orchestrator.messages.digest import digest_of

__all__ = ["SUITE"]

_Read: TypeAlias = Callable[[Outcome], float | None]

_PROTOCOLS = ("open", "gathered")
"""Anything may be accepted at once; or `min_offers` asks for a quote from everybody who was asked."""


def _cases(options: Options) -> tuple[Case, ...]:
    options.only_mocks("marketplace")
    return tuple(
        Case(id=f"{protocol}/{habit}", tags=(("protocol", protocol), ("habit", habit), ("arm", f"{habit}, {protocol}")))
        for habit in options.one_of("habit", HABITS)
        for protocol in options.one_of("protocol", _PROTOCOLS)
    )


def _world(options: Options, epoch: int) -> World:
    return world_of(options.seed + epoch - 1, options.whole("buyers", 100), options.whole("sellers", 300))


def _solve(case: Case, epoch: int, options: Options) -> Outcome:
    world, found = _world(options, epoch), options.whole("found", 5)
    habit: Habit = next(habit for habit in HABITS if habit == case.tag("habit"))
    wanted = found if case.tag("protocol") == "gathered" else 0
    seed = options.seed + epoch - 1
    enquiries = asyncio.run(hold_day(world, habit=habit, found=found, min_offers=wanted, seed=seed))
    sellers = {seller.name: seller for seller in world.sellers}
    deals = [one for one in enquiries if one.chosen is not None]
    asked = sum(len(one.asked) for one in deals)
    welfare = sum(_created(world, one) for one in deals)
    return {
        "buyers": len(world.buyers),
        "deals": len(deals),
        "first": sum(one.chosen == one.quoted[0] for one in deals),
        "fast": sum(sellers[one.chosen].speed == 1 for one in deals if one.chosen),
        "asked_fast": sum(sellers[name].speed == 1 for one in deals for name in one.asked) / max(1, asked),
        "best": sum(one.chosen == _best_of(world, one) for one in deals),
        "chance": sum(1 / len(one.asked) for one in deals) / max(1, len(deals)),
        "refused": sum(one.refused for one in enquiries),
        "welfare": round(welfare, 2),
        "optimum": round(_optimum(options.seed + epoch - 1, len(world.buyers), len(world.sellers)), 2),
        "surplus": round(sum(_surplus(world, one) for one in deals) / len(world.buyers), 3),
    }


@cache
def _optimum(seed: int, buyers: int, sellers: int) -> float:
    worths = world_of(seed, buyers, sellers).welfare()
    return sum(row[column] for row, column in zip(worths, best_assignment(worths), strict=True) if column is not None)


def _created(world: World, enquiry: Enquiry) -> float:
    seller = next(seller for seller in world.sellers if seller.name == enquiry.chosen)
    return world.buyers[enquiry.buyer].surplus(seller.grade, seller.cost)


def _surplus(world: World, enquiry: Enquiry) -> float:
    seller = next(seller for seller in world.sellers if seller.name == enquiry.chosen)
    return world.buyers[enquiry.buyer].surplus(seller.grade, enquiry.price)


def _best_of(world: World, enquiry: Enquiry) -> str:
    """Return the seller, of those asked, that there is most to gain with."""
    asked = [seller for seller in world.sellers if seller.name in enquiry.asked]
    return max(asked, key=lambda seller: world.buyers[enquiry.buyer].surplus(seller.grade, seller.cost)).name


def _proofs(options: Options) -> tuple[Proof, ...]:
    world = _world(options, 1)
    gains = sum(max(row) > 0 for row in world.welfare())
    speeds = {seller.speed for seller in world.sellers}
    return (
        Proof(says="there is something to gain for most buyers", holds=gains * 2 > len(world.buyers), seen=f"for {gains}"),
        Proof(says="sellers differ in speed", holds=len(speeds) > 1, seen=f"{sorted(speeds)}"),
    )


def _digests(options: Options) -> Mapping[str, str]:
    return {"world": digest_of(repr(_world(options, 1)))}


def _number(outcome: Outcome, name: str) -> float:
    value: JsonValue = outcome[name]
    return float(value) if isinstance(value, int | float) else 0.0


def _part(part: str, whole: str) -> _Read:
    return lambda outcome: _number(outcome, part) / _number(outcome, whole) if _number(outcome, whole) else None


def _speed(outcome: Outcome) -> float | None:
    """Return how much likelier a fast seller makes the deal than one that was drawn by chance."""
    deals, asked = _number(outcome, "deals"), _number(outcome, "asked_fast")
    return _number(outcome, "fast") / deals / asked if deals and asked else None


def _quality(outcome: Outcome) -> float | None:
    deals, chance = _number(outcome, "deals"), _number(outcome, "chance")
    return _number(outcome, "best") / deals / chance if deals and chance else None


def _metric(name: str, says: str, scorer: _Read, goal: Goal | None = None) -> Metric:
    return Metric(name=name, says=says, scorer=scorer, is_rate=False, goal=goal)


_LEAST = Goal(value=0.8, tags=(("habit", "hasty"), ("protocol", "gathered")))

SUITE = Suite(
    name="marketplace",
    version=1,
    says="Buyers and sellers who search, ask, get offers and close: speed against quality.",
    settings={
        "buyers": "how many; 100 by default",
        "sellers": "how many; 300 by default, each with one thing to sell",
        "found": "how many sellers a buyer's search finds; 5 by default",
        "habit": f"of {', '.join(HABITS)}",
        "protocol": f"of {', '.join(_PROTOCOLS)}",
    },
    cases=_cases,
    solve=_solve,
    metrics=(
        _metric("deals", "share of buyers who close", _part("deals", "buyers")),
        _metric("first", "share of deals with the seller whose offer came first", _part("first", "deals")),
        _metric("speed", "how much likelier a fast seller makes the deal than by chance", _speed),
        _metric("quality", "how much likelier the best of those asked makes the deal than by chance", _quality),
        _metric("surplus", "money that a buyer gains, 0 without a deal", lambda outcome: _number(outcome, "surplus")),
        _metric("welfare", "what is created, of the best matching", _part("welfare", "optimum"), _LEAST),
        _metric("refused", "acceptances refused for coming too early", lambda outcome: _number(outcome, "refused")),
    ),
    proofs=_proofs,
    digests=_digests,
    groups=("arm",),
)
