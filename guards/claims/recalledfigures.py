"""Did they name that figure? The figure or day that somebody is said to have named, held against its terms and words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from guards.claims.acts import Act
from guards.claims.arithmetic import akin, near, readings, same
from guards.claims.context import Context
from guards.claims.known import Offered
from guards.claims.saying import Quantity, Scan, SpokenDay
from guards.claims.scan import scan
from guards.claims.wordlist import words_of
from guards.claims.words import COMPARED, CONDITION, HEDGE, NEGATION
from orchestrator.messages.move import Move
from orchestrator.messages.negotiation import ChoiceIssue, Issue, NumberIssue
from orchestrator.messages.value import IssueName, RoleName

__all__ = ["FINE", "Claim", "figure_of", "has_named", "is_welcome", "issue_beside", "may_be_term", "may_be_worked"]

_YES = words_of(
    "yes agree agreed accept accepted confirm confirmed fine ok okay works take promise promised commit committed happy deal"
)
FINE = words_of("fine ok okay right acceptable doable possible problem trouble objection works agreeable thinkable welcome")
"""What a figure is said to be that somebody would take."""
_WILLING = _YES | FINE | words_of("could would might think ready willing open consider discuss live")
_MOVED = words_of("came moved went dropped fell rose climbed shifted gave")
"""Verbs of somebody's own way from offer to offer."""
_WAYS = _MOVED | words_of(
    "cut raised lowered shortened extended added reduced increased improved conceded shaved trimmed lost gained put took"
)
_STEP_BEFORE = words_of("by another further extra additional up down off lost gained plus minus")
_ENDS_OF_WAY = words_of("to at from")
"""Words that name where a way begins or ends, and not how far it is."""
_SUMS = words_of(
    "total totals sum altogether together all net gross worth make makes made plus per each with average over cost costs "
    "product"
)
"""Words of what terms come to."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody is said to have done: the words, the figures and days in them, and whose record should hold it."""

    act: Act
    start: int
    end: int
    speakers: tuple[RoleName, ...]
    is_firm: bool


def figure_of(context: Context, claim: Claim) -> Quantity | SpokenDay | None:
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


def has_named(context: Context, moves: tuple[Move, ...], figure: Quantity | SpokenDay, claim: Claim) -> bool:
    """Return whether messages hold a figure or day, of the issue beside it, or a step as long where it is called one."""
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
        if may_be_worked(context, figure):
            values += [value for offer in offers for value in context.ground.worked_from(offer, figure.unit)]
        if is_moved:
            is_own_way = claim.act.verb in _MOVED and len(offers) > 1
            values += _steps(context, offers, figure.unit, is_own_way=is_own_way)
    is_near = context.ground.is_announced(figure)
    return any(same(one, value) or (is_near and near(one, value)) for one in _meant(context, figure) for value in values)


def may_be_worked(context: Context, found: Quantity) -> bool:
    """Return whether a figure may be what terms come to: it is large and no term, or its sentence speaks of a sum."""
    if not _SUMS.isdisjoint(context.scan.said_in[context.clause(found.clause).sentence]):
        return True
    return found.values[0] >= 1000 and (found.is_word or not may_be_term(context, found))


def may_be_term(context: Context, found: Quantity) -> bool:
    """Return whether an issue is counted like a figure and could have its value."""
    counted = context.lexicon.counted
    return any(_takes(issue, counted[issue.name], found) for issue in context.lexicon.issues.values())


def _takes(issue: Issue, unit: str, found: Quantity) -> bool:
    """Return whether an issue is counted like a figure and could have its value."""
    if not akin(unit, found.unit):
        return False
    if isinstance(issue, ChoiceIssue):
        return issue.numeric and any(float(option) in found.values for option in issue.options)
    if not isinstance(issue, NumberIssue):
        return False
    steps = [(value - float(issue.min)) / float(issue.step) for value in readings(found) if issue.min <= value <= issue.max]
    return any(same(step, round(step)) for step in steps)


def _is_step(context: Context, claim: Claim, figure: Quantity) -> bool:
    """Return whether a figure is called a step: `two less`, `by ten`, `another 5`, `you came down 15`."""
    said, act = context.scan, claim.act
    here, behind = bisect_left(said.places, figure.start), bisect_left(said.places, figure.end)
    before = said.tokens[max(0, here - 3) : here]
    if not COMPARED.isdisjoint(said.tokens[behind : behind + 2]) or not _STEP_BEFORE.isdisjoint(before[-2:]):
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


def is_welcome(context: Context, moves: tuple[Move, ...], figure: Quantity | SpokenDay) -> bool:
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
