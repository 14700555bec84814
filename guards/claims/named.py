"""Is a figure that stands beside the name of an issue a figure of that issue? Its term, or what the record holds for it."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from guards.claims.anchors import anchor_of, stems
from guards.claims.arithmetic import is_among, readings, same, sums_of, totals_of
from guards.claims.context import Context, finding
from guards.claims.known import Offered
from guards.claims.saying import Named, Quantity
from guards.claims.stated import exact_text
from guards.claims.wordlist import words_of
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import ChoiceIssue, NumberIssue
from orchestrator.messages.value import IssueName

__all__ = ["figures_of_their_issues"]

_OF = words_of("of for on in as to the a our your my")
_IS = words_of(
    "is at of to be stays stay stand stands now for on the a an goes back comes as we put set remains remain kept keep keeps with still then was were our your my "
    "i you it its has have had only just"
)
_LAST = 13
"""Offers on record of which the sums are reckoned."""
_IS_SO = words_of("is are be makes make")
_STEPS = words_of(
    "more less fewer higher lower up down above below over under short longer shorter later earlier sooner cheaper dearer off further better worse by extra added "
    "between difference gap apart times half third quarter twice double per each every nearer closer than plus minus from average mean total sum together step steps within"
)


def figures_of_their_issues(context: Context) -> Iterator[Finding]:
    """Find a figure beside the name of an issue that nothing on record holds for it: `1,200 of cover`, where that is the rate."""
    own = context.known.own
    if own is None or not context.reports or not context.scan.quantities:
        return
    for named in context.scan.named:
        issue = named.issue
        if named.sort != "issue" or issue is None or issue not in own.figures:
            continue
        for found in _beside(context, named, own.figures[issue]):
            if (
                _is_anothers(context, named)
                or context.is_open(found)
                or _is_step(context, found)
                or context.ground.is_announced(found)
            ):
                continue
            if not found.unit and _is_said(context, own.figures[issue], found):
                continue
            if not _is_held(context, own, issue, found):
                yield finding(
                    context, "terms.figure", "terms", found.start, found.end,
                    f"the words say {context.scan.quote(found.start, found.end)!r} for {issue!r}, but the terms say {exact_text(own.figures[issue])}",
                    exact_text(own.figures[issue]),
                )  # fmt: skip


def _is_anothers(context: Context, named: Named) -> bool:
    """Return whether the clause speaks of what another role has."""
    clause = context.clause(named.clause)
    return any(role != context.view.role for role in context.scan.roles_in(clause.start, named.start))


def _beside(context: Context, named: Named, term: float) -> Iterator[Quantity]:
    """Yield the figures that only small words part from a name, and that are not the term."""
    said = context.scan
    near_by = [
        found
        for found in said.quantities
        if named.start - 40 <= found.start < named.end + 32
        and term not in found.values
        and not any(same(value, term) for value in readings(found))
    ]
    if not near_by:
        return
    place = bisect_left(said.places, named.start)
    behind = bisect_left(said.places, named.end, place)
    for found in near_by:
        if not _counts(context, named, found):
            continue
        first, last = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
        between = said.tokens[last:place] if last <= place else said.tokens[behind:first]
        links = _OF if last <= place else _IS
        if found.start < named.end and named.start < found.end:
            if _IS_SO.isdisjoint(said.tokens[max(0, first - 1) : first]):
                yield found
        elif (
            len(between) <= 3 and links.issuperset(between) and (last <= place or not _is_before_another(context, named, found))
        ):
            yield found


def _is_before_another(context: Context, named: Named, found: Quantity) -> bool:
    """Return whether the figure behind a name rather belongs to what follows it, or the name to a figure before it."""
    said = context.scan
    follows = said.named_from(found.end - 1, found.end + 18)
    last = bisect_left(said.places, found.end)
    is_next = any(
        one.sort == "issue"
        and one.issue != named.issue
        and _OF.issuperset(said.tokens[last : bisect_left(said.places, one.start)])
        for one in follows
    )
    before = said.quantities_from(max(0, named.start - 24), named.start)
    return is_next or any(
        _OF.issuperset(said.tokens[bisect_left(said.places, one.end) : bisect_left(said.places, named.start)]) for one in before
    )


def _counts(context: Context, named: Named, found: Quantity) -> bool:
    issue = context.lexicon.issues.get(named.issue) if named.issue else None
    if found.sign or (found.is_word and not found.unit and found.values[0] <= 3):
        return False
    unit = context.lexicon.counted.get(named.issue, "") if named.issue else ""
    if found.unit and found.unit != unit:
        return False
    if isinstance(issue, ChoiceIssue):
        return issue.numeric
    return isinstance(issue, NumberIssue) and any(float(issue.min) <= value <= float(issue.max) for value in readings(found))


def _is_step(context: Context, found: Quantity) -> bool:
    said = context.scan
    here, behind = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
    near_by = (*said.tokens[max(0, here - 2) : here], *said.tokens[behind : behind + 2])
    beside = said.text[max(0, found.start - 2) : found.start] + said.text[found.end : found.end + 2]
    return not _STEPS.isdisjoint(near_by) or any(sign in beside for sign in "=+*>x/(")


def _is_said(context: Context, term: float, found: Quantity) -> bool:
    """Return whether another figure says the term, so that this one is something else."""
    return any(same(value, term) for one in context.scan.quantities if one.start != found.start for value in readings(one))


def _is_held(context: Context, own: Offered, issue: IssueName, found: Quantity) -> bool:
    """Return whether a figure is the term, or one that an offer, a rule or a fact of the sentence holds for the issue."""
    said = readings(found)
    values = [own.figures[issue], *(offer.figures[issue] for offer in context.known.offers if issue in offer.figures)]
    values += [value * 1000 for value in values] if context.lexicon.counted.get(issue) == "thousand" else []
    if any(same(one, value) for one in said for value in values):
        return True
    steps = (result for one, other in combinations(values, 2) for result in (abs(one - other), (one + other) / 2))
    held = chain(steps, _ruled(context, issue), _told(context, found))
    if any(same(one, value) for value in held for one in said):
        return True
    unit, offers = context.lexicon.counted.get(issue, ""), (own, *context.known.offers[-_LAST:])
    if unit and any(same(one, value) for offer in offers for value in sums_of(offer, unit, context.lexicon) for one in said):
        return True
    facts = context.known.facts
    return said[0] >= 1000 and any(
        is_among(said, totals_of(offer, facts, found.unit, context.lexicon), is_near=False) for offer in offers
    )


def _ruled(context: Context, issue: IssueName) -> Sequence[float]:
    return [figure.value for figure in context.known.figures if figure.issue == issue or figure.origin == "rule"]


def _told(context: Context, found: Quantity) -> Iterator[float]:
    sentence = context.sentence(found.clause)
    words = stems(context.scan.text[sentence.start : sentence.end])
    for fact in context.view.facts:
        if fact.kind == "number" and anchor_of(fact).words & words:
            yield float(fact.value)
