"""Do the words report the terms as they are? Figures, days, units, currencies, and sums of them."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guards.claims.arithmetic import near, readings, same
from guards.claims.binding import named_issue
from guards.claims.context import Context, finding
from guards.claims.cues import CHANGES
from guards.claims.fractions import fractions_in
from guards.claims.known import Offered
from guards.claims.lexicon import CURRENCIES
from guards.claims.proportions import proportions_in
from guards.claims.ranges import Range, ranges_in
from guards.claims.saying import Named, Quantity
from guards.claims.stated import exact_text, is_term
from guards.claims.tied import is_level, issue_beside
from guards.claims.ties import is_cited, is_offered
from guards.claims.words import HEDGE, NEGATION
from orchestrator.messages.finding import Finding, Kind
from orchestrator.messages.negotiation import ChoiceIssue, Issue, NumberIssue
from orchestrator.messages.value import IssueName

__all__ = ["figures_of_the_terms", "figures_out_of_nowhere"]


def figures_of_the_terms(context: Context) -> Iterator[Finding]:
    """Find a figure or day said of an issue that is not the one in the terms."""
    own = context.known.own
    if own is None or not context.reports:
        return
    ranges = tuple(ranges_in(context.scan))
    yield from _ranges(context, own, ranges)
    parts = fractions_in(context.scan)
    ends = {end for one in ranges for end in (one.low.start, one.high.start)} | {part.start for part in parts}
    for said in context.scan.quantities:
        found, issue = said, None if said.start in ends else issue_beside(context, said)
        if issue is None:
            continue
        term = own.figures.get(issue.issue) if issue.issue else None
        is_minus = found.sign == "-" and context.scan.text[issue.end : found.start].strip() != ""
        found = found._replace(sign="", start=found.start + 1) if is_minus else found
        if (
            not is_minus
            and term is not None
            and any(same(value, term) or _in_thousands(context, issue, value, term) for value in readings(found))
        ):
            continue
        if term is None and context.draft.act != "propose":
            continue
        if _is_in_name(context, found) or context.is_weighed(found) or not is_offered(context, found):
            continue
        is_anothers = not issue.strong and any(
            same(one, value)
            for one in readings(found)
            for name, value in own.figures.items()
            if not found.unit or context.lexicon.counted.get(name) == found.unit or name in _named_before(context, found)
        )
        if (
            is_anothers
            or _is_change(context, own, issue, found)
            or (not issue.strong and _is_explained(context, own, issue, found))
        ):
            continue
        if term is not None and (_is_rounded_off(context, found, term) or _is_said_elsewhere(context, found, term)):
            continue
        if _is_plausible(context, issue, found):
            allowed = exact_text(term)
            yield finding(
                context, "terms.figure", "terms", found.start, found.end,
                f"the words say {context.scan.quote(found.start, found.end)!r} for {issue.issue!r}, but the terms {f'say {allowed}' if allowed else 'leave it open'}",
                allowed or "no value for an issue that the terms leave open",
            )  # fmt: skip
    yield from _days(context)


def _ranges(context: Context, own: Offered, ranges: Iterable[Range]) -> Iterator[Finding]:
    """Yield a finding for each range that is said of an issue and in which the term does not lie."""
    for one in ranges:
        issue = issue_beside(context, one.whole)
        term = own.figures.get(issue.issue) if issue and issue.issue else None
        if issue is None or term is None or one.holds(term):
            continue
        if context.is_weighed(one.whole) or not is_offered(context, one.whole) or not _is_plausible(context, issue, one.low):
            continue
        yield finding(
            context, "terms.figure", "terms", one.whole.start, one.whole.end,
            f"the words say {context.scan.quote(one.whole.start, one.whole.end)!r} for {issue.issue!r}, but the terms say {exact_text(term)}", exact_text(term),
        )  # fmt: skip


def _said_right(context: Context, own: Offered) -> frozenset[int]:
    """Return where figures begin that are the ends of a range in which the term lies, or the share of a term in another."""
    ends = (end.start for one in _spanning(context, own) for end in (one.low, one.high))
    return frozenset((*ends, *(one.found.start for one in proportions_in(context, own) if one.is_so)))


def _spanning(context: Context, own: Offered) -> Iterator[Range]:
    """Yield the ranges that are said of an issue and in which its term lies."""
    for one in ranges_in(context.scan):
        issue = issue_beside(context, one.whole)
        term = own.figures.get(issue.issue) if issue and issue.issue else None
        if term is not None and one.holds(term):
            yield one


def figures_out_of_nowhere(context: Context) -> Iterator[Finding]:
    """Find figures that are stated and follow from nothing on record, or are offered and stand in no term."""
    own = context.known.own if context.reports else None
    said: frozenset[int] | None = None
    for found in context.scan.quantities:
        if own and context.ground.is_stated(found):
            continue
        said = (_said_right(context, own) if own else frozenset()) if said is None else said
        if found.start in said:
            continue
        if (
            found.sign
            or _is_in_name(context, found)
            or _is_entry(context, found)
            or _is_rest(context, found)
            or context.is_weighed(found)
            or (found.is_word and not found.unit and found.values[0] <= 20)
        ):
            continue
        if (found.values[0] < 4 and found.values[0] % 1 == 0) or (found.unit == "day" and found.values[0] > 300):
            continue
        if not found.unit and (
            (found.is_word and found.values[0] in (100, 1000)) or (found.values[0] < 10 and found.values[0] % 1)
        ):
            continue
        if own and _is_unlike(context, own, found):
            yield finding(
                context, "terms.figure", "terms", found.start, found.end,
                f"the words offer {context.scan.quote(found.start, found.end)!r}, and no term says so", "a figure of the terms",
            )  # fmt: skip
            continue
        is_weighed = context.clause(found.clause).bits & (HEDGE | NEGATION)
        if not is_weighed and not context.ground.holds(found):
            kind: Kind = "terms" if context.reports else "fact"
            yield finding(
                context, f"{kind}.ungrounded", kind, found.start, found.end,
                f"{context.scan.quote(found.start, found.end)!r} is on no record and follows from nothing that is", "a figure that is on record",
            )  # fmt: skip


def _is_unlike(context: Context, own: Offered, found: Quantity) -> bool:
    """Return whether a figure is offered for an issue and is no term; one that follows from facts or sums alone may be told."""
    if not _is_of_an_issue(context, found) or not is_offered(context, found) or is_term(context, own, found):
        return False
    counted = context.lexicon.counted
    named = named_issue(context, found)
    if named is not None and counted[named] != found.unit:
        return False
    earlier = (value for offer in context.known.offers for name, value in offer.figures.items() if counted[name] == found.unit)
    said = readings(found)
    is_large = found.values[0] >= 1000 or found.unit in CURRENCIES
    return not is_large or any(same(one, value) for value in earlier for one in said) or not context.ground.holds(found)


def _is_in_name(context: Context, found: Quantity) -> bool:
    """Return whether a figure begins within the name of an issue: `price 1 100 EUR`."""
    named = context.scan.named_from(found.start - 48, found.start)
    return any(other.sort == "issue" and found.start < other.end for other in named)


def _is_entry(context: Context, found: Quantity) -> bool:
    """Return whether a figure is the number of an entry that holds a move: `entry 17`."""
    return context.scan.text.endswith("entry ", 0, found.start) and found.values[0] in context.view.entries


def _is_rest(context: Context, found: Quantity) -> bool:
    """Return whether a figure only adds minutes to hours: `37 hours and twenty minutes`."""
    before = context.scan.quantities_from(found.start - 40, found.start) if found.unit == "minute" else ()
    return bool(before) and before[-1].unit == "hour" and found.start - before[-1].end <= 5


def _is_of_an_issue(context: Context, found: Quantity) -> bool:
    """Return whether an issue that is counted so could have the value."""
    counted = context.lexicon.counted
    fitting = [issue for issue in context.lexicon.issues.values() if counted[issue.name] == found.unit or not found.unit]
    if found.unit:
        return any(_takes(issue, found) for issue in fitting)
    return False


def _takes(issue: Issue, found: Quantity) -> bool:
    """Return whether an issue may have a value."""
    if isinstance(issue, ChoiceIssue):
        return issue.numeric and any(same(value, float(option)) for value in found.values for option in issue.options)
    if not isinstance(issue, NumberIssue):
        return False
    steps = [(value - float(issue.min)) / float(issue.step) for value in found.values if issue.min <= value <= issue.max]
    return any(same(step, round(step)) for step in steps)


def _is_explained(context: Context, own: Offered, named: Named, found: Quantity) -> bool:
    """Return whether a figure is one of a fact or a rule, or comes from the terms and is none that the issue could have."""
    issue = context.lexicon.issues.get(named.issue) if named.issue else None
    if issue is not None and _takes(issue, found._replace(values=found.values[:1])):
        return is_cited(context, found)
    return is_term(context, own, found)


def _named_before(context: Context, found: Quantity) -> frozenset[IssueName | None]:
    """Return the issues that the clause of a figure names before it."""
    named = context.scan.named_from(context.clause(found.clause).start, found.start)
    return frozenset(other.issue for other in named if other.sort == "issue")


def _is_change(context: Context, own: Offered, issue: Named, found: Quantity) -> bool:
    """Return whether a figure says how far the terms are from an earlier offer on the issue."""
    name = issue.issue
    if name is None or name not in own.figures:
        return False
    sentence = context.sentence(found.clause)
    start = found.end if is_level(context, issue, found) else sentence.start
    if not CHANGES.search(context.scan.text, start, sentence.end):
        return False
    earlier = (offer.figures[name] for offer in context.known.offers if name in offer.figures)
    return any(same(abs(own.figures[name] - value), said) for value in earlier for said in readings(found))


def _is_rounded_off(context: Context, found: Quantity, term: float) -> bool:
    """Return whether a figure is announced as rounded, and may be said for the term."""
    return context.ground.is_announced(found) and any(near(value, term) for value in readings(found))


def _is_said_elsewhere(context: Context, found: Quantity, term: float) -> bool:
    """Return whether another figure of the text says the term."""
    alike = (other for other in context.scan.quantities if other.unit in ("", found.unit) and other.end != found.end)
    return any(same(value, term) for other in alike for value in readings(other))


def _in_thousands(context: Context, named: Named, value: float, term: float) -> bool:
    issue = context.lexicon.issues.get(named.issue) if named.issue else None
    return isinstance(issue, NumberIssue) and issue.unit == "thousand" and same(value, term * 1000)


def _is_plausible(context: Context, named: Named, found: Quantity) -> bool:
    """Return whether a figure could be a value of the issue at all; if not, it counts something else."""
    issue = context.lexicon.issues.get(named.issue) if named.issue else None
    if not isinstance(issue, NumberIssue):
        return issue is not None
    return any(float(issue.min) <= value <= float(issue.max) for value in readings(found))


def _days(context: Context) -> Iterator[Finding]:
    own = context.known.own
    if own is None or len(own.days) != 1 or not context.scan.days:
        return
    issue, term = next(iter(own.days.items()))
    facts = tuple(known.value for known in context.known.days if known.origin == "fact")
    says_it = any(day.may_be(term) for day in context.scan.days)
    for day in context.scan.days:
        beside = context.scan.named_from(day.start - 24, day.start)
        is_vague = day.month is None and not any(named.issue == issue and named.clause == day.clause for named in beside)
        is_other = is_vague or says_it or day.may_be(term) or any(map(day.may_be, facts))
        if not is_other and not context.is_weighed(day) and is_offered(context, day):
            yield finding(
                context, "terms.date", "terms", day.start, day.end,
                f"the words say {context.scan.quote(day.start, day.end)!r} for {issue!r}, but the terms say {term.isoformat()}", term.isoformat(),
            )  # fmt: skip
