"""Is a bare figure that is offered one of the terms? One that some issue could have must be the value of one."""

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
_ROUND = (100, 1000)
_SHARES = words_of("half halves third thirds quarter quarters fifth fifths tenth tenths times")


def offers_as_bound(context: Context) -> Iterator[Finding]:
    """Find bare figures that are offered, fit an issue, and stand in no term: `235 and 4,500 a day`."""
    own = context.known.own
    if own is None or not context.reports:
        return
    unsaid = tuple(_unsaid(context, own))
    for found in context.scan.quantities:
        if found.unit or found.sign or found.values[0] < 4 or _is_bound(context, own, found):
            continue
        if context.is_open(found) or not is_offered(context, found) or context.ground.is_announced(found):
            continue
        if (
            (found.is_word and (found.values[0] < 100 or found.values[0] in _ROUND))
            or _is_part(context, found)
            or _is_near_terms(context, own, found)
        ):
            continue
        if context.ground.is_exact(found) or not any(_takes(issue, found) for issue in unsaid):
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


def _is_bound(context: Context, own: Offered, found: Quantity) -> bool:
    return any(same(one, value) or same(one, value * 1000) for one in readings(found) for value in own.figures.values())


def _is_part(context: Context, found: Quantity) -> bool:
    """Return whether a figure counts shares, or is a day behind a weekday: `four fifths`, `Monday 21`."""
    said = context.scan
    here, behind = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
    after = said.tokens[behind : behind + 1]
    if (
        said.text[max(0, found.start - 1) : found.start] in tuple("-:#")
        or said.text[found.end : found.end + 2][:1] in tuple("-:")
        and said.text[found.end + 1 : found.end + 2].isalnum()
    ):
        return True
    if any(
        figure.issue and figure.origin == "agenda" and not figure.unit and same(figure.value, one)
        for figure in context.known.figures
        for one in found.values
    ):
        return True
    if after and after[0] not in _LINKS and after[0] not in context.lexicon.names:
        return True
    return not _SHARES.isdisjoint(said.tokens[behind : behind + 1]) or not WEEKDAYS.keys().isdisjoint(
        said.tokens[max(0, here - 1) : here]
    )


def _is_near_terms(context: Context, own: Offered, found: Quantity) -> bool:
    """Return whether a figure is how far the terms are from an offer, a middle, or what terms of one kind come to."""
    said = readings(found)
    counted = context.lexicon.counted
    values = [(value, counted.get(issue, "")) for issue, value in own.figures.items()]
    held: list[float] = [abs(one - other) for (one, unit), (other, second) in combinations(values, 2) if unit == second]
    held += (one * other for (one, _), (other, _) in combinations(values, 2) if one * other >= 1000)
    held += sums_of(own, "", context.lexicon)
    for offer in context.known.offers:
        for issue, value in own.figures.items():
            if issue in offer.figures:
                held.append(abs(value - offer.figures[issue]))
    for one, other in combinations(context.known.offers[-8:], 2):
        held += ((value + other.figures[issue]) / 2 for issue, value in one.figures.items() if issue in other.figures)
    sentence = context.sentence(found.clause)
    here = [
        one
        for other in context.scan.quantities_from(sentence.start, sentence.end)
        if other.start != found.start
        for one in readings(other)
    ]
    words = stems(context.scan.text[sentence.start : sentence.end])
    for fact in context.view.facts:
        if fact.kind == "number" and anchor_of(fact).words & words:
            told = float(fact.value)
            held += (
                result
                for value in own.figures.values()
                if value and told
                for result in (abs(value - told), value * told, value / told)
            )
    held += (abs(value - one) for value in own.figures.values() for one in here)
    held += (value + one for value in own.figures.values() for one in here)
    return any(same(one, value) for one in said for value in held) or (
        said[0] >= 1000 and is_among(said, totals_of(own, context.known.facts, "", context.lexicon), is_near=False)
    )


def _takes(issue: Issue, found: Quantity) -> bool:
    """Return whether an issue may have a value."""
    if isinstance(issue, ChoiceIssue):
        return issue.numeric and any(same(value, float(option)) for value in readings(found) for option in issue.options)
    if not isinstance(issue, NumberIssue):
        return False
    steps = [(value - float(issue.min)) / float(issue.step) for value in readings(found) if issue.min <= value <= issue.max]
    return any(same(step, round(step)) for step in steps)
