"""Which figures are the ends of a range? `between 100 and 130 hours`, `150 to 170`, `150-170`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from guards.claims.arithmetic import readings
from guards.claims.saying import Quantity, Scan

__all__ = ["Range", "ranges_in"]

_APART = 5
"""Letters between two ends: ` and `."""
_BETWEEN = "between "
_FROM = "from "
_JOINED = frozenset((" to ", "-", " - "))


class Range(NamedTuple):
    """Two figures of one unit, the lesser first, that are said as the ends of something."""

    low: Quantity
    high: Quantity
    whole: Quantity
    """From the word that opens it to the end of the second figure, with the values of that."""

    def holds(self, value: float) -> bool:
        """Return whether a value lies within it, the ends included."""
        return min(readings(self.low)) <= value <= max(readings(self.high))


def ranges_in(said: Scan) -> Iterator[Range]:
    """Yield the ranges of a text, in order; `from 40 to 45` may be a step, and is none."""
    for low, high in pairwise(said.quantities):
        if (
            high.start - low.end > _APART
            or low.unit not in ("", high.unit)
            or low.sign
            or max(low.values) >= max(readings(high))
        ):
            continue
        joint = said.text[low.end : min(high.start, low.end + 8)]
        if said.text.endswith(_BETWEEN, 0, low.start):
            is_range, start = joint == " and ", low.start - len(_BETWEEN)
        else:
            is_range, start = joint in _JOINED and not said.text.endswith(_FROM, 0, low.start), low.start
        if is_range:
            yield Range(low._replace(unit=high.unit), high, high._replace(start=start, clause=low.clause))
