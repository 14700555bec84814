"""Which outcome of the wanted utility would the others like best? A walk from a good place, one issue at a time.

Giving: while an outcome is worth more to the role than it asks for, take the change that pleases the others most for
what it costs. Climbing: while it is worth less, the change that hurts the others least for what it brings. Others are
pleased the more, the further they still are from what would content them, so that nobody is left behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from orchestrator.models.strategy.appeal import Party
from orchestrator.models.strategy.axes import Outcome, put
from orchestrator.models.strategy.ground import Ground, Test

__all__ = ["Aim", "Ways", "aim_at", "best_outcome"]

_NEAR = 1e-9
_LEAST = 1e-4
"""What a change is taken to cost at least, so that changes that cost nothing come first, the most pleasing before others."""
_STEPS = 6
"""In how many steps at least a contested range is given away."""
_PACES = (1, 3, 9)
"""By how much steps are lengthened where all shorter ones are barred."""
_MOST_CHANGES = 120
_EASE = 0.15
"""How much a gain counts for a role that would be content already."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the others would like one issue to go."""

    low: int
    high: int
    step: int
    options: tuple[int, ...] | None
    """Where values have no order, all that were named."""

    def onward(self, here: int, pace: int) -> list[int]:
        """Return the next places from here, at most one each way where values are ordered."""
        if self.options is not None:
            return [place for place in self.options if place != here]
        step = self.step * pace
        up = [min(here + step, self.high)] if here < self.high else []
        return [*up, max(here - step, self.low)] if here > self.low else up


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a role looks for; `aim_at` makes it."""

    ground: Ground
    parties: tuple[Party, ...]
    ways: tuple[Ways | None, ...]
    """By axis; None where no other role wants anything."""
    target: float
    test: Test
    moods: tuple[float, ...]
    """By axis a factor near 1: how readily it is given away."""

    def is_fit(self, outcome: Outcome) -> bool:
        """Return whether an outcome is worth enough and may be proposed."""
        return self.ground.worth(outcome) >= self.target - _NEAR and self.test(outcome)

    def appeal(self, outcome: Outcome) -> float:
        """Return how much the others are pleased, all together."""
        return sum(_pleased(party.liking(outcome), party.content) for party in self.parties)


class _Change(NamedTuple):
    """One issue moved; the lowest rank is the best."""

    rank: float
    axis: int
    place: int
    cost: float
    """To the role itself; negative where it gains."""


def aim_at(ground: Ground, parties: tuple[Party, ...], target: float, test: Test, moods: tuple[float, ...]) -> Aim:
    """Return the aim at a target of utility."""
    ways = tuple(_ways(parties, axis) for axis in range(len(ground.axes)))
    return Aim(ground=ground, parties=parties, ways=ways, target=target, test=test, moods=moods)


def best_outcome(aim: Aim, starts: tuple[Outcome, ...]) -> Outcome | None:
    """Return the outcome that the others would like best among those reached from the starts, or None."""
    walks = (_given(aim, climbed) for start in dict.fromkeys(starts) if (climbed := _climbed(aim, start)) is not None)
    found = [outcome for outcome in walks if aim.test(outcome)]
    return found[0] if len(found) == 1 else max(found, key=aim.appeal, default=None)


def _ways(parties: tuple[Party, ...], axis: int) -> Ways | None:
    leanings = [leaning for party in parties if (leaning := party.leanings[axis])]
    if not leanings:
        return None
    wishes = [leaning.wish for leaning in leanings]
    step = max(1, leanings[0].reach // _STEPS)
    if leanings[0].is_ordered:
        return Ways(min(wishes), max(wishes), step, None)
    return Ways(
        min(wishes), max(wishes), step, tuple(sorted(frozenset(wishes).union(*(leaning.named for leaning in leanings))))
    )


def _given(aim: Aim, outcome: Outcome) -> Outcome:
    slack = aim.ground.worth(outcome) - aim.target
    for _ in range(_MOST_CHANGES):
        change = _next_gift(aim, outcome, slack)
        if change is None:
            break
        outcome = put(outcome, change.axis, change.place)
        slack -= change.cost
    return outcome


def _next_gift(aim: Aim, outcome: Outcome, slack: float) -> _Change | None:
    likings = [party.liking(outcome) for party in aim.parties]
    for pace in _PACES:
        gifts = sorted(_gifts(aim, outcome, slack, likings, pace))
        found = _first_allowed(aim, outcome, gifts)
        if found is not None or not gifts:
            return found
    return None


def _climbed(aim: Aim, outcome: Outcome) -> Outcome | None:
    missing = aim.target - aim.ground.worth(outcome)
    for _ in range(_MOST_CHANGES):
        if missing <= _NEAR:
            return outcome
        likings = [party.liking(outcome) for party in aim.parties]
        change = _first_allowed(aim, outcome, sorted(_demands(aim, outcome, missing, likings)))
        if change is None:
            return None
        outcome = put(outcome, change.axis, change.place)
        missing += change.cost
    return None


def _first_allowed(aim: Aim, outcome: Outcome, changes: list[_Change]) -> _Change | None:
    return next((change for change in changes if aim.test(put(outcome, change.axis, change.place))), None)


def _gifts(aim: Aim, outcome: Outcome, slack: float, likings: list[float], pace: int) -> Iterator[_Change]:
    for axis, here in enumerate(outcome):
        ways = aim.ways[axis]
        if ways is None:
            continue
        worths = aim.ground.worths[axis]
        for wanted in ways.onward(here, pace):
            place = _affordable(worths, here, wanted, slack)
            if place == here:
                continue
            pleases = _pleases(aim.parties, axis, here, place, likings)
            if pleases > _NEAR:
                cost = worths[here] - worths[place]
                yield _Change(-aim.moods[axis] * pleases / max(cost, _LEAST), axis, place, cost)


def _demands(aim: Aim, outcome: Outcome, missing: float, likings: list[float]) -> Iterator[_Change]:
    for axis, here in enumerate(outcome):
        worths = aim.ground.worths[axis]
        for wanted in _upward(worths, here, is_ordered=aim.ground.axes[axis].is_ordered):
            place = _sufficient(worths, here, wanted, missing)
            cost = worths[here] - worths[place]
            if cost < -_NEAR:
                hurts = -_pleases(aim.parties, axis, here, place, likings)
                yield _Change(cost / max(hurts, _LEAST) / aim.moods[axis], axis, place, cost)


def _pleases(parties: tuple[Party, ...], axis: int, here: int, place: int, likings: list[float]) -> float:
    pleases = 0.0
    for party, liking in zip(parties, likings, strict=True):
        leaning = party.leanings[axis]
        if leaning is not None:
            change = leaning.liking(place) - leaning.liking(here)
            if change:
                pleases += _pleased(liking + change, party.content) - _pleased(liking, party.content)
    return pleases


def _pleased(liking: float, content: float) -> float:
    short = content - liking
    return _EASE * liking - short * short if short > 0 else _EASE * liking


def _upward(worths: tuple[float, ...], here: int, *, is_ordered: bool) -> list[int]:
    """Return where the role itself may look for more."""
    last = len(worths) - 1
    if not is_ordered:
        return [place for place, worth in enumerate(worths) if worth > worths[here] + _NEAR]
    step = max(1, last // _STEPS)
    return [min(here + step, last), max(here - step, 0)]


def _affordable(worths: tuple[float, ...], here: int, wanted: int, slack: float) -> int:
    """Return the wanted place, or the last one on the way there that the slack pays for."""
    least = worths[here] - slack - _NEAR
    if worths[wanted] >= least:
        return wanted
    towards = 1 if wanted > here else -1
    near, far = 0, abs(wanted - here)
    while far - near > 1:
        middle = (near + far) // 2
        if worths[here + towards * middle] >= least:
            near = middle
        else:
            far = middle
    return here + towards * near


def _sufficient(worths: tuple[float, ...], here: int, wanted: int, missing: float) -> int:
    """Return the first place on the way to the wanted one that brings what is missing, or the wanted one."""
    towards = 1 if wanted > here else -1
    enough = worths[here] + missing - _NEAR
    return next((place for place in range(here, wanted, towards) if worths[place] >= enough), wanted)
