"""Is it theirs, what is called so in a noun? `your yes to the 25`, `Port's promise of a berth`, held against what they gave."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from guards.claims.arithmetic import readings, same
from guards.claims.context import Context, finding
from guards.claims.listed import listed
from guards.claims.saying import Clause, Quantity
from guards.claims.scan import scan
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE, NEGATION
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Move

__all__ = ["what_they_gave"]

_GIVEN = words_of(
    "yes agreement consent acceptance promise concession commitment assurance handshake pledge undertaking word go-ahead okay confirmation guarantee waiver"
)
"""What somebody gives that binds it."""
_SPOKEN = words_of("last latest first final closing opening next")
"""Before `word`, what somebody said, and not what it gave."""
_OUT = words_of("out open missing still pending outstanding needed lacking unknown yet")


def what_they_gave(context: Context) -> Iterator[Finding]:
    """Find a consent or a promise that is called another's and that it never gave: `your yes to the 25`."""
    said = context.scan
    for place, word in enumerate(said.tokens) if not _GIVEN.isdisjoint(said.words) else ():
        if not place or word not in _GIVEN or (word == "word" and said.tokens[place - 1] in _SPOKEN):
            continue
        owner = said.tokens[place - 1]
        owner = said.tokens[place - 2] if place > 1 and not _owns(context, owner) and owner[-2:] != "'s" else owner
        role = context.lexicon.roles.get(owner)
        speakers = context.others() if owner == "your" else (role,) if role else ()
        clause = said.clause_at(said.places[place])
        if not _owns(context, owner) or _is_open(context, clause, place) or _is_issue(context, place):
            continue
        found = _to_what(context, clause, place)
        if any(_has_given(context, move, word, found) for move in context.view.moves if move.sender in speakers):
            continue
        yield finding(
            context, "history.given", "history", clause.start, clause.end,
            f"nothing in this talk shows such {word!r} of {' or '.join(speakers)}", "what the history holds",
        )  # fmt: skip


def _is_open(context: Context, clause: Clause, place: int) -> bool:
    said, start = context.scan, context.scan.places[place]
    sentence = said.sentence_of(start)
    if sentence.is_question or sentence.bits & CONDITION or said.told_in(clause.start, start + 24) & (NEGATION | HEDGE):
        return True
    return not _OUT.isdisjoint(said.tokens_in(start, clause.end))


def _is_issue(context: Context, place: int) -> bool:
    """Return whether a word belongs to the name of an issue: `your minimum guarantee`."""
    start = context.scan.places[place]
    return any(one.sort == "issue" and one.start <= start < one.end for one in context.scan.named_from(start - 32, start + 1))


def _to_what(context: Context, clause: Clause, place: int) -> Quantity | None:
    """Return the figure to which a consent was given: `your yes to the 25`, `Catering's yes of this morning to 25`."""
    end = bisect_left(context.scan.places, clause.end)
    for at in range(place + 1, min(end, place + 6)):
        if context.scan.tokens[at] in ("to", "on"):
            found = next(listed(context, at), None)
            return found if isinstance(found, Quantity) else None
    return None


def _owns(context: Context, word: str) -> bool:
    return word == "your" or (word.endswith("'s") and context.lexicon.roles.get(word, context.view.role) != context.view.role)


def _has_given(context: Context, move: Move, word: str, found: Quantity | None) -> bool:
    """Return whether a move accepts an offer, one with the figure if one is told, or gives in words what it is called."""
    if word in move.text.lower():
        return True
    offer = context.known.offer(move.offer) if move.act == "accept" and move.offer else None
    if offer is None or found is None:
        return move.act == "accept"
    said = scan(move.text, context.lexicon).quantities
    held = (*offer.figures.values(), *(value for one in said for value in readings(one)))
    return any(same(one, value) for one in readings(found) for value in held)
