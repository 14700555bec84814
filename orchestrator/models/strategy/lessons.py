"""What have rejections taught? Not to come again with what a role has refused and has never asked for itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.messages.value import RoleName
from orchestrator.models.strategy.axes import Axis, Outcome
from orchestrator.models.strategy.record import Rebuff, Seen

__all__ = ["Lesson", "lessons_of"]

_MOST_HEEDED = 16
"""Older rejections are forgotten, so that the search stays quick."""


@dataclass(frozen=True, slots=True)
class _Bound:
    """Values of one issue from a rejected one outwards, away from all that the rejecting role named itself."""

    axis: int
    low: int
    high: int

    def holds(self, outcome: Outcome) -> bool:
        """Return whether the outcome has one of these values."""
        return self.low <= outcome[self.axis] <= self.high


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was odd about a rejected outcome: at least one of these things must be otherwise the next time."""

    outcome: Outcome
    bounds: tuple[_Bound, ...]

    def forbids(self, outcome: Outcome) -> bool:
        """Return whether the outcome is the rejected one, or odd in every way in which that was."""
        return outcome == self.outcome or (bool(self.bounds) and all(bound.holds(outcome) for bound in self.bounds))


def lessons_of(axes: tuple[Axis, ...], rebuffs: tuple[Rebuff, ...], seen: Mapping[RoleName, Seen]) -> tuple[Lesson, ...]:
    """Return what the latest rejections teach, given what their roles asked for themselves."""
    return tuple(
        Lesson(rebuff.outcome, tuple(_odd(axes, rebuff.outcome, seen.get(rebuff.role)))) for rebuff in rebuffs[-_MOST_HEEDED:]
    )


def _odd(axes: tuple[Axis, ...], outcome: Outcome, seen: Seen | None) -> list[_Bound]:
    if seen is None:
        return []
    bounds = (_bound(axis, number, outcome[number], seen.named[number]) for number, axis in enumerate(axes))
    return [bound for bound in bounds if bound is not None]


def _bound(axis: Axis, number: int, place: int, named: frozenset[int]) -> _Bound | None:
    if not named or place in named:
        return None
    if not axis.is_ordered:
        return _Bound(number, place, place)
    if place > max(named):
        return _Bound(number, place, len(axis.terms) - 1)
    return _Bound(number, 0, place) if place < min(named) else None
