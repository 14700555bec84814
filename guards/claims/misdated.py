"""Is a day that is said of a fact the fact's? The day that it tells, or the date of its source."""

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.anchors import anchor_of, says
from guards.claims.asserted import is_asked, is_laid, is_seen, is_weighed
from guards.claims.beside import words_beside
from guards.claims.context import Context, finding
from guards.claims.factdays import days_of, days_told
from guards.claims.misquoted import misquote
from guards.claims.reached import holds_day
from guards.claims.saying import SpokenDay
from guards.claims.topics import best_of
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Fact

__all__ = ["days_of_facts"]

_DATED = Pattern(
    r"\b(?:dated|of|as of|from|report|export|quote|memo|note|letter|register|sheet|plan|log|list|calendar),? (?:the )?$"
)
_REACH = 34
"""Characters before a day in which its source is named."""


def days_of_facts(context: Context) -> Iterator[Finding]:
    """Find days that are said of a visible fact, or of its source, and are neither's."""
    said = context.scan
    if not said.days:
        return
    for day in said.days:
        if is_asked(context, day.clause):
            continue
        fact = _misdated(context, day)
        if fact:
            quoted = said.quote(day.start, day.end)
            message = f"fact {fact.name!r} is of {fact.as_of.isoformat()} ({fact.source}), not {quoted!r}"
            yield finding(context, "fact.date", "fact", day.start, day.end, message, fact.as_of.isoformat())
            continue
        fact = _told_otherwise(context, day)
        if fact:
            yield misquote(context, fact, fact.value if fact.kind == "date" else fact.says, day)


def _misdated(context: Context, day: SpokenDay) -> Fact | None:
    """Return a fact whose source stands before a day, where no fact of that source is of the day."""
    text, start = context.scan.text, context.sentence(day.clause).start
    if not _DATED.search(text, max(start, day.start - 14), day.start):
        return None
    told = context.topics.cited(context.scan.tokens_in(max(start, day.start - _REACH), day.start))
    cited = [fact for fact in told if is_seen(context, fact)]
    if not cited and text.endswith("dated ", start, day.start):
        is_known = any(day.may_be(known.value) for known in context.known.days)
        told = context.topics.of(context.scan.tokens_in(start, context.sentence(day.clause).end))
        best = None if is_known else best_of(tie for tie in told if is_seen(context, tie.fact))
        return best.fact if best else None
    return None if any(day.may_be(known) for fact in cited for known in days_of(fact)) else next(iter(cited), None)


def _is_of_its_source(context: Context, fact: Fact, day: SpokenDay) -> bool:
    """Return whether a clause says the figure of a fact, and a day of no offer, which so is that of its source."""
    clause, anchor = context.clause(day.clause), anchor_of(fact)
    if day.month is None or not any(says(found, anchor) for found in context.scan.quantities_from(clause.start, clause.end)):
        return False
    if any(day.may_be(known.value) for known in context.known.days if known.origin != "fact"):
        return False
    return (day.day, day.month) not in context.known.loose


def _told_otherwise(context: Context, day: SpokenDay) -> Fact | None:
    """Return the fact of which the words beside a day speak, where it tells another day."""
    beside = words_beside(context, day)
    ties = context.topics.of(beside.words)
    best = best_of(ties)
    if best is None or not best.is_firm() or is_weighed(beside, best.fact):
        return None
    if best.fact.kind != "date" and not days_told(best.fact) and not _is_of_its_source(context, best.fact, day):
        return None
    near = [tie.fact for tie in ties if tie.weight >= best.weight / 2]
    if is_laid(context, beside, day.clause):
        return None
    if not is_seen(context, best.fact):
        return None if holds_day(context.known, context.scan, day) else best.fact
    own = context.known.own if context.reports else None
    is_grounded = any(day.may_be(known) for fact in near for known in days_of(fact))
    return None if is_grounded or (own and any(map(day.may_be, own.days.values()))) else best.fact
