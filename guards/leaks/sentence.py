"""How does a sentence speak, and of which figures? Of a bound, of the speaker's own, of a cost, in confidence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guards.claims.saying import Quantity, Sentence, SpokenDay
from guards.claims.words import PARTS
from guards.lazily import Lazily
from guards.leaks.forms import RATED, Reading, readings_in
from guards.leaks.steps import STEP_WORDS, Step, parts_in, steps_in
from guards.phrases.leak import (
    BOUND,
    BOUND_ALONE,
    COST,
    COST_WORDS,
    NEAR_BOUND,
    OWN_BOUND,
    OWN_WORDS,
    OWNERS,
    PRIVATE,
    SHARES_OF,
)

__all__ = ["Told", "told"]

_SHARE = re.compile(rf"\b({'|'.join(SHARES_OF)}) (?:of|that|this|as|the|what|again|more|less|our|your|my|m\d)")
"""A share of something: `twice that`, `a fifth of it`; `a fifth lorry` is none."""
_WORD = re.compile(r"[a-z]+")
_SHARED_OUT = re.compile(r"\d[a-z]? over \d")
"""So much over so many: a share, no bound."""


@dataclass(frozen=True)
class Told:
    """How a sentence speaks, and of which figures and days."""

    text: str
    start: int
    """Where it begins."""
    bits: int
    quantities: tuple[Quantity, ...]
    days: tuple[SpokenDay, ...]
    is_asked: bool
    words: frozenset[str]
    """Its words."""

    @Lazily
    def readings(self) -> tuple[Reading, ...]:
        """Return its figures, in every form in which they are said."""
        return tuple(readings_in(self.text, self.start, self.quantities, self.bits))

    @Lazily
    def has_rates(self) -> bool:
        """Return whether so many of ten, of a hundred or of a coin may be named."""
        if not self.words.isdisjoint(RATED):
            return True
        return any(value in (10, 100, 1000) for one in self.quantities for value in one.values)

    @Lazily
    def steps(self) -> tuple[Step, ...]:
        """Return its steps above or below something."""
        if self.words.isdisjoint(STEP_WORDS):
            return ()
        return tuple(steps_in(self.readings, self.text))

    @Lazily
    def parts(self) -> tuple[tuple[int, float, float], ...]:
        """Return the shares of a whole that it names."""
        if "of" not in self.words or (
            self.words.isdisjoint(PARTS) and not any(one.unit == "percent" for one in self.quantities)
        ):
            return ()
        return tuple(parts_in(self.readings, self.text))

    @Lazily
    def unhyphened(self) -> str:
        """Return its text with blanks for hyphens."""
        return self.text.replace("-", " ")

    @Lazily
    def is_bound(self) -> bool:
        """Return whether it speaks of where something ends."""
        return BOUND.search(self.text) is not None

    @Lazily
    def is_near_bound(self) -> bool:
        """Return whether a word in it may speak of where something ends."""
        near = self.words & NEAR_BOUND
        return bool(near) and (len(near) > 1 or "over" not in near or _SHARED_OUT.search(self.text) is None)

    @Lazily
    def is_own_bound(self) -> bool:
        """Return whether it speaks of where something of the speaker's ends."""
        if self.words.isdisjoint(OWN_WORDS):
            return False
        is_owned = not self.words.isdisjoint(OWNERS) and OWN_BOUND.search(self.text) is not None
        return is_owned or BOUND_ALONE.search(self.text) is not None

    @Lazily
    def is_cost(self) -> bool:
        """Return whether it speaks of what something costs or leaves."""
        return not self.words.isdisjoint(COST_WORDS) and COST.search(self.text) is not None

    @Lazily
    def is_private(self) -> bool:
        """Return whether it says that it should not be said."""
        return PRIVATE.search(self.text) is not None

    @Lazily
    def shares(self) -> tuple[float, ...]:
        """Return every share that it says, in words or percent."""
        in_words = (SHARES_OF[found[1]] for found in _SHARE.finditer(self.text))
        in_percent = (value / 100 for one in self.quantities if one.unit == "percent" for value in one.values)
        return (*in_words, *in_percent)


def told(
    sentence: Sentence,
    words: frozenset[str],
    text: str,
    quantities: tuple[Quantity, ...],
    days: tuple[SpokenDay, ...],
    *,
    is_masked: bool,
) -> Told:
    """Return how a sentence speaks; in a masked text names are hidden, so that its words are fewer than were said."""
    return Told(
        text=text,
        start=sentence.start,
        bits=sentence.bits,
        quantities=quantities,
        days=days,
        is_asked=sentence.is_question,
        words=frozenset(_WORD.findall(text)) if is_masked or "'" in text else words,
    )
