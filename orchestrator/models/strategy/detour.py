"""Where next, when giving what the others seem to like leads nowhere? To what they have shown that they can sign.

An offer that nobody takes though it should please may break a limit that its sender cannot see. A value that another
role has named itself does not, so one such value is taken over outright, and room is made for it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.models.strategy.axes import Outcome, put
from orchestrator.models.strategy.record import Seen
from orchestrator.models.strategy.search import Aim

__all__ = ["detour"]

_WIDENING = (1, 2, 3, 5, 8, 13, 21, 34)
"""How far on each other issue room is looked for."""


def detour(aim: Aim, outcome: Outcome, others: tuple[Seen, ...], own: Seen) -> Outcome | None:
    """Return an outcome that the role has not tried yet and that takes over one value of another role, or None.

    Values that the role never named itself come first; among them, what pleases the others most.
    """
    found = (
        (place not in own.named[axis], aim.appeal(other), other)
        for axis, place in sorted({taken for seen in others for taken in _to_take_over(aim, outcome, seen)})
        for other in _with_room(aim, put(outcome, axis, place), axis)
        if other not in own.tried
    )
    best = max(found, default=None)
    return None if best is None else best[2]


def _to_take_over(aim: Aim, outcome: Outcome, seen: Seen) -> Iterator[tuple[int, int]]:
    for axis, here in enumerate(outcome):
        named = seen.named[axis]
        if not named or here in named:
            continue
        if aim.ground.axes[axis].is_ordered:
            yield axis, min(named, key=lambda place: (abs(place - here), place))
        else:
            yield from ((axis, place) for place in named)


def _with_room(aim: Aim, outcome: Outcome, kept: int) -> Iterator[Outcome]:
    """Yield the outcome if it is fit, otherwise the nearest fit ones with one other issue changed."""
    if aim.is_fit(outcome):
        yield outcome
        return
    for axis, here in enumerate(outcome):
        if axis == kept:
            continue
        size = len(aim.ground.worths[axis])
        for towards in (1, -1):
            places = (here + towards * far for far in _WIDENING)
            others = (put(outcome, axis, place) for place in places if 0 <= place < size)
            fit = next((other for other in others if aim.is_fit(other)), None)
            if fit is not None:
                yield fit
