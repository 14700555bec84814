"""Which permitted outcome does best by an aim? Bounded from above by weighted sums, then found among what is left.

The bound: whatever the weights, a good outcome must have a large weighted sum of gains, and the greatest such sum over all
permitted outcomes is one pass over the diagram. A narrow search gives an outcome to beat; then all beginnings that could
still beat it are followed to their ends. Where bound and outcome stay apart, the space is split by an issue with few values
and each part is searched alone. Where all beginnings fit in memory the result is exact; where not, the bound says how far
off it is at most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from orchestrator.analysis.aims import Aim
from orchestrator.analysis.arrays import Floats, Integers, Places
from orchestrator.analysis.space import Outcome
from orchestrator.analysis.trails import UNIT, Cut, Found, Ground, trails

__all__ = ["SAME", "Accepts", "Sought", "Summit", "best_row", "summit"]

Accepts: TypeAlias = Callable[[Outcome], bool]
"""Whether the rules that the diagram could not take in let an outcome stand."""

SAME = 1e-9
"""Values and utilities that differ by less are equal."""

_NARROW = 2_000
_WIDEST = 400_000
_CLIMBS = 30
_STEPS = 100
_CUTS = 6
_BRANCHES = 2
_CLOSE = 1e-4
_ASKED = 3_000
_NO_CUT = -1e30


@dataclass(frozen=True, slots=True, kw_only=True)
class Summit:
    """An outcome, how well it does, and how well any could do."""

    outcome: Outcome
    utilities: tuple[int, ...]
    """In parts of `UNIT`."""
    value: float
    bound: float
    """No outcome has more."""
    is_exact: bool


def best_row(aim: Aim, gains: Floats, outcomes: Places) -> int:
    """Return the row that does best; among equals that with the greatest sum, then the first in the order of the file."""
    totals = gains @ np.ones(gains.shape[1], dtype=np.float64)
    rows = np.arange(len(gains), dtype=np.int64)
    for figures in (aim.value(gains), totals):
        rounded: Floats = np.round(figures[rows] / SAME)
        rows = rows[rounded >= float(rounded.max())]
    return int(rows[np.lexsort(tuple(outcomes[rows].T[::-1]))[0]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is sought: the best by an aim, gains counted from `start` in parts of `scale`, nobody below `least`."""

    aim: Aim
    start: Floats
    scale: Floats
    least: Floats

    @classmethod
    def above(cls, aim: Aim, start: Floats) -> Sought:
        """Return the search for the best of what gives everybody at least `start`."""
        return cls(aim=aim, start=start, scale=np.ones(len(start), dtype=np.float64), least=start)

    def gains(self, utilities: Floats) -> Floats:
        """Return the gains of utilities."""
        found: Floats = (utilities - self.start) / self.scale
        return found


def summit(ground: Ground, sought: Sought, accepts: Accepts | None = None) -> Summit | None:
    """Return what does best; None where nothing permitted gives everybody the least.

    Outcomes that are not accepted don't count; then what is found is exact only where nothing better was turned down.
    """
    return _Slope(ground, sought, accepts).climbed(None, _BRANCHES)


