"""Is a figure one of the terms, or what they come to? A term, a sum of terms, a step from an offer, a share, or a rule's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

from guards.claims.arithmetic import fits, readings, same
from guards.claims.context import Context
from guards.claims.known import Offered
from guards.claims.saying import Quantity
from guards.claims.ties import is_cited

__all__ = ["exact_text", "is_term"]


def exact_text(value: float | None) -> str:
    """Return a figure as people write it, empty for none."""
    return "" if value is None else f"{value:g}" if abs(value) < 1e5 else f"{value:.0f}"


def is_term(context: Context, own: Offered, found: Quantity) -> bool:
    """Return whether a figure is a term, a sum of terms, or a figure of a fact or a rule that the sentence speaks of."""
    said = readings(found)
    if any(same(one, value) or same(one, value * 1000) for one in said for value in own.figures.values()):
        return True
    sums = chain(context.ground.worked_from(own, found.unit), _changes(context, own, found), _shares(context, found))
    if fits(said, sums, is_near=False, rounded=found.values[0] >= 1000):
        return True
    return is_cited(context, found)


def _changes(context: Context, own: Offered, found: Quantity) -> Iterator[float]:
    """Yield how far the terms are from each offer."""
    for offer in context.known.offers:
        for issue, value in own.figures.items():
            if issue in offer.figures and context.lexicon.counted[issue] in (found.unit, ""):
                yield abs(value - offer.figures[issue])


def _shares(context: Context, found: Quantity) -> Iterator[float]:
    """Yield the shares in percent that a sentence says of its other figures."""
    sentence = context.sentence(found.clause)
    here = context.scan.quantities_from(sentence.start, sentence.end)[:8]
    yield from (
        one.values[0] * other.values[0] / 100 for one, other in combinations(here, 2) if "percent" in (one.unit, other.unit)
    )
