"""Did somebody let go of it? What is said to be dropped, given up or conceded, held against what its owner offered before and since."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from guards.claims.acts import Act
from guards.claims.arithmetic import akin, readings, same
from guards.claims.context import Context, finding
from guards.claims.laid import speakers_of
from guards.claims.listed import Item, behind_nouns, listed
from guards.claims.saying import Named, Quantity, SpokenDay
from guards.claims.scan import scan
from guards.claims.verbs import CAN, DENY, HAVE, MODAL, WILL
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE, NEGATION
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Move
from orchestrator.messages.negotiation import FlagIssue
from orchestrator.messages.terms import Term
from orchestrator.messages.value import RoleName

__all__ = ["what_was_let_go"]

_DROPS = words_of("dropped drops dropping waived waives abandoned abandons surrendered surrenders relinquished")
_CONCEDES = words_of("conceded concedes")
_GIVES = words_of("gave gives given")
_WORDS = _DROPS | _CONCEDES | _GIVES | {"let"}
_AWAY = words_of("up way in")
_SMALL = words_of("the its their your his her own on for already at last even this to us")
_KNOWN = words_of("the its their your his her own on")
_READ = words_of(
    "read hear heard see saw note noted notice noticed learn learnt learned understand understood gather glad pleased happy relieved delighted"
)
"""How one comes to know what somebody does: what follows is told as so."""


def what_was_let_go(context: Context) -> Iterator[Finding]:
    """Find what somebody is said to have given up or conceded, and that it never held or still holds."""
    said = context.scan
    if _WORDS.isdisjoint(said.words):
        return
    for act in said.acts:
        place = _behind(context, act)
        if place is None or _is_open(context, act):
            continue
        thing = _thing_at(context, place)
        roles = [role for role in speakers_of(context, act) if role != context.view.role]
        if not thing or not roles or any(_let_go(context, role, thing, act.verb) for role in roles):
            continue
        clause = said.clause_at(act.start)
        yield finding(
            context, "history.said", "history", act.start, clause.end,
            f"nothing in this talk shows that {' or '.join(roles)} did so", "what the history holds",
        )  # fmt: skip


def _behind(context: Context, act: Act) -> int | None:
    """Return where the thing begins that is let go of; None where an act lets go of nothing."""
    tokens, place = context.scan.tokens, act.order + 1
    if act.verb in _GIVES:
        if tokens[place : place + 1] == () or tokens[place] not in _AWAY:
            return None
        place += 1
    elif act.verb == "let" and tokens[place : place + 2] == ("go", "of"):
        place += 2
    elif act.verb not in _DROPS and act.verb not in _CONCEDES:
        return None
    while place < len(tokens) and tokens[place] in _SMALL:
        place += 1
    return place


def _is_open(context: Context, act: Act) -> bool:
    """Return whether it is not told as so: asked, denied, supposed, still to come, or of now without words that one knows of it."""
    said, clause, sentence = context.scan, context.scan.clause_at(act.start), context.scan.sentence_of(act.start)
    if sentence.is_question or act.mood & (DENY | MODAL | WILL | CAN):
        return True
    before = said.tokens[max(0, act.subject - 3) : act.subject]
    is_read = "that" in before and not _READ.isdisjoint(said.tokens[max(0, act.subject - 6) : act.subject])
    if is_read:
        return bool(sentence.bits & CONDITION)
    is_told = act.is_past or bool(act.mood & HAVE)
    return not is_told or bool(said.told_in(clause.start, act.start) & (CONDITION | HEDGE | NEGATION))


def _thing_at(context: Context, place: int) -> Item | None:
    """Return the figure, day, option or flag that is let go of; a figure only where it is called a known one: `the 48 months`."""
    thing = next(listed(context, place), None)
    if isinstance(thing, Quantity) and (context.scan.tokens[place - 1] not in _KNOWN or _is_small(context, thing)):
        return None
    return thing or _flag_at(context, place)


def _is_small(context: Context, found: Quantity) -> bool:
    """Return whether a figure is a number word without what it counts."""
    place = bisect_left(context.scan.places, found.end)
    return found.is_word and not found.unit and behind_nouns(context, place) == place


def _flag_at(context: Context, place: int) -> Named | None:
    """Return the flag of which the word at a place is a part that no other issue has, in the plural too: `the nights`."""
    word = context.scan.tokens[place] if place < len(context.scan.tokens) else ""
    owners = [name for name in context.lexicon.issues if word.removesuffix("s") in name.split("_")] if len(word) > 3 else []
    if len(owners) != 1 or not isinstance(context.lexicon.issues[owners[0]], FlagIssue):
        return None
    start = context.scan.places[place]
    return Named(start, start + len(word), "issue", word.removesuffix("s"), owners[0], strong=False, clause=0)


def _let_go(context: Context, role: RoleName, thing: Item, verb: str) -> bool:
    """Return whether a role held a thing and then did not, spoke of it besides, or, where it conceded it, came to it."""
    held = [*_held(context, role, thing)]
    told = [value for _, value in held if value is not None]
    if any(one and not other for one, other in pairwise(told)):
        return True
    if verb in _CONCEDES and True in told and (not told[0] or _was_asked(context, role, thing)):
        return True
    return any(value is None and _speaks(context, move, thing) for move, value in held)


def _was_asked(context: Context, role: RoleName, thing: Item) -> bool:
    """Return whether another had named a thing before a role did."""
    for move in context.known.moves:
        if _holds(context, move.terms, thing):
            return move.sender != role
    return False


def _held(context: Context, role: RoleName, thing: Item) -> Iterator[tuple[Move, bool | None]]:
    """Yield the moves of a role, each with whether what it offers or accepts holds the thing."""
    moves = {move.id: move for move in context.known.moves}
    for move in context.known.moves:
        if move.sender == role:
            backed = moves.get(move.offer, move) if move.act == "accept" and move.offer else move
            yield move, _holds(context, backed.terms, thing)


def _holds(context: Context, terms: Sequence[Term], thing: Item) -> bool | None:
    """Return whether terms hold a thing; None where they say nothing of what it may be of."""
    found = [_is_it(term, thing) for term in terms if _may_be(context, term, thing)]
    return any(found) if found else None


def _may_be(context: Context, term: Term, thing: Item) -> bool:
    if isinstance(thing, Named):
        return term.issue == thing.issue
    if isinstance(thing, SpokenDay):
        return term.kind == "date"
    unit = context.lexicon.counted.get(term.issue, "")
    return term.kind == "number" and akin(unit, thing.unit)


def _is_it(term: Term, thing: Item) -> bool:
    if isinstance(thing, Named):
        return term.value is True if term.kind == "flag" else term.value == thing.what
    if isinstance(thing, SpokenDay):
        return term.kind == "date" and thing.may_be(term.value)
    return term.kind == "number" and any(same(value, float(term.value)) for value in readings(thing))


def _speaks(context: Context, move: Move, thing: Item) -> bool:
    """Return whether the words of a move speak of a thing."""
    text = scan(move.text, context.lexicon) if move.text and move.act != "query" else None
    if text is None:
        return False
    if isinstance(thing, Named):
        return any(word.removesuffix("s") == thing.what.removesuffix("s") for word in text.tokens)
    if isinstance(thing, SpokenDay):
        return any(day.day == thing.day for day in text.days)
    return any(same(one, value) for found in text.quantities for one in readings(found) for value in readings(thing))
