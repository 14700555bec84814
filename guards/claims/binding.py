"""Which issue is a figure said of? The words of its own part of the sentence tell, and then it must be the term."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from guards.claims.arithmetic import in_unit, near, readings, same
from guards.claims.called import split_words
from guards.claims.context import Context, finding
from guards.claims.fractions import fractions_in, spans_in
from guards.claims.known import KnownFigure, Offered, span_of
from guards.claims.lexicon import CURRENCIES, SPANS, Lexicon
from guards.claims.monthparts import parts_of_months
from guards.claims.saying import Named, Quantity
from guards.claims.stated import exact_text, is_term
from guards.claims.stems import stem
from guards.claims.wordlist import words_of
from guards.claims.words import COMPARED, PAST, REPORT
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import ChoiceIssue, NumberIssue
from orchestrator.messages.value import IssueName

__all__ = ["figures_are_of_their_issue", "issues_called", "named_issue", "periods_are_of_the_terms"]

_DULL = words_of(
    "a an and at by each first for full in its last main most new of on or our per share that the their this to total up with your cost price"
    " rate term number count size level hour hours day days week weeks month months year years quarter percent"
)
_JOINTS = words_of("and but while because since so or plus")
_TIMES = words_of("before earlier previously last already")
"""They tell of the past only beside a verb that does."""
_AWAY_BEFORE = words_of(
    "above add added adding adds against another below between by cut cuts down drop extra first former from further half instead last least less"
    " lower minus more most next old other over plus previous raise rather reduce same second than third times twice under up versus vs your"
    " their his her whose every to place lieu"
)
_AWAY_AFTER = COMPARED | words_of("ago shy before after back on to x")
_BEGINS = words_of("start starts starting begin begins beginning from open opens launch come arrive arrives deliver delivered")
_SLACK = 2.5
"""Points: a share in words is rounded to the next part."""


class _Part(NamedTuple):
    """The words of one part of a clause, between its marks and joints, on both sides of a figure."""

    before: tuple[str, ...]
    """Nearest first."""
    after: tuple[str, ...]


@lru_cache(maxsize=16)
def issues_called(lexicon: Lexicon) -> Mapping[str, tuple[IssueName, ...]]:
    """Return the issues that are called by a word."""
    called: dict[str, set[IssueName]] = {}
    for issue in lexicon.issues.values():
        for word in (word for name in (issue.name, *issue.aka) for word in split_words(name)):
            if len(word) > 2 and word not in _DULL:
                called.setdefault(stem(word), set()).add(issue.name)
    return MappingProxyType({word: tuple(sorted(issues)) for word, issues in called.items()})


def figures_are_of_their_issue(context: Context) -> Iterator[Finding]:
    """Find a figure that its own words tie to an issue, and that is not the term of it."""
    own = context.known.own
    if own is None or not context.reports:
        return
    parts = fractions_in(context.scan)
    single = [one for one in spans_in(context.scan) if not _is_named(context, one)]
    for found in (*context.scan.quantities, *parts, *single):
        if (
            found.unit in ("", "point")
            or found.sign
            or context.ground.is_stated(found)
            or context.is_weighed(found)
            or _is_of_the_past(context, found)
        ):
            continue
        part = _part(context, found)
        if not _AWAY_BEFORE.isdisjoint(part.before) or not _AWAY_AFTER.isdisjoint(part.after[:1]):
            continue
        issue = _issue_of(context, found, part) or _slipped(context, own, found, part)
        if issue is None or _is_said_right(context, own, issue, found, slack=_SLACK if found in parts else 0.0):
            continue
        said = own.options.get(issue) or exact_text(own.figures.get(issue))
        if not said and context.draft.act != "propose":
            continue
        yield finding(
            context, "terms.figure", "terms", found.start, found.end,
            f"the words say {context.scan.quote(found.start, found.end)!r} for {issue!r}, but the terms {f'say {said}' if said else 'leave it open'}",
            said or "no value for an issue that the terms leave open",
        )  # fmt: skip


def _is_named(context: Context, found: Quantity) -> bool:
    """Return whether a figure is part of the name of an issue: `crossings a day`."""
    named = context.scan.named_from(found.start - 48, found.end)
    return any(one.sort == "issue" and one.start < found.start and found.end <= one.end for one in named)


def named_issue(context: Context, found: Quantity) -> IssueName | None:
    """Return the issue that words beside a figure name, if it may be counted so."""
    return _issue_of(context, found, _part(context, found))


def periods_are_of_the_terms(context: Context) -> Iterator[Finding]:
    """Find a part of a month that is named for the day of the terms, and in which it does not lie."""
    own = context.known.own
    if own is None or not context.reports or len(own.days) != 1:
        return
    ((issue, term),) = own.days.items()
    for period in parts_of_months(context.scan):
        place = Named(period.start, period.end, "issue", issue, issue, strong=False, clause=period.clause)
        words = context.scan.tokens_in(context.clause(period.clause).start, period.start)
        if (
            period.holds(term)
            or context.is_open(place)
            or _is_of_the_past(context, place)
            or not _AWAY_BEFORE.isdisjoint(words)
        ):
            continue
        if _BEGINS.isdisjoint(words[-3:]) and not any(
            issue in issues_called(context.lexicon).get(stem(word), ()) for word in words
        ):
            continue
        yield finding(
            context, "terms.date", "terms", period.start, period.end,
            f"the words say {context.scan.quote(period.start, period.end)!r} for {issue!r}, but the terms say {term.isoformat()}", term.isoformat(),
        )  # fmt: skip


def _is_of_the_past(context: Context, found: Quantity | Named) -> bool:
    """Return whether the clause of a figure tells what was, or what somebody said."""
    clause = context.clause(found.clause)
    if not clause.bits & (PAST | REPORT):
        return False
    told = context.scan.told
    inside = told[bisect_left(told, (clause.start,)) : bisect_left(told, (clause.end,))]
    return any(word.bits & (PAST | REPORT) and word.word not in _TIMES for word in inside)


def _part(context: Context, found: Quantity) -> _Part:
    said, clause = context.scan, context.clause(found.clause)
    first, last = bisect_left(said.places, clause.start), bisect_left(said.places, clause.end)
    here, behind = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
    return _Part(
        _up_to_joint(said.tokens[place] for place in range(here - 1, first - 1, -1)),
        _up_to_joint(said.tokens[place] for place in range(behind, last)),
    )


def _up_to_joint(words: Iterable[str]) -> tuple[str, ...]:
    part: list[str] = []
    for word in words:
        if word in _JOINTS or len(part) > 8 or word[:1].isdigit():
            break
        if word:
            part.append(word)
    return tuple(part)


def _issue_of(context: Context, found: Quantity, part: _Part) -> IssueName | None:
    """Return the issue that the words beside a figure name and that may be counted so; those behind it tell first."""
    called = issues_called(context.lexicon)
    for word in (*part.after[:3], *part.before, *part.after[3:]):
        issues = [issue for issue in called.get(stem(word), ()) if _is_countable(context, issue, found)]
        if len(issues) == 1:
            return issues[0]
    return None


def _slipped(context: Context, own: Offered, found: Quantity, part: _Part) -> IssueName | None:
    """Return the issue that a word beside a figure names, whose term is said as it is, but in another unit."""
    called = issues_called(context.lexicon)
    beside = (*part.after[:2], *part.before[:1], *context.scan.tokens_in(found.start + 1, found.end)[:-1])
    for word in beside:
        for issue in called.get(stem(word), ()):
            unit = context.lexicon.counted[issue]
            is_other = unit and unit not in (found.unit, "thousand") and not {unit, found.unit} <= CURRENCIES
            if is_other and issue in own.figures and any(same(value, own.figures[issue]) for value in found.values):
                return issue
    return None


def _is_countable(context: Context, name: IssueName, found: Quantity) -> bool:
    issue = context.lexicon.issues[name]
    if isinstance(issue, NumberIssue):
        values = _in_unit_of(context.lexicon.counted[name], found)
        return any(float(issue.min) <= value <= float(issue.max) for value in values)
    if not isinstance(issue, ChoiceIssue):
        return False
    if issue.numeric:
        return bool(_in_unit_of(context.lexicon.counted[name], found))
    return found.unit in SPANS and any(span_of(option) for option in issue.options)


def _in_unit_of(unit: str, found: Quantity) -> tuple[float, ...]:
    """Return the values of a figure in a unit; none where it counts something else."""
    if not unit or unit in CURRENCIES or found.unit == unit:
        return readings(found) if found.unit == unit else ()
    return tuple(turned for value in found.values for turned in in_unit(KnownFigure(value, found.unit, None, "said"), unit))


def _is_said_right(context: Context, own: Offered, issue: IssueName, found: Quantity, slack: float) -> bool:
    """Return whether a figure is the term of an issue, or of any that is counted like it, or what terms come to."""
    span = span_of(own.options.get(issue, ""))
    if span:
        return any(same(value, span[0]) for value in _in_unit_of(span[1], found))
    if (found.values[0] >= 1000 or found.unit in CURRENCIES) and is_term(context, own, found):
        return True
    is_rounded = context.ground.is_announced(found)
    return any(
        abs(value - term) <= slack or same(value, term) or (is_rounded and name == issue and near(value, term))
        for name, term in own.figures.items()
        for value in _in_unit_of(context.lexicon.counted[name], found)
    )
