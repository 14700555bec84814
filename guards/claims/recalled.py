"""Does the history hold what somebody is said to have said? Figures, days and words, in the messages of the speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from guards.claims.acts import Act
from guards.claims.arithmetic import akin, near, readings, same
from guards.claims.content import content_in, content_of, words_told
from guards.claims.context import Context
from guards.claims.elsewhere import ELSEWHERE, IN_A_MONTH
from guards.claims.known import Offered
from guards.claims.listed import is_choice
from guards.claims.saying import Named, Quantity, Scan, SpokenDay
from guards.claims.scan import scan
from guards.claims.verbs import SPEECH
from guards.claims.wordlist import words_of
from guards.claims.words import CHANGE, CONDITION, HEDGE, NEGATION, TOTAL
from orchestrator.messages.move import Move
from orchestrator.messages.terms import Term
from orchestrator.messages.value import IssueName, RoleName

__all__ = ["Claim", "has_choice", "is_held", "issue_beside"]

_JOINED = frozenset(("i", "we", "all", "everybody", "everyone", "both"))
_YES = words_of(
    "yes agree agreed accept accepted confirm confirmed fine ok okay works take promise promised commit committed happy deal"
)
_FINE = words_of("fine ok okay right acceptable doable possible problem trouble objection works agreeable thinkable welcome")
"""What a figure is said to be that somebody would take."""
_WILLING = _YES | _FINE | words_of("could would might think ready willing open consider discuss live")
_PAPERS = words_of("paper offer opener opening proposal draft version figure number")
_ANSWERS = {
    **dict.fromkeys(("accepted", "agreed", "confirmed", "signed", "taken"), "accept"),
    **dict.fromkeys(("rejected", "refused", "declined"), "reject"),
    **dict.fromkeys(("withdrew", "withdrawn"), "withdraw"),
}
"""Which act answers an offer so."""
_COMPARED = words_of("than above below under over beyond past")
_MOVED = words_of("came moved went dropped fell rose climbed shifted gave")
"""Verbs of somebody's own way from offer to offer."""
_WAYS = _MOVED | words_of(
    "cut raised lowered shortened extended added reduced increased improved conceded shaved trimmed lost gained put took"
)
_STEP_AFTER = words_of(
    "more less fewer higher lower up down above below over under short longer shorter later earlier sooner cheaper dearer "
    "faster off further better worse extra closer nearer apart towards toward"
)
_STEP_BEFORE = words_of("by another further extra additional up down off lost gained plus minus")
_ENDS_OF_WAY = words_of("to at from")
"""Words that name where a way begins or ends, and not how far it is."""
_AGAINST = words_of(
    "dropped waived refused rejected declined opposed objected excluded removed struck deleted cut abandoned withdrew "
    "withdrawn left gave given ruled"
)
"""Verbs of what somebody did not want, or no more."""
_COPULA = words_of("was is were are be been")
_LACKS = words_of("without no not drop dropped waive skip")


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody is said to have done: the words, the figures and days in them, and whose record should hold it."""

    act: Act
    start: int
    end: int
    speakers: tuple[RoleName, ...]
    is_firm: bool


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
    figure = _figure(context, claim)
    if figure:
        meant = moves if claim.is_firm or len(named) == 1 else own
        return _holds(context, meant, figure, claim) and (_FINE.isdisjoint(behind) or _is_welcome(context, meant, figure))
    answer = _ANSWERS.get(claim.act.verb)
    if answer and named:
        offers = {offer.id for word in named if (offer := context.known.offer(word))}
        return any(move.act == answer and move.offer in offers for move in own)
    return _is_worded(context, claim, moves, behind)


def _is_agreed(context: Context, claim: Claim, told: tuple[Move, ...]) -> bool:
    """Return whether an offer was accepted, and one with the figure that is told, or one of the figures of its words."""
    accepted = {move.offer for move in told if move.act == "accept"}
    moves = tuple(move for move in told if move.act == "accept" or move.id in accepted)
    figure = _figure(context, claim)
    if not accepted or figure is None or figure.start < claim.act.end:
        return bool(accepted)
    return _holds(context, moves, figure, claim)


def _is_welcome(context: Context, moves: tuple[Move, ...], figure: Quantity | SpokenDay) -> bool:
    """Return whether somebody offered or accepted a figure, or spoke of it as of one that would do."""
    if isinstance(figure, SpokenDay):
        return True
    backed = {move.offer if move.act == "accept" else move.id for move in moves}
    offers = [offer for offer in context.known.offers if offer.id in backed]
    if any(same(one, value) for offer in offers for value in offer.figures.values() for one in readings(figure)):
        return True
    texts = (scan(move.text, context.lexicon) for move in moves if move.text)
    return any(_is_willing(text, figure) for text in texts)


def _is_willing(text: Scan, figure: Quantity) -> bool:
    """Return whether a message speaks of a figure in a sentence that would have it."""
    said = [found for found in text.quantities if any(same(one, figure.values[0]) for one in readings(found))]
    return any(not _WILLING.isdisjoint(text.said_in[text.clauses[found.clause].sentence]) for found in said)


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
    words = words - content_of(context.lexicon.names) or words
    held = content_in(moves)
    shared, predicate = len(words & held), _predicate(behind)
    if predicate and predicate.isdisjoint(held) and shared * 3 < len(words) * 2:
        return False
    if behind[:1] in (("me",), ("us",)) and claim.act.who == "you":
        return shared * 3 >= len(words) * 2
    return shared * 2 >= len(words) if claim.is_firm else shared * 5 >= len(words) * 2


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


def _figure(context: Context, claim: Claim) -> Quantity | SpokenDay | None:
    """Return the figure that was said: the first behind the verb, or else the last before the subject."""
    found = [
        figure
        for figure in (*context.scan.quantities_from(claim.start, claim.end), *context.scan.days)
        if claim.start <= figure.start < claim.end and not _is_small(figure)
    ]
    found.sort(key=lambda figure: figure.start)
    behind = [figure for figure in found if figure.start > claim.act.end]
    told = [figure for figure in behind if not context.scan.text.endswith("from ", 0, figure.start)] or behind
    return told[0] if told else found[-1] if found else None


def _is_small(figure: Quantity | SpokenDay) -> bool:
    return isinstance(figure, Quantity) and figure.is_word and not figure.unit and figure.values[0] < 3


def _holds(context: Context, moves: tuple[Move, ...], figure: Quantity | SpokenDay, claim: Claim) -> bool:
    texts = [scan(move.text, context.lexicon) for move in moves if move.text]
    backed = {move.offer if move.act == "accept" else move.id for move in moves}
    offers = [offer for offer in context.known.offers if offer.id in backed]
    if isinstance(figure, SpokenDay):
        days = [day for offer in offers for day in offer.days.values()]
        return any(figure.may_be(day) for day in days) or any(day.day == figure.day for text in texts for day in text.days)
    issue = issue_beside(context, figure)
    said = [found for text in texts for found in text.quantities if not claim.is_firm or _is_firm(text, found)]
    values = [value for found in said if akin(found.unit, figure.unit) for value in readings(found)]
    is_moved = _is_step(context, claim, figure)
    if issue:
        others = [value for offer in offers for name, value in offer.figures.items() if name != issue]
        values = [value for value in values if not any(same(value, other) for other in others)]
        values += [offer.figures[issue] for offer in offers if issue in offer.figures]
        every = [offer.figures[issue] for offer in context.known.offers if issue in offer.figures]
        values += [abs(one - other) for one in every for other in every if one != other] if is_moved else []
    else:
        values += [value for offer in offers for name, value in offer.figures.items() if _counts(context, name, figure.unit)]
        if context.sentence(figure.clause).bits & TOTAL:
            values += [value for offer in offers for value in context.ground.worked_from(offer, figure.unit)]
        if is_moved:
            is_own_way = claim.act.verb in _MOVED and len(offers) > 1
            values += _steps(context, offers, figure.unit, is_own_way=is_own_way)
    is_near = context.ground.is_announced(figure)
    return any(same(one, value) or (is_near and near(one, value)) for one in _meant(context, figure) for value in values)


def _is_step(context: Context, claim: Claim, figure: Quantity) -> bool:
    """Return whether a figure is called a step: `two less`, `by ten`, `another 5`, `you came down 15`."""
    said, act = context.scan, claim.act
    here, behind = bisect_left(said.places, figure.start), bisect_left(said.places, figure.end)
    before = said.tokens[max(0, here - 3) : here]
    if not _STEP_AFTER.isdisjoint(said.tokens[behind : behind + 2]) or not _STEP_BEFORE.isdisjoint(before[-2:]):
        return True
    way = said.tokens[act.order + 1 : here] if here > act.order else before
    return act.verb in _WAYS and _ENDS_OF_WAY.isdisjoint(way[-2:])


def _meant(context: Context, figure: Quantity) -> tuple[float, ...]:
    """Return what a figure means: only its first reading where that is on record, as `4,000` is where 4 is, too."""
    first = figure.values[0]
    if len(figure.values) > 1 and any(same(known.value, first) for known in context.known.figures):
        return figure.values[:1]
    return readings(figure)


def _steps(context: Context, offers: list[Offered], unit: str, *, is_own_way: bool) -> Iterator[float]:
    """Yield how far each of somebody's offers is from their others, and, but for their own way, from those of the sender."""
    others = offers if is_own_way else [*offers, *(one for one in context.known.offers if one.sender == context.view.role)]
    for one in offers:
        for other in others:
            for name in one.figures.keys() & other.figures.keys():
                if _counts(context, name, unit):
                    yield abs(one.figures[name] - other.figures[name])