@dataclass(frozen=True, slots=True)
class _Slope:
    ground: Ground
    sought: Sought
    accepts: Accepts | None

    @property
    def aim(self) -> Aim:
        return self.sought.aim

    @property
    def scale(self) -> Floats:
        return self.sought.scale

    def climbed(self, best: Summit | None, branches: int) -> Summit | None:
        """Return the better of `best` and what is found here, in parts where the bound stays too far above."""
        if self.ground.is_empty:
            return best
        cuts = self._first_cuts()
        least = self.sought.gains(self.sought.least)
        open_cuts = [Cut(weights / self.scale, _NO_CUT) for weights, _ in cuts]
        best = self._better(best, trails(self.ground, self._floors(least), open_cuts, _NARROW))
        value = best.value if best else 0.0
        cuts = self._tightened(cuts, value)
        bound = min(self.aim.bound(*cut) for cut in cuts)
        if best and bound < value - SAME:
            return best
        if best and bound - value > _CLOSE and branches and (parts := self.ground.parts()):
            return self._split(parts, best, branches - 1)
        floors = np.maximum(least, self.aim.floors(value - SAME, self._most)) if best else least
        closed = [self._cut(weights, value - SAME) for weights, _ in cuts] if best else []
        found = trails(self.ground, self._floors(floors), closed, _WIDEST)
        better = self._better(best, found)
        if better is None or found.is_whole:
            return better
        return replace(better, is_exact=False, bound=max(bound, better.value))

    def _split(self, parts: tuple[Ground, ...], best: Summit, branches: int) -> Summit:
        found, is_exact, bound = best, best.is_exact, best.value
        for part in parts:
            found = replace(self, ground=part).climbed(replace(found, is_exact=True), branches) or found
            is_exact = is_exact and found.is_exact
            bound = max(bound, found.bound)
        return replace(found, is_exact=is_exact, bound=max(bound, found.value))

    @property
    def _most(self) -> Floats:
        """Return the most that each party could gain of all that is permitted."""
        return self.sought.gains(self.ground.most[0][0] / UNIT)

    def _gains(self, utilities: Integers) -> Floats:
        return self.sought.gains(utilities / UNIT)

    def _floors(self, gains: Floats) -> Integers:
        return np.floor((gains * self.scale + self.sought.start - SAME) * UNIT).astype(np.int64)

    def _cut(self, weights: Floats, value: float) -> Cut:
        own = weights / self.scale
        return Cut(own, (self.aim.bar(weights, value) + float(own @ self.sought.start)) * UNIT)

    def _first_cuts(self) -> list[tuple[Floats, float]]:
        """Return weights that bound the aim, each with the greatest weighted sum of gains, the tightest first."""
        hull: list[Floats] = []
        found: list[tuple[float, int, Floats, float]] = []
        weights = self.aim.uphill(np.zeros(len(self.scale)))
        for turn in range(_CLIMBS):
            gains = self._gains(self.ground.supported(weights / self.scale))
            most = float(gains @ weights)
            found.append((self.aim.bound(weights, most), turn, weights, most))
            if any(np.abs(gains - other).max() < SAME for other in hull):
                break
            hull.append(gains)
            weights = self._mixed(np.array(hull))
        found.sort(key=lambda each: each[:2])
        return [(weights, most) for _, _, weights, most in found[:_CUTS]]

    def _mixed(self, hull: Floats) -> Floats:
        """Return the weights uphill from the mixture of the outcomes so far that does best by the aim."""
        shares = np.full(len(hull), 1.0 / len(hull))
        total = np.zeros(hull.shape[1])
        for turn in range(1, 101):
            weights = self.aim.uphill(shares @ hull)
            if turn > 50:
                total += weights
            slope = hull @ weights
            shares *= np.exp((slope - slope.max()) * 8.0 / turn**0.5)
            shares /= shares.sum()
        mixed: Floats = total / 50.0
        return mixed

    def _tightened(self, cuts: list[tuple[Floats, float]], value: float) -> list[tuple[Floats, float]]:
        """Return weights that bound the aim more tightly, by steps towards a value that an outcome is known to have."""
        weights, _ = cuts[0]
        found = [(self.aim.bound(*cut), number, *cut) for number, cut in enumerate(cuts)]
        for turn in range(_STEPS):
            gains = self._gains(self.ground.supported(weights / self.scale))
            most = float(gains @ weights)
            bound = self.aim.bound(weights, most)
            found.append((bound, len(cuts) + turn, weights, most))
            if bound - value < SAME:
                break
            weights = self.aim.stepped(weights, gains, value)
        found.sort(key=lambda each: each[:2])
        return [(weights, most) for _, _, weights, most in found[:_CUTS]]

    def _better(self, best: Summit | None, found: Found) -> Summit | None:
        """Return the best of what was known and what was found and is accepted."""
        rows, utilities = found.outcomes, found.utilities
        turned_down = -np.inf
        if self.accepts is not None and len(rows):
            kept, turned_down = self._accepted(self.accepts, rows, utilities)
            rows, utilities = rows[kept], utilities[kept]
        if best is not None:
            rows = np.vstack((rows, np.array([best.outcome], dtype=np.int32)))
            utilities = np.vstack((utilities, np.array([best.utilities], dtype=np.int64)))
        if not len(rows):
            return None
        gains = self._gains(utilities)
        row = best_row(self.aim, gains, rows)
        value = float(self.aim.value(gains[row : row + 1])[0])
        return Summit(
            outcome=tuple(int(place) for place in rows[row]),
            utilities=tuple(int(part) for part in utilities[row]),
            value=value,
            bound=max(value, turned_down),
            is_exact=(best is None or best.is_exact) and turned_down <= value + SAME,
        )

    def _accepted(self, accepts: Accepts, rows: Places, utilities: Integers) -> tuple[Integers, float]:
        """Return the accepted ones among the best rows, and the value of the best that was turned down or not asked about."""
        values = self.aim.value(self._gains(utilities))
        order = np.argsort(-values, kind="stable")
        asked = order[:_ASKED]
        answers = np.array([accepts(tuple(int(place) for place in rows[row])) for row in asked], dtype=np.bool_)
        lost = np.concatenate((values[asked[~answers]], values[order[_ASKED:]]))
        return np.sort(asked[answers]), float(lost.max(initial=-np.inf))
