"""Does a message carry what its receiver needs? The monitor of one negotiation: a message and a memory in, both out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from guards.monitor.bearing import Bearing, bearing_of
from guards.monitor.form import form_of
from guards.monitor.learned import THRESHOLD
from guards.monitor.quotes import quote_for
from guards.monitor.sift import sift
from guards.monitor.sums import Sums, added
from guards.monitor.traits import traits_of
from guards.monitor.weighing import likely, shares_of
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.suspicion import Heard, Memory, Observed, Reason, Settled, Suspicion
from orchestrator.messages.terms import Terms

__all__ = ["SuspicionMonitor", "Taken", "monitor_of"]

_TOLD = 0.25
"""A message below this score needs no reasons."""
_LEAST = 0.1
"""A reason that explains less of it is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message as it was taken in: its traits, and the sums with it."""

    traits: tuple[float, ...]
    memory: Memory


@dataclass(frozen=True, slots=True)
class SuspicionMonitor:
    """Score each message of a sender by what it adds, from the message and a memory of fixed size."""

    bearing: Bearing

    def __call__(self, heard: Heard, memory: Memory, /) -> Observed:
        """Return the suspicion of the message and the memory of its sender with it."""
        if not heard.text:
            return Observed(Suspicion(), replace(memory, terms=_tabled(heard.terms, memory.terms)))
        taken = self.take(heard, memory)
        score = round(likely(taken.traits), 3)
        reasons = tuple(self._reasons(heard.text, taken.traits, memory.seen)) if score >= _TOLD else ()
        return Observed(Suspicion(score=score, flagged=score >= THRESHOLD, reasons=reasons), taken.memory)

    def take(self, heard: Heard, memory: Memory) -> Taken:
        """Return the traits of a sender after a message: what the weights are learned from."""
        sums = Sums._make(memory.sums) if memory.sums else Sums()
        bearing = self.bearing.asked(heard.asked) if heard.asked else self.bearing
        raw = heard.text.encode("utf-8", "replace")
        found = sift(raw, bearing, memory.seen, int(sums.marks))
        terms = _tabled(heard.terms, memory.terms)
        moved = terms != memory.terms
        sums = added(sums, found, form_of(heard.text, raw), characters=len(heard.text), tokens=heard.tokens, moved=moved)
        return Taken(
            traits=traits_of(sums, found, at=max(0.0, heard.at), moved=moved),
            memory=Memory(seen=found.seen, sums=sums, terms=terms),
        )

    def _reasons(self, text: str, traits: tuple[float, ...], seen: bytes) -> Iterator[Reason]:
        for name, share in shares_of(traits):
            if share >= _LEAST:
                yield Reason(name=name, share=share, quote=quote_for(name, text, self.bearing, seen))


def monitor_of(negotiation: Negotiation) -> SuspicionMonitor:
    """Return the monitor of a negotiation; what bears on it is read once."""
    return SuspicionMonitor(bearing_of(negotiation))


def _tabled(terms: Terms, before: Settled) -> Settled:
    """Return the last value of each issue that the sender has named, in the order of their first naming."""
    if not terms:
        return before
    values = dict(before)
    values.update([(term.issue, term.value) for term in terms])
    return tuple(values.items())