def _counts(context: Context, name: IssueName, unit: str) -> bool:
    own = context.lexicon.counted.get(name)
    return own is not None and (not unit or own == unit or {own, unit} == {"percent", "point"})


def issue_beside(context: Context, figure: Quantity) -> IssueName | None:
    """Return the issue that is named within a few words behind a figure."""
    beside = (named for named in context.scan.named_from(figure.start, figure.end + 12) if named.sort == "issue")
    behind = next(
        (one.issue for one in beside if one.clause == figure.clause and one.issue and _counts(context, one.issue, figure.unit)),
        None,
    )
    if behind is not None:
        return behind
    before = [
        named
        for named in context.scan.named_from(figure.start - 28, figure.start)
        if named.sort == "issue" and named.clause == figure.clause
    ]
    last = before[-1] if before else None
    is_its = (
        last and _counts(context, last.issue, figure.unit) and not context.scan.quantities_from(last.end, figure.start)
        if last and last.issue
        else False
    )
    return last.issue if last and is_its else None


def _is_firm(text: Scan, found: Quantity) -> bool:
    """Return whether an earlier message says yes to a figure, outright."""
    sentence = text.sentence_of(found.start)
    is_yes = not _YES.isdisjoint(text.tokens_in(sentence.start, sentence.end))
    return is_yes and not sentence.bits & (HEDGE | CONDITION | NEGATION)
