"""Does a point of two figures stand above all that came before it? They make a staircase; under it a point is beaten."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Generic, TypeVar

__all__ = ["Stairs"]

_Figure = TypeVar("_Figure", int, float)


@dataclass(slots=True)
class Stairs(Generic[_Figure]):
    """The outer points so far: the first figures rise, and the second ones fall."""

    firsts: list[_Figure] = field(default_factory=list["_Figure"])
    seconds: list[_Figure] = field(default_factory=list["_Figure"])

    def takes(self, first: _Figure, second: _Figure) -> bool:
        """Return whether no earlier point equals or beats this one; if so, it becomes a step, in place of those below it."""
        firsts, seconds = self.firsts, self.seconds
        at = bisect_left(firsts, first)
        if at < len(firsts) and seconds[at] >= second:
            return False
        end = at + (at < len(firsts) and firsts[at] == first)
        while at and seconds[at - 1] <= second:
            at -= 1
        firsts[at:end] = [first]
        seconds[at:end] = [second]
        return True
