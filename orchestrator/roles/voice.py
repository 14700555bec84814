"""How much of what one sender said fits a share of the room? Its newest moves in full, older ones as a line each."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from orchestrator.roles.tally import Counted

__all__ = ["Spread", "Voice"]


@dataclass(frozen=True, slots=True)
class Spread:
    """From which of a sender's moves on their line is told, from which on their words too, and the tokens of both."""

    lined: int
    worded: int
    tokens: int


@dataclass(slots=True, kw_only=True)
class Voice:
    """All moves of one sender: in full, and as one line without the words. Sums run from the first move to each."""

    places: list[int] = field(default_factory=list[int])
    full: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """Each text with its place."""
    brief: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    full_sums: list[int] = field(default_factory=lambda: [0])
    brief_sums: list[int] = field(default_factory=lambda: [0])

    def add(self, place: int, full: Counted, brief: Counted) -> None:
        """Take in a move."""
        self.places.append(place)
        self.full.append((place, full.text))
        self.brief.append((place, brief.text))
        self.full_sums.append(self.full_sums[-1] + full.tokens)
        self.brief_sums.append(self.brief_sums[-1] + brief.tokens)

    def spread(self, share: int, newest: int = 0) -> Spread:
        """Return what fits the share; `newest` tokens of it are taken by the newest move, where that has to be cut."""
        everything = self.full_sums[-1]
        if everything <= share and not newest:
            return Spread(0, 0, everything)
        last = len(self.places) - bool(newest)
        worded = last if newest else bisect_left(self.full_sums, everything - share * 3 // 4)
        used = newest or everything - self.full_sums[worded]
        lined = bisect_left(self.brief_sums, self.brief_sums[worded] - (share - used), hi=worded)
        return Spread(lined, worded, used + self.brief_sums[worded] - self.brief_sums[lined])

    def told(self, spread: Spread) -> list[tuple[int, str]]:
        """Return the lines and words of a spread with their places; none of a newest move that has to be cut."""
        return self.brief[spread.lined : spread.worded] + self.full[spread.worded :]
