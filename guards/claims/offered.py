"""Is a bare figure that is offered one of the terms? One that some issue could have must be the value of one."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import combinations

from guards.claims.anchors import anchor_of, stems
from guards.claims.arithmetic import is_among, readings, same, sums_of, totals_of
from guards.claims.context import Context, finding
from guards.claims.known import Offered
from guards.claims.saying import Quantity
from guards.claims.ties import is_offered
from guards.claims.wordlist import words_of
from guards.claims.words import WEEKDAYS
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import ChoiceIssue, Issue, NumberIssue

__all__ = ["offers_as_bound"]

_LINKS = frozenset(
    (
        "",
        *words_of(
            "and for on at with is from in it to as but if so then now we i you per by of the a an that this our your was were would will which until till after "
            "before plus minus all here there instead rather again today flat net gross please then too or are be since because when while though without"
        ),
    )
)
_PARTS = frozenset("-:#")
_LAST = 8
"""Offers of which the middles are reckoned."""


def offers_as_bound(context: Context) -> Iterator[Finding]:
    """Find bare figures that are offered, fit an issue, and stand in no term: `235 and 4,500 a day`."""
    own = context.known.own
    if own is None or not context.reports:
        return
    loose = [found for found in context.scan.quantities if _is_loose(found) and not _is_bound(own, found)]
    unsaid = tuple(_unsaid(context, own)) if loose else ()
    for found in loose:
        if not any(_takes(issue, found) for issue in unsaid) or context.ground.is_exact(found) or context.is_open(found):
            continue
        if not is_offered(context, found) or context.ground.is_announced(found):
            continue
        if _is_counted(context, found) or _is_near_terms(context, own, found):
            continue
        yield finding(
            context, "terms.figure", "terms", found.start, found.end,
            f"the words offer {context.scan.quote(found.start, found.end)!r}, and no term says so", "a figure of the terms",
        )  # fmt: skip


def _unsaid(context: Context, own: Offered) -> Iterator[Issue]:
    """Yield the issues whose term no figure of the text says."""
    said = [one for found in context.scan.quantities for one in readings(found)]
    for name, issue in context.lexicon.issues.items():
        term = own.figures.get(name)
        if term is None or not any(same(one, term) for one in said):
            yield issue


def _is_loose(found: Quantity) -> bool:
    """Return whether a figure is bare, and no small or round word."""
    if found.unit or found.sign or found.values[0] < 4:
        return False
    return not found.is_word or (found.values[0] > 100 and found.values[0] != 1000)


def _is_bound(own: Offered, found: Quantity) -> bool:
    return any(same(one, value) or same(one, value * 1000) for one in readings(found) for value in own.figures.values())


def _is_counted(context: Context, found: Quantity) -> bool:
    """Return whether a figure counts things or shares, is part of a name, a day behind a weekday, or part of an option."""
    said = context.scan
    before, behind = said.text[max(0, found.start - 1) : found.start], said.text[found.end : found.end + 2]
    if before in _PARTS or (behind[:1] in _PARTS and behind[1:].isalnum()):
        return True
    here, place = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
    after = said.tokens[place] if place < len(said.tokens) else ""
    if (after not in _LINKS and after not in context.lexicon.names) or (here and said.tokens[here - 1] in WEEKDAYS):
        return True
    options = (figure for figure in context.known.figures if figure.issue and figure.origin == "agenda" and not figure.unit)
    return any(same(figure.value, one) for figure in options for one in found.values)


def _is_near_terms(context: Context, own: Offered, found: Quantity) -> bool:
    """Return whether a figure is how far the terms are from an offer, a middle, or what terms of one kind come to."""
    said = readings(found)
    if any(
        same(one, value) for one in said for value in (*_sums(context, own), *_steps(context, own), *_told(context, own, found))
    ):
        return True
    return said[0] >= 1000 and is_among(said, totals_of(own, context.known.facts, "", context.lexicon), is_near=False)


def _sums(context: Context, own: Offered) -> Iterator[float]:
    """Yield what terms of one kind come to, and their products."""
    values = [(value, context.lexicon.counted.get(issue, "")) for issue, value in own.figures.items()]
    for (one, unit), (other, second) in combinations(values, 2):
        if unit == second:
            yield abs(one - other)
        if one * other >= 1000:
            yield one * other
    yield from sums_of(own, "", context.lexicon)


def _steps(context: Context, own: Offered) -> Iterator[float]:
    """Yield how far the terms are from each offer, and the middles of the last offers."""
    for offer in context.known.offers:
        yield from (abs(value - offer.figures[issue]) for issue, value in own.figures.items() if issue in offer.figures)
    for one, other in combinations(context.known.offers[-_LAST:], 2):
        yield from ((value + other.figures[issue]) / 2 for issue, value in one.figures.items() if issue in other.figures)


def _told(context: Context, own: Offered, found: Quantity) -> Iterator[float]:
    """Yield what the terms come to with the other figures of a sentence, and with the facts that it speaks of."""
    sentence = context.sentence(found.clause)
    words = stems(context.scan.text[sentence.start : sentence.end])
    for fact in context.view.facts:
        value = anchor_of(fact).value
        if value and anchor_of(fact).words & words:
            yield from (result for term in own.figures.values() for result in (abs(term - value), term * value, term / value))
    others = (one for one in context.scan.quantities_from(sentence.start, sentence.end) if one.start != found.start)
    for one in [value for other in others for value in readings(other)]:
        yield from (result for term in own.figures.values() for result in (abs(term - one), term + one))


def _takes(issue: Issue, found: Quantity) -> bool:
    """Return whether an issue may have a value."""
    if isinstance(issue, ChoiceIssue):
        return issue.numeric and any(same(value, float(option)) for value in readings(found) for option in issue.options)
    if not isinstance(issue, NumberIssue):
        return False
    steps = [(value - float(issue.min)) / float(issue.step) for value in readings(found) if issue.min <= value <= issue.max]
    return any(same(step, round(step)) for step in steps)
