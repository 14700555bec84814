"""Did somebody come from one figure to the other? `You went from 165 to 180`: both must be theirs, the first before the second."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain

from guards.claims.acts import Act
from guards.claims.arithmetic import akin, readings, same
from guards.claims.context import Context, finding
from guards.claims.known import Offered
from guards.claims.laid import speakers_of
from guards.claims.listed import behind_nouns, value_at
from guards.claims.saying import Quantity
from guards.claims.scan import scan
from guards.claims.verbs import CAN, DENY, MODAL, WILL
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE
from orchestrator.messages.finding import Finding
from orchestrator.messages.value import RoleName

__all__ = ["ways_that_were_gone"]

_MOVED = words_of(
    "went gone moved came come rose risen fell fallen climbed dropped raised lowered cut changed reduced increased shortened extended brought taken took "
    "gave lifted trimmed jumped slid stepped"
)
_CHANGED = words_of("changed raised lowered cut reduced increased shortened extended brought taken took lifted trimmed moved")
"""Verbs of what one does with a figure of the table, also with another's."""
_SMALL = words_of("a an the down up back even")


def ways_that_were_gone(context: Context) -> Iterator[Finding]:
    """Find a way from one figure to another that nobody went so: `you went from 165 to 180`, where it was 176."""
    said = context.scan
    if "from" not in said.words or "to" not in said.words or _MOVED.isdisjoint(said.words):
        return
    for act in said.acts:
        if act.verb not in _MOVED or not act.is_past or act.mood & (DENY | MODAL | WILL | CAN):
            continue
        sentence = said.sentence_of(act.start)
        if sentence.is_question or said.told_in(said.clause_at(act.start).start, act.start) & (CONDITION | HEDGE):
            continue
        for one, other in _ways(context, act):
            speakers = speakers_of(context, act)
            if speakers and not any(_went(context, act, role, one, other) for role in speakers):
                yield finding(
                    context, "history.step", "history", one.start, other.end,
                    f"no two messages of {' or '.join(speakers)} lead {said.quote(one.start, other.end)!r}", "what the history holds",
                )  # fmt: skip


def _ways(context: Context, act: Act) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield each pair of figures from and to which an act leads."""
    said = context.scan
    end = bisect_left(said.places, said.clause_at(act.start).end)
    for place in range(act.order + 1, end):
        if said.tokens[place] != "from":
            continue
        one = _figure(context, place + 1)
        behind = behind_nouns(context, bisect_left(said.places, one.end)) if one else end
        behind += behind < end and said.tokens[behind] in _SMALL
        other = _figure(context, behind + 1) if behind < end and said.tokens[behind] == "to" else None
        if one and other and akin(one.unit, other.unit):
            yield one, other


def _figure(context: Context, place: int) -> Quantity | None:
    while place < len(context.scan.tokens) and context.scan.tokens[place] in _SMALL:
        place += 1
    found = value_at(context, place)
    return found if isinstance(found, Quantity) else None


def _went(context: Context, act: Act, role: RoleName, one: Quantity, other: Quantity) -> bool:
    """Return whether a role named the first figure before the second, of one issue or in words that were no question."""
    unit = one.unit or other.unit
    rows: dict[str, list[float]] = {}
    for offer in _offers(context, role):
        for issue, value in _counted(context, offer, unit):
            rows.setdefault(issue, []).append(value)
    said = [*_said(context, role, unit)]
    if _is_among(one, said) and _is_among(other, chain(said, *rows.values())):
        return True
    before = _on_table(context, unit) if act.verb in _CHANGED else {}
    return any(_leads(values, before.get(issue, ()), said, one, other) for issue, values in rows.items())


def _leads(values: list[float], before: Iterable[float], said: list[float], one: Quantity, other: Quantity) -> bool:
    """Return whether the second figure is a value behind the first, or was only said."""
    last = max((place for place, value in enumerate(values) if _is_among(other, (value,))), default=0)
    if _is_among(one, chain(values[:last], before)):
        return last > 0 or _is_among(other, values)
    return _is_among(one, values) and _is_among(other, said)


def _is_among(found: Quantity, values: Iterable[float]) -> bool:
    return any(same(value, one) for value in values for one in readings(found))


def _offers(context: Context, role: RoleName) -> Iterator[Offered]:
    """Yield the offers that a role made or accepted, and the terms of the draft where they are its own or accepted."""
    backed = {move.offer if move.act == "accept" else move.id for move in context.known.moves if move.sender == role}
    yield from (offer for offer in context.known.offers if offer.id in backed)
    own = context.known.own
    if own and (context.view.role == role or context.draft.act == "accept"):
        yield own


def _on_table(context: Context, unit: str) -> dict[str, list[float]]:
    """Return the values of all offers by issue, of which one may have been changed."""
    rows: dict[str, list[float]] = {}
    for offer in context.known.offers:
        for issue, value in _counted(context, offer, unit):
            rows.setdefault(issue, []).append(value)
    return rows


def _counted(context: Context, offer: Offered, unit: str) -> Iterator[tuple[str, float]]:
    yield from ((issue, value) for issue, value in offer.figures.items() if akin(context.lexicon.counted.get(issue, ""), unit))


def _said(context: Context, role: RoleName, unit: str) -> Iterator[float]:
    """Yield the figures that a role said and did not ask for."""
    for move in context.known.moves:
        if move.sender == role and move.text:
            text = scan(move.text, context.lexicon)
            for found in text.quantities:
                if akin(found.unit, unit) and not text.sentence_of(found.start).is_question:
                    yield from readings(found)
