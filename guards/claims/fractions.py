"""Which figures do words name without a number? Shares, `a third of it`, and single spans of time, `a fortnight`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from guards.claims.saying import Quantity, Scan
from guards.claims.words import PARTS, SMALL

__all__ = ["fractions_in", "spans_in"]

_ONE = frozenset(("a", "an", "one"))
_SPANS: Mapping[str, tuple[float, str]] = MappingProxyType(
    {
        "day": (1, "day"),
        "week": (1, "week"),
        "fortnight": (2, "week"),
        "month": (1, "month"),
        "year": (1, "year"),
        "hour": (1, "hour"),
    }
)


def fractions_in(said: Scan) -> tuple[Quantity, ...]:
    """Return the shares that words name, in order."""
    return () if said.words.isdisjoint(PARTS) else tuple(_found(said))


def _found(said: Scan) -> Iterator[Quantity]:
    for place in said.orders_of(PARTS.keys()):
        word = said.tokens[place]
        parts = PARTS[word]
        before = said.tokens[place - 1] if place else ""
        count = 1 if before in _ONE or word == "half" else SMALL.get(before, 0)
        if not 0 < count < parts:
            continue
        first = place - (before in _ONE or before in SMALL)
        start, end = said.places[first], said.places[place] + len(word)
        clause = said.clause_number(start)
        yield Quantity(start, end, (100 * count / parts,), "percent", is_bare=False, is_word=True, sign="", clause=clause)


def spans_in(said: Scan) -> tuple[Quantity, ...]:
    """Return the single spans of time, in order; `a day` of a rate, `4,000 a day`, is none."""
    return () if said.words.isdisjoint(_SPANS) else tuple(_single(said))


def _single(said: Scan) -> Iterator[Quantity]:
    for place in said.orders_of(_SPANS.keys()):
        word = said.tokens[place]
        span = _SPANS[word]
        if place == 0 or said.tokens[place - 1] not in _ONE:
            continue
        start, end = said.places[place - 1], said.places[place] + len(word)
        clause = said.clause_number(start)
        if said.quantities_from(said.clauses[clause].start, start):
            continue
        yield Quantity(start, end, span[:1], span[1], is_bare=False, is_word=True, sign="", clause=clause)
