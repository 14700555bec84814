"""What would the others like? Each other role's leanings, estimated from what it asked for and what it gave away."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.models.strategy.axes import OPEN, Axis, Outcome
from orchestrator.models.strategy.record import Seen

__all__ = ["Leaning", "Party", "parties_of"]

_LEAST_WEIGHT = 0.02
"""What an issue counts at least that a role gave away, and what one counts that it did not begin with."""
_SECOND = 0.5
"""How well a named option is liked that a role has offered, though it began with another."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """What one role seems to want of one issue, and how much."""

    wish: int
    reach: int
    """How far from the wish an ordered value is worth nothing."""
    weight: float
    named: frozenset[int]
    is_ordered: bool

    def liking(self, place: int) -> float:
        """Return the estimated worth of a value to the role: its weight at most."""
        if place == self.wish:
            return self.weight
        if self.is_ordered:
            away = abs(place - self.wish)
            return self.weight * (1.0 - away / self.reach) if away < self.reach else 0.0
        return self.weight * _SECOND if place in self.named else 0.0


@dataclass(frozen=True, slots=True)
class Party:
    """What one other role seems to want of all issues, and with how much it would be content now."""

    leanings: tuple[Leaning | None, ...]
    """By axis; None where it never named a value."""
    content: float = 0.0

    def liking(self, outcome: Outcome) -> float:
        """Return the estimated utility of an outcome to the role, from 0 to 1."""
        return sum([leaning.liking(place) for leaning, place in zip(self.leanings, outcome, strict=True) if leaning])


def parties_of(axes: tuple[Axis, ...], others: tuple[Seen, ...], own: Seen | None) -> tuple[Party, ...]:
    """Return what each of the others seems to want."""
    shown = others if own is None else (*others, own)
    reaches = tuple(_reach(number, axis, shown) for number, axis in enumerate(axes))
    return tuple(_party(axes, seen, reaches) for seen in others)


def _party(axes: tuple[Axis, ...], seen: Seen, reaches: tuple[int, ...]) -> Party:
    weights = [_firmness(number, axis, seen, reaches[number]) for number, axis in enumerate(axes)]
    total = sum(weights) or 1.0
    leanings = tuple(
        Leaning(seen.first[number], reaches[number], weights[number] / total, seen.named[number], axis.is_ordered)
        if weights[number]
        else None
        for number, axis in enumerate(axes)
    )
    party = Party(leanings)
    return Party(leanings, min(party.liking(seen.last), party.liking(seen.backed)))


def _reach(number: int, axis: Axis, shown: tuple[Seen, ...]) -> int:
    """Return how far apart the roles began on an issue: what there is to give away."""
    firsts = [seen.first[number] for seen in shown if seen.first[number] != OPEN]
    return (max(firsts) - min(firsts) if firsts else 0) or len(axis.terms)


def _firmness(number: int, axis: Axis, seen: Seen, reach: int) -> float:
    """Return how firmly a role holds on to its first value: what it gives away early matters little to it."""
    first, last = seen.first[number], seen.last[number]
    if first == OPEN:
        return 0.0
    if seen.opening[number] == OPEN:
        return _LEAST_WEIGHT
    if last in (first, OPEN):
        return 1.0
    given = min(1.0, abs(last - first) / reach) if axis.is_ordered else 1.0 - _SECOND
    return max(_LEAST_WEIGHT, (1.0 - given) ** 2)
