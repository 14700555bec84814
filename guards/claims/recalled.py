"""Does the history hold what somebody is said to have said? Figures, days and words, in the messages of the speaker."""

from __future__ import annotations

from guards.claims.content import content_in, content_of, words_told
from guards.claims.context import Context
from guards.claims.elsewhere import ELSEWHERE, IN_A_MONTH
from guards.claims.listed import is_choice, listed
from guards.claims.papers import answer_of
from guards.claims.recalledfigures import FINE, Claim, figure_of, has_named, is_welcome
from guards.claims.saying import Named, Quantity
from guards.claims.verbs import SPEECH
from guards.claims.wordlist import words_of
from guards.claims.words import CHANGE, NEGATION
from orchestrator.messages.move import Move
from orchestrator.messages.terms import Term
from orchestrator.messages.value import OfferId

__all__ = ["has_choice", "is_held"]

_JOINED = frozenset(("i", "we", "all", "everybody", "everyone", "both"))
_PAPERS = words_of("paper offer opener opening proposal draft version figure number")
_ANSWERS = {
    **dict.fromkeys(("accepted", "agreed", "confirmed", "signed", "taken", "took", "backed", "seconded", "endorsed"), "accept"),
    **dict.fromkeys(("rejected", "refused", "declined"), "reject"),
    **dict.fromkeys(("withdrew", "withdrawn"), "withdraw"),
}
"""Which act answers an offer so."""
_COMPARED = words_of("than above below under over beyond past")
_AGAINST = words_of(
    "dropped waived refused rejected declined opposed objected excluded removed struck deleted cut abandoned withdrew "
    "withdrawn left gave given ruled"
)
"""Verbs of what somebody did not want, or no more."""
_COPULA = words_of("was is were are be been")
_LACKS = words_of("without no not drop dropped waive skip")


def is_held(context: Context, claim: Claim) -> bool:
    """Return whether the history of the speakers holds the figures, or else the words, of a claim."""
    said = context.scan
    named = {found.what for found in said.named_from(claim.start, claim.end) if found.sort == "offer"}
    own = tuple(move for move in context.known.moves if move.sender in claim.speakers)
    moves = tuple(move for move in own if {move.id, move.id.split("-")[0], (move.offer or "").split("-")[0]} & named) or own
    if not moves or _is_elsewhere(context, claim) or _is_of_no_paper(context, claim, moves):
        return False
    behind = said.tokens_in(claim.act.end, claim.end)
    if claim.is_firm and claim.act.who in _JOINED:
        return _is_agreed(context, claim, context.known.moves)
    if claim.act.verb == "said" and "yes" in behind[:2]:
        return _is_agreed(context, claim, context.known.moves if claim.act.who in _JOINED else own)
    if not any(behind) and _COMPARED & context.scan.words and said.told_in(claim.start, claim.act.start) & CHANGE:
        return True
    return _are_named(context, claim, moves) and _is_told(context, claim, own, moves)


def _is_told(context: Context, claim: Claim, own: tuple[Move, ...], moves: tuple[Move, ...]) -> bool:
    """Return whether messages hold the figure of a claim, the answer that it tells of, or enough of its words."""
    said = context.scan
    behind = said.tokens_in(claim.act.end, claim.end)
    named = {found.what for found in said.named_from(claim.start, claim.end) if found.sort == "offer"}
    figure = figure_of(context, claim)
    if figure:
        meant = moves if claim.is_firm or len(named) == 1 else own
        others = (one for one in listed(context, claim.act.order + 1) if isinstance(one, Quantity) and one.start > figure.start)
        if not all(has_named(context, meant, one, claim) for one in others):
            return False
        return has_named(context, meant, figure, claim) and (FINE.isdisjoint(behind) or is_welcome(context, meant, figure))
    answer = _ANSWERS.get(claim.act.verb) or answer_of(context.scan, claim.act)
    if answer and named:
        offers = {offer.id for word in named if (offer := context.known.offer(word))}
        if claim.act.verb == "took" and _went_on_from(context, own, offers):
            return True
        return any(move.act == answer and move.offer in offers for move in own)
    return _is_worded(context, claim, moves, behind)


def _went_on_from(context: Context, own: tuple[Move, ...], offers: set[OfferId]) -> bool:
    """Return whether somebody made an offer after one of these, which it may have taken to build on."""
    ids = [move.id for move in context.known.moves]
    first = min((ids.index(offer) for offer in offers if offer in ids), default=len(ids))
    return any(move.terms and move.id in ids[first + 1 :] for move in own)


