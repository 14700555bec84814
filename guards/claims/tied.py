"""Which issue does a figure stand beside? Its name directly before or behind it, or the unit that only one issue has."""

# ruff: noqa: E501 - phrases stay whole

from __future__ import annotations

import re

from guards.claims.arithmetic import readings, same
from guards.claims.binding import named_issue
from guards.claims.context import Context
from guards.claims.cues import CHANGES
from guards.claims.saying import Named, Quantity
from orchestrator.messages.negotiation import ChoiceIssue, NumberIssue

__all__ = ["is_level", "issue_beside"]

_LINK = (
    "is|are|at|of|to|be|stays?|stands?|now|for|on|the|a|an|goes?|go|gets?|lies?|sits?|falls?|rises?|drops?|grows?|up|down|back|comes?|as|we|i|put|set|remains?"
    "|agree|settle|will|would|should|can|amounts?|runs?|equals?|totals?|reads?|about|around|roughly|approximately|nearly|almost|some|just|only|exactly|precisely|currently"
)
_TO_RIGHT = re.compile(rf"(?: ?[:=] ?(?:eur |usd |gbp )?| - | (?:(?:{_LINK}) ){{0,4}}| \()$")
_LEVEL = re.compile(
    r"(?:.* )?(?:is|are|at|to|be|stays?|stands?|remains?|sits?) (?:now |a |an |the |about |around |roughly |just |only |exactly )?| ?[:=] ?(?:eur |usd |gbp )?| - | \(| "
)
"""What stands between an issue and a figure that is its value, and not how far it has moved."""
_FOR = frozenset((" for ", " for the ", " for our ", " as ", " as the "))
"""What stands between a value and its issue behind it."""
_TO_LEFT = re.compile(r"(?:[ -](?:(?:of|for|on|in|as|to|the|a|our) ){0,2})$")


def issue_beside(context: Context, found: Quantity) -> Named | None:
    """Return the issue whose name stands directly beside a figure, or that alone is counted in its unit."""
    text = context.scan.text
    before = after = None
    for named in context.scan.named_from(found.start - 64, found.end + 17):
        if named.sort != "issue":
            continue
        if named.end <= found.start and found.start - named.end < 32:
            before = named
        elif found.start <= named.start <= found.end + 16 and after is None:
            after = named
    is_before = before and _TO_RIGHT.fullmatch(text, before.end, found.start)
    is_unit = after is not None and after.start < found.end
    if before and is_before and is_unit and _is_term(context, before, found):
        return before
    is_after = is_unit or (after and _TO_LEFT.fullmatch(text, found.end, after.start))
    if after and is_after and _counts(context, after, found):
        return after
    if before and is_before and _counts(context, before, found):
        has_own = any(before.start - other.end <= 1 for other in context.scan.quantities_from(before.start - 40, before.start))
        return _by_unit(context, found) if has_own else before
    return _only_one(context, found) or _by_unit(context, found)


def is_level(context: Context, issue: Named, found: Quantity) -> bool:
    """Return whether a figure beside the name of an issue is its value, and not how far it has moved."""
    text = context.scan.text
    if issue.end <= found.start:
        return _LEVEL.fullmatch(text, issue.end, found.start) is not None
    start = context.clause(found.clause).start
    return text[found.end : issue.start] in _FOR and CHANGES.search(text, start, found.start) is None


def _is_term(context: Context, named: Named, found: Quantity) -> bool:
    """Return whether a figure is the term of an issue, in whatever unit it is said."""
    own = context.known.own
    term = own.figures.get(named.issue) if own and named.issue else None
    return term is not None and any(same(value, term) for value in readings(found))


def _only_one(context: Context, found: Quantity) -> Named | None:
    """Return the only issue that a sentence names, where it has only one figure and that is counted so."""
    said, sentence = context.scan, context.sentence(found.clause)
    if not found.unit or len(said.quantities_from(sentence.start, sentence.end)) > 1:
        return None
    issues = [one for one in said.named_from(sentence.start, sentence.end) if one.sort == "issue"]
    is_one = len({one.issue for one in issues}) == 1 and issues[0].strong and _counts(context, issues[0], found)
    return issues[0] if is_one else None


def _by_unit(context: Context, found: Quantity) -> Named | None:
    """Return the issue that alone is counted in a figure's unit."""
    issue = context.lexicon.by_unit.get(found.unit)
    own = context.known.own
    if issue is None or own is None or found.values[0] in (1, 12, 52) or named_issue(context, found) not in (None, issue):
        return None
    return Named(found.start, found.end, "issue", issue, issue, strong=False, clause=found.clause)


def _counts(context: Context, named: Named, found: Quantity) -> bool:
    issue = context.lexicon.issues.get(named.issue) if named.issue else None
    if not (isinstance(issue, NumberIssue) or (isinstance(issue, ChoiceIssue) and issue.numeric)):
        return False
    unit = context.lexicon.counted[issue.name]
    return found.unit in ("", unit) or (unit == "percent" and found.unit == "point")
