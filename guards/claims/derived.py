"""Does a figure follow from a fact? Its value, over another span, times or beside what the text says, or rounded where told."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from guards.claims.arithmetic import in_unit, near, readings, same
from guards.claims.beside import Beside
from guards.claims.called import split_words
from guards.claims.context import Context
from guards.claims.known import KnownFigure
from guards.claims.saying import Quantity, Scan
from guards.claims.wordlist import words_of
from orchestrator.messages.negotiation import Fact

__all__ = ["follows_from", "is_result", "is_step", "values_in"]

_RESULTS = words_of(
    "makes make making comes come came coming leaves leave left leaving total sum equals saves save saving that's thus average "
    "means adds add added"
)
"""What stands just before a figure that is worked out."""
_BEHIND = words_of("total altogether together left spare extra further remaining another")
"""What stands just behind one."""
_PARTS = words_of("half third thirds quarter quarters fifth fifths tenth twice times double both halfway middle difference")
_STEPS = words_of(
    "more less fewer above below over under short off up down higher lower later earlier further extra apart than beyond ahead "
    "cheaper dearer"
)
_SPANS = words_of(
    "day days week weeks month months year years hour hours minute minutes quarter daily weekly monthly yearly annual annually "
    "hourly"
)
_TIMES = (4.0, 5.0, 7.0, 12.0, 24.0, 30.0, 52.0, 60.0, 365.0)


def is_result(beside: Beside) -> bool:
    """Return whether the words beside a figure say that it is worked out."""
    return not (
        _RESULTS.isdisjoint(beside.before[-3:]) and _BEHIND.isdisjoint(beside.after[:2]) and _PARTS.isdisjoint(beside.words)
    )


def is_step(said: Scan, found: Quantity) -> bool:
    """Return whether a figure says how far something is from something else: `1,200 more than`."""
    behind = bisect_left(said.places, found.end)
    return not _STEPS.isdisjoint(said.tokens[behind : behind + 2])


def follows_from(context: Context, fact: Fact, found: Quantity, beside: Beside, *, comes_out: bool) -> bool:
    """Return whether a figure is a fact's or is worked out from it; also where its clause says the fact's own figure anyway.

    Where it is said to come out of something, it may be worked out with any figure on record.
    """
    value = float(fact.value)
    clause = context.clause(found.clause)
    here = context.scan.quantities_from(clause.start, clause.end)
    if any(same(value, one) for other in here for one in readings(other)):
        return True
    said = readings(found)
    if any(word.isdecimal() and same(float(word), found.values[0]) for word in split_words(f"{fact.says} {fact.source}")):
        return True
    if any(same(value, one) for value in _worked(context, value, fact, found, beside, comes_out=comes_out) for one in said):
        return True
    is_rounded = context.ground.is_announced(found) or found.unit not in ("", fact.unit.lower())
    return is_rounded and any(near(one, value) for value in values_in(fact, found.unit) for one in said)


def values_in(fact: Fact, unit: str) -> tuple[float, ...]:
    """Return what a fact is in a unit: days as weeks."""
    figure = KnownFigure(abs(float(fact.value)), fact.unit.lower(), None, "fact")
    return tuple(in_unit(figure, unit)) or (figure.value,)


def _worked(context: Context, value: float, fact: Fact, found: Quantity, beside: Beside, *, comes_out: bool) -> Iterator[float]:
    """Yield what a fact comes to: the rest of a share, over other spans, and with the figures of the sentence."""
    if fact.unit == "percent":
        yield 100 - value
        return
    if not _SPANS.isdisjoint(beside.words):
        yield from (value * span for span in _TIMES)
        yield from (value / span for span in _TIMES)
    sentence = context.sentence(found.clause)
    others = [
        one
        for other in context.scan.quantities_from(sentence.start, sentence.end)
        if other.start != found.start
        for one in readings(other)
    ]
    known = [figure.value for figure in context.known.figures if figure.origin in ("own", "offer", "fact")]
    counts = [*others, *(known if comes_out else ())]
    yield from (value * count for count in counts)
    yield from (value / count for count in counts if count)
    yield from (value + other for other in others)
    yield from (abs(value - other) for other in others)