def _is_agreed(context: Context, claim: Claim, told: tuple[Move, ...]) -> bool:
    """Return whether an offer was accepted, and one with the figure that is told, or one of the figures of its words."""
    accepted = {move.offer for move in told if move.act == "accept"}
    moves = tuple(move for move in told if move.act == "accept" or move.id in accepted)
    figure = figure_of(context, claim)
    if not accepted or figure is None or figure.start < claim.act.end:
        return bool(accepted)
    return has_named(context, moves, figure, claim)


def _is_of_no_paper(context: Context, claim: Claim, moves: tuple[Move, ...]) -> bool:
    """Return whether an offer of somebody is spoken of who has made none."""
    words = context.scan.tokens[claim.act.subject : claim.act.order]
    return claim.act.is_whose and not any(move.terms for move in moves) and not _PAPERS.isdisjoint(words)


def _is_worded(context: Context, claim: Claim, moves: tuple[Move, ...], behind: tuple[str, ...]) -> bool:
    """Return whether enough of the words of a claim stand in the messages of its speakers."""
    words = content_of(behind)
    if not words and claim.is_firm:
        words = content_of(context.scan.tokens_in(claim.start, claim.act.start))
    if not words:
        return True
    if "without" in behind and all(_LACKS.isdisjoint(words_told(move)) for move in moves):
        return False
    held = content_in(moves)
    words = words - content_of(context.lexicon.names) or _canonical(context, claim) or words
    shared, predicate = len(words & held), _predicate(behind)
    if predicate and predicate.isdisjoint(held) and shared * 3 < len(words) * 2:
        return False
    if behind[:1] in (("me",), ("us",)) and claim.act.who == "you":
        return shared * 3 >= len(words) * 2
    return shared * 2 >= len(words) if claim.is_firm else shared * 5 >= len(words) * 2


def _canonical(context: Context, claim: Claim) -> frozenset[str]:
    """Return the words of the names of the issues that a claim calls by whatever name; `at the start` is a time."""
    text = context.scan.text
    named = context.scan.named_from(claim.act.end, claim.end)
    told = (one.issue for one in named if one.sort == "issue" and one.issue and not text.endswith("at the ", 0, one.start))
    return content_of(word for issue in told for word in issue.split("_"))


def _are_named(context: Context, claim: Claim, moves: tuple[Move, ...]) -> bool:
    """Return whether messages hold every option and flag that is told, where none is told to be out."""
    said = context.scan
    start, end = claim.act.end, claim.end
    if not content_of(said.tokens_in(start, end)):
        start, end = claim.start, claim.act.start
    if claim.act.verb in _AGAINST or said.told_in(start, end) & NEGATION:
        return True
    named = (one for one in said.named_from(start, end) if is_choice(context, one))
    return all(_is_named(moves, one, said.text[one.start : one.end]) for one in named)


def _is_named(moves: tuple[Move, ...], named: Named, called: str) -> bool:
    """Return whether terms have an option or a flag, or a message speaks of it."""
    terms = (term for move in moves for term in move.terms if term.issue == named.issue)
    words = content_of([*named.what.replace("_", "-").split("-"), *called.split()])
    return any(has_choice(term, named) for term in terms) or any(_is_spoken_of(move, words) for move in moves)


def _is_spoken_of(move: Move, words: frozenset[str]) -> bool:
    return not words.isdisjoint(content_of(move.text.lower().replace("-", " ").split()))


def has_choice(term: Term, named: Named) -> bool:
    """Return whether a term is the option that is named, or the flag set."""
    if term.kind == "flag":
        return term.value
    return term.kind == "choice" and (term.value == named.what or term.value.startswith(f"{named.what}-"))


def _predicate(behind: tuple[str, ...]) -> frozenset[str]:
    """Return what something is said to have been: the words behind the copula, `that the review was optional`."""
    place = next((at for at in range(len(behind) - 1, 0, -1) if behind[at] in _COPULA), 0)
    return content_of(behind[place + 1 :]) if place else frozenset()


def _is_elsewhere(context: Context, claim: Claim) -> bool:
    """Return whether the words lay it to a talk that is on no record: last week, on the phone."""
    is_said = claim.is_firm or claim.act.verb in SPEECH
    sentence = context.scan.sentence_of(claim.start)
    text = context.scan.text
    is_dated = IN_A_MONTH.match(text, claim.act.end, claim.end) is not None and not context.scan.has_day(sentence)
    return is_said and (is_dated or ELSEWHERE.search(text, sentence.start, claim.end) is not None)
