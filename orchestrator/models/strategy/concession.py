"""How much does a strategy ask for by now? Less and less: by the clock, or in answer to what the others gave."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from orchestrator.messages.negotiation import Stop
from orchestrator.messages.view import View
from orchestrator.models.strategy.record import Record, Seen
from orchestrator.models.strategy.temper import Temper

__all__ = ["CURVES", "STRATEGIES", "StrategyName", "answered", "clock", "curve", "wanted"]

StrategyName: TypeAlias = Literal["boulware", "conceder", "linear", "tit-for-tat"]
"""Gives way late, early, evenly, or as much as the others did."""

STRATEGIES: tuple[StrategyName, ...] = ("boulware", "conceder", "linear", "tit-for-tat")

CURVES: Mapping[StrategyName, float] = MappingProxyType({"boulware": 0.4, "conceder": 3.0, "linear": 1.0, "tit-for-tat": 0.3})
"""The exponent of each curve over time: below 1 it gives way late, above 1 early. Tit-for-tat's is only its time pressure."""

_SPARE = 2
"""Rounds kept free before the last one, to settle in them what is wanted by then."""
_KINDNESS = 0.5
"""The share of its room that tit-for-tat gives over time without an answer, so that two of them get going."""
_RESTLESSNESS = 0.02
"""The share of its room that a strategy gives at once when the talk is about to end for want of movement."""


def wanted(name: StrategyName, temper: Temper, view: View, record: Record, top: float) -> float:
    """Return the utility that a role asks for in this turn; in the last round anything above its reserve will do."""
    floor = view.mandate.reserve
    stop = view.agenda.stop
    if view.round >= stop.rounds or top <= floor:
        return floor
    top -= temper.modesty * (top - floor)
    time = clock(view.round, stop.rounds)
    asked = curve(time, CURVES[name] * temper.eagerness, top, floor)
    if name == "tit-for-tat":
        others = tuple(seen for role, seen in record.seen.items() if role != view.role)
        asked = min(asked, answered(others, time, top, floor))
    if _is_stalling(view.turn - record.changed, stop, len(view.agenda.roles)):
        asked -= _RESTLESSNESS * (top - floor)
    return max(floor, asked)


def clock(round_: int, rounds: int) -> float:
    """Return the share of the time for conceding that is used up: 0 in the first round, 1 when only spare rounds are left."""
    last = rounds - min(_SPARE, rounds // 4)
    return 1.0 if last <= 1 else min(1.0, (round_ - 1) / (last - 1))


def curve(time: float, exponent: float, top: float, floor: float) -> float:
    """Return the utility to ask for by the clock alone: `top` at time 0, `floor` at time 1."""
    return floor + (top - floor) * (1.0 - time ** (1.0 / exponent))


def answered(others: tuple[Seen, ...], time: float, top: float, floor: float) -> float:
    """Return the utility to ask for when a role gives as much as the others gave it on average, and a little kindness."""
    gains = [max(0.0, seen.best - seen.began) for seen in others if seen.began is not None]
    given = sum(gains) / len(gains) if gains else 0.0
    return max(floor, top - max(given, _KINDNESS * time * (top - floor)))


def _is_stalling(turns: int, stop: Stop, roles: int) -> bool:
    return turns >= max(1, stop.unchanged_rounds - 2) * roles
