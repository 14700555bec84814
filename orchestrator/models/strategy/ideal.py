"""Where does a role begin? At the best outcome that it may sign, found once by building, mending and polishing."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest
from random import Random

from orchestrator.models.strategy.axes import OPEN, Outcome, put
from orchestrator.models.strategy.ground import Ground, Test

__all__ = ["freed", "ideal"]

_COARSE = 12
"""Values of an issue that building looks at; polishing looks at all."""
_DRAWS = 600
_BEST_DRAWS = 6
_REDRAWS = 6
_GAIN = 1e-9


def ideal(ground: Ground) -> Outcome | None:
    """Return the best permitted outcome that is found, or None where none is."""
    built = _built(ground)
    return _best(ground, _drawn(ground, ground.permits) if built is None else (built,), ground.permits)


def freed(ground: Ground, outcome: Outcome, shunned: frozenset[str]) -> Outcome | None:
    """Return the best permitted outcome that reaches none of these gates and is found from this one, or None."""

    def is_free(other: Outcome) -> bool:
        return ground.is_free(other, shunned)

    near = next((other for other in _changed(ground, outcome) if is_free(other)), None)
    return _best(ground, _drawn(ground, is_free) if near is None else (near,), is_free)


def _built(ground: Ground) -> Outcome | None:
    """Decide issue by issue, the weightiest first, each as well as what is decided already permits."""
    order = sorted(range(len(ground.axes)), key=lambda axis: min(ground.worths[axis]) - max(ground.worths[axis]))
    outcome: Outcome = (OPEN,) * len(order)
    for at, axis in enumerate(order):
        found = _fitted(ground, outcome, axis) or _mended(ground, outcome, axis, order[:at])
        if found is None:
            return None
        outcome = found
    return outcome


def _fitted(ground: Ground, outcome: Outcome, axis: int) -> Outcome | None:
    others = (put(outcome, axis, place) for place in (*_coarse(ground, axis), *_all(ground, axis)))
    return next((other for other in others if ground.permits(other)), None)


def _mended(ground: Ground, outcome: Outcome, axis: int, earlier: list[int]) -> Outcome | None:
    """Decide an issue that no value fits by changing one of those decided before, at the least cost."""
    for choices in (_coarse(ground, axis), _all(ground, axis)):
        firsts = (_exchanged(ground, outcome, changed, axis, choices) for changed in earlier)
        best = max((found for found in firsts if found is not None), key=ground.worth, default=None)
        if best is not None:
            return best
    return None


def _exchanged(ground: Ground, outcome: Outcome, changed: int, axis: int, choices: tuple[int, ...]) -> Outcome | None:
    for place in _coarse(ground, changed):
        base = put(outcome, changed, place)
        found = next((other for own in choices if ground.permits(other := put(base, axis, own))), None)
        if found is not None:
            return found
    return None


def _changed(ground: Ground, outcome: Outcome) -> Iterator[Outcome]:
    """Yield the outcome with issues changed that don't matter to the role, then with one more, the cheapest first."""
    random = Random(5)  # noqa: S311 - a fixed sample of the space, not a secret
    alike = tuple(dict.fromkeys((outcome, *(_shuffled(ground, outcome, random) for _ in range(_REDRAWS)))))
    yield from alike
    singles = sorted(
        (worths[outcome[axis]] - worths[place], number, axis, place)
        for axis, worths in enumerate(ground.worths)
        for place in _coarse(ground, axis)
        for number in range(len(alike))
    )
    yield from (put(alike[number], axis, place) for _, number, axis, place in singles)


def _shuffled(ground: Ground, outcome: Outcome, random: Random) -> Outcome:
    return tuple(
        place if max(worths) > min(worths) else random.randrange(len(worths))
        for place, worths in zip(outcome, ground.worths, strict=True)
    )


def _drawn(ground: Ground, test: Test) -> tuple[Outcome, ...]:
    random = Random(7)  # noqa: S311 - a fixed sample of the space, not a secret
    sizes = [len(axis.terms) for axis in ground.axes]
    draws = (tuple(random.randrange(size) for size in sizes) for _ in range(_DRAWS))
    return tuple(nlargest(_BEST_DRAWS, (outcome for outcome in draws if test(outcome)), key=ground.worth))


def _best(ground: Ground, starts: tuple[Outcome, ...], test: Test) -> Outcome | None:
    return max((_polished(ground, start, test) for start in starts), key=ground.worth, default=None)


def _polished(ground: Ground, outcome: Outcome, test: Test) -> Outcome:
    """Take every step that the role gains from and the test allows, then exchanges of two, by ever smaller steps."""
    step = max(len(axis.terms) for axis in ground.axes)
    while step:
        gains = (other for other in _gains(ground, outcome, step) if test(other))
        better = next(gains, None) or next((other for other in _exchanges(ground, outcome, step) if test(other)), None)
        if better is None:
            step //= 2
        else:
            outcome = better
    return outcome


def _gains(ground: Ground, outcome: Outcome, step: int) -> Iterator[Outcome]:
    for axis, worths in enumerate(ground.worths):
        for place in _steps(len(worths), outcome[axis], step):
            if worths[place] > worths[outcome[axis]] + _GAIN:
                yield put(outcome, axis, place)


def _exchanges(ground: Ground, outcome: Outcome, step: int) -> Iterator[Outcome]:
    least = ground.worth(outcome) + _GAIN
    for gain in _gains(ground, outcome, step):
        for axis, here in enumerate(gain):
            if here == outcome[axis]:
                exchanges = (put(gain, axis, place) for place in _steps(len(ground.worths[axis]), here, step))
                yield from (other for other in exchanges if ground.worth(other) > least)


def _steps(size: int, here: int, step: int) -> Iterator[int]:
    for place in (min(size - 1, here + step), max(0, here - step)):
        if place != here:
            yield place


def _coarse(ground: Ground, axis: int) -> tuple[int, ...]:
    """Return evenly spaced places and the exact best one, the best first; among equals those nearest to the middle."""
    everything = _all(ground, axis)
    last = len(everything) - 1
    count = min(last, _COARSE - 1)
    spread = {round(part * last / count) for part in range(count + 1)} if count else {0}
    return tuple(place for place in everything if place in spread or place == everything[0])


def _all(ground: Ground, axis: int) -> tuple[int, ...]:
    worths = ground.worths[axis]
    middle = (len(worths) - 1) / 2
    return tuple(sorted(range(len(worths)), key=lambda place: (-worths[place], abs(place - middle), place)))
