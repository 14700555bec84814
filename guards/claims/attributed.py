"""Is a figure that is laid to an offer or a role really theirs? Each must stand in what that offer, or that role, holds."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain

from guards.claims.arithmetic import akin, near, readings, same
from guards.claims.asserted import tells_a_fact
from guards.claims.context import Context, finding
from guards.claims.known import Offered, meant_terms
from guards.claims.laid import Laid, figures_laid
from guards.claims.recalled import has_choice
from guards.claims.recalledfigures import issue_beside, may_be_term, may_be_worked
from guards.claims.saying import Named, Quantity, SpokenDay
from guards.claims.scan import scan
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE, NEGATION
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Move
from orchestrator.messages.negotiation import DateIssue
from orchestrator.messages.terms import Terms

__all__ = ["figures_of_others"]

_STEPS = words_of(
    "more less fewer higher lower up down above below over under short longer shorter later earlier sooner cheaper dearer faster apart off further better worse "
    "extra added between difference gap towards toward closer nearer times percent"
)


def figures_of_others(context: Context) -> Iterator[Finding]:
    """Find a figure or day that is laid to an offer or a role which holds none such: `m2 still had 600`, where it had 450."""
    told: set[int] = set()
    for laid in figures_laid(context):
        found = laid.found
        if found.start in told or not _counts(context, laid) or _is_open(context, laid) or _is_held(context, laid):
            continue
        if not laid.moves and tells_a_fact(context, min(laid.start, found.start), context.clause(found.clause).end):
            continue
        told.add(found.start)
        words = context.scan.quote(found.start, found.end)
        if laid.moves:
            message = f"{' and '.join(move.id for move in laid.moves)} does not say {words!r}"
        else:
            message = f"{words!r} is on no record of {' or '.join(laid.speakers)}"
        start = min(laid.start, found.start) if laid.is_owned else found.start
        code = "history.offer" if laid.moves else "history.whose"
        yield finding(context, code, "history", start, found.end, message, "what the history holds")


def _is_open(context: Context, laid: Laid) -> bool:
    """Return whether words leave open if it is so: what is called somebody's in a message that is named is given, whatever is asked of it.

    `If you had asked for 45 in m5` says that it was not so.
    """
    said, clause = context.scan, context.clause(laid.found.clause)
    if clause.bits & CONDITION and "had" in said.tokens_in(clause.start, laid.found.start):
        return True
    if laid.is_owned:
        return not laid.moves and context.is_open(laid.found)
    if said.sentences[clause.sentence].is_question or said.told_in(laid.start, laid.found.start) & (NEGATION | CONDITION):
        return True
    return bool(said.told_in(clause.start, laid.start) & (CONDITION | NEGATION | HEDGE))


def _counts(context: Context, laid: Laid) -> bool:
    """Return whether a figure is one that an offer may hold: no step, no small number of things."""
    found, said = laid.found, context.scan
    if isinstance(found, Named):
        return True
    if isinstance(found, SpokenDay):
        return found.month is not None and any(isinstance(issue, DateIssue) for issue in context.lexicon.issues.values())
    if (
        found.sign
        or (found.is_word and not found.unit and found.values[0] < 20)
        or (not found.unit and found.values[0] < 4 and found.values[0] % 1 == 0)
    ):
        return False
    if found.is_word and " and " in said.text[found.start : found.end]:
        return False
    here, behind = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
    is_plain = laid.is_owned and not laid.moves
    near_by = (
        *(() if is_plain else said.tokens[max(0, here - 2) : here]),
        *said.tokens[behind : behind + (1 if is_plain else 2)],
    )
    after = said.text[found.end : found.end + 2]
    beside = said.text[max(0, found.start - 2) : found.start] + (
        after[2:] if after[:1] == "/" and after[1:].isalpha() else after
    )
    if not _STEPS.isdisjoint(near_by) or any(sign in beside for sign in "=+*>x/"):
        return False
    return is_plain or may_be_term(context, found)


def _is_held(context: Context, laid: Laid) -> bool:
    """Return whether the message, or one of those of the roles, holds a figure or day."""
    moves = _moves(context, laid)
    backed = {move.offer if move.act == "accept" else move.id for move in moves}
    offers = [offer for offer in context.known.offers if offer.id in backed]
    own = context.known.own
    if own and not laid.moves:
        offers.append(own)
    found = laid.found
    if isinstance(found, Named):
        return _holds_choice(context, moves, () if laid.moves else meant_terms(context.draft, context.view), found)
    if isinstance(found, SpokenDay):
        return _holds_day(context, moves, offers, found)
    said = (*readings(found), *([found.values[0] / 100] if not found.unit else []))
    is_near = context.ground.is_announced(found) or (found.is_word and found.values[0] >= 1000)
    held = chain(_values(context, laid, found, offers), _said(context, moves, found))
    if any(same(one, value) or (is_near and near(one, value)) for value in held for one in said):
        return True
    return may_be_worked(context, found) and any(_comes_to(context, offer, found) for offer in offers)


def _moves(context: Context, laid: Laid) -> list[Move]:
    if laid.moves:
        return [*laid.moves]
    return [move for move in context.known.moves if move.sender in laid.speakers]


def _values(context: Context, laid: Laid, found: Quantity, offers: Sequence[Offered]) -> Iterator[float]:
    """Yield the figures of offers that may be called so, and what they come to."""
    counted, issue = context.lexicon.counted, issue_beside(context, found)
    issue = (
        issue
        if issue and akin(counted.get(issue, ""), found.unit) and any(issue in offer.figures for offer in offers)
        else None
    )
    for offer in offers:
        yield from (
            value
            for name, value in offer.figures.items()
            if akin(counted.get(name, ""), found.unit) and (issue is None or name == issue)
        )
    if laid.is_owned and not laid.moves:
        yield from (
            figure.value
            for figure in context.known.figures
            if figure.origin in ("fact", "rule") and akin(figure.unit, found.unit)
        )


def _said(context: Context, moves: Sequence[Move], found: Quantity) -> Iterator[float]:
    """Yield the figures in the words of messages that are counted alike."""
    for move in moves:
        if move.text:
            for one in scan(move.text, context.lexicon).quantities:
                if akin(one.unit, found.unit):
                    yield from readings(one)


def _comes_to(context: Context, offer: Offered, found: Quantity) -> bool:
    """Return whether the terms of an offer come to a figure, which may be rounded a little, or told in millions."""
    said = [scaled for one in readings(found) for scaled in ((one, one * 1e6) if one < 100 else (one,))]
    return any(
        abs(one - value) <= 0.006 * abs(value) for value in context.ground.worked_from(offer, found.unit) for one in said
    )


def _holds_day(context: Context, moves: Sequence[Move], offers: Sequence[Offered], found: SpokenDay) -> bool:
    if any(found.may_be(day) for offer in offers for day in offer.days.values()):
        return True
    texts = [scan(move.text, context.lexicon) for move in moves if move.text]
    return any(day.day == found.day and day.month in (None, found.month) for text in texts for day in text.days)


def _holds_choice(context: Context, moves: Sequence[Move], own: Terms, found: Named) -> bool:
    """Return whether terms have an option or a flag, or a message speaks of it."""
    backed = {move.offer for move in moves if move.act == "accept"}
    backed |= {move.id for move in moves}
    offers = [move.terms for move in context.known.moves if move.id in backed]
    terms = [term for offer in (*offers, own) for term in offer if term.issue == found.issue]
    if any(has_choice(term, found) for term in terms):
        return True
    words = context.scan.text[found.start : found.end]
    return any(words in move.text.lower() for move in moves)
