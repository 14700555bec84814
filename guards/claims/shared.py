"""Are shares and counts of strange things on record? `312 of the 430 guests`, `eleven ceramics works`."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from guards.claims.arithmetic import same
from guards.claims.context import Context, finding
from guards.claims.saying import Quantity
from guards.claims.wordlist import words_of
from guards.claims.words import NEGATION
from orchestrator.messages.finding import Finding

__all__ = ["counts_on_record", "shares_on_record"]

_VERBS = words_of(
    "stands remains sits lies hangs looks seems sounds feels helps hurts goes comes runs falls rises drops climbs wins loses begins starts stays "
    "needs wants takes gives gets works suits fits holds keeps breaks covers pays buys sells beats matters counts exists follows ends "
    "stops turns brings carries crosses reads says tells shows appears applies belongs becomes does has is was lasts this thus plus minus less"
)
_MEASURES = ("metres", "meters", "litres", "liters", "grams", "kilos", "dths", "fths", "papers", "rounds")
_OF = words_of("of in out")
_BOUNDED = words_of("than most least instead short top front place spite case under over about")
_ARTICLES = words_of("the a our your every each all of")


def _is_told(context: Context, found: Quantity) -> bool:
    """Return whether a fact or the draft's own terms hold a count, or a digit figure stands on record."""
    if not found.is_word:
        return context.ground.is_exact(found) or context.ground.holds(found)
    return any(figure.origin in ("own", "fact") and same(figure.value, found.values[0]) for figure in context.known.figures)


def shares_on_record(context: Context) -> Iterator[Finding]:
    """Find so many out of so many, of which the record has neither the share nor the counts."""
    said = context.scan
    for found in said.quantities if len(said.quantities) > 1 else ():
        whole = None if found.unit in ("percent", "point") else _whole(context, found)
        if whole is None or context.is_open(found) or not (0 < found.values[0] < whole.values[0]) or whole.values[0] < 10:
            continue
        share = found.values[0] / whole.values[0] * 100
        known = [figure.value for figure in context.known.figures if figure.unit in ("percent", "point")]
        if any(abs(share - one) <= 0.6 for value in known for one in (value, 100 - value)) or context.ground.is_exact(found):
            continue
        yield finding(
            context, "fact.share", "fact", found.start, whole.end,
            f"{said.quote(found.start, whole.end)!r} is on no record", "a share that is on record",
        )  # fmt: skip


def _whole(context: Context, found: Quantity) -> Quantity | None:
    said = context.scan
    behind = bisect_left(said.places, found.end)
    after = (*said.tokens[behind : behind + 5], "", "", "", "", "")
    place = 0 if after[0] in _OF else 1
    if after[place] not in _OF or not after[0]:
        return None
    here = bisect_left(said.places, found.start)
    if not _BOUNDED.isdisjoint((*said.tokens[max(0, here - 2) : here], *after)):
        return None
    while after[place] in _OF or after[place] in _ARTICLES:
        place += 1
        if place >= 5:
            return None
    start = said.places[behind + place] if behind + place < len(said.places) else len(said.text)
    return next(iter(said.quantities_from(start - 2, start + 1)), None)


def counts_on_record(context: Context) -> Iterator[Finding]:
    """Find a count of things of which nobody has spoken."""
    said = context.scan
    for found in () if context.reports else said.quantities:
        if (
            found.unit
            or found.values[0] < 4
            or found.values[0] % 1
            or context.is_open(found)
            or said.sentence_of(found.start).is_question
        ):
            continue
        behind = bisect_left(said.places, found.end)
        word = said.tokens[behind] if behind < len(said.tokens) else ""
        if not word.endswith("s") or word in _VERBS or word.endswith(_MEASURES) or not context.is_strange(word):
            continue
        if context.clause(found.clause).bits & NEGATION or context.ground.is_announced(found) or _is_told(context, found):
            continue
        if any(word in move.text.lower() for move in context.known.moves):
            continue
        yield finding(
            context, "fact.count", "fact", found.start, said.places[behind] + len(word),
            f"{said.quote(found.start, said.places[behind] + len(word))!r} is on no record", "a count that is on record",
        )  # fmt: skip
