"""Is a day that is said of a fact the fact's? The day that it tells, or the date of its source."""

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.anchors import Anchor, anchor_of, stems
from guards.claims.beside import Beside, words_beside
from guards.claims.context import Context, finding
from guards.claims.factdays import days_of, days_told
from guards.claims.lexicon import CURRENCIES, split_words
from guards.claims.misquoted import is_laid, is_weighed
from guards.claims.saying import Sentence, SpokenDay
from guards.claims.topics import Topics, root, topics_of
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Fact

__all__ = ["days_of_facts"]

_DATED = Pattern(
    r"\b(?:dated|of|as of|from|report|export|quote|memo|note|letter|register|sheet|plan|log|list|calendar),? (?:the )?$"
)


def days_of_facts(context: Context) -> Iterator[Finding]:
    """Find days that are said of a visible fact, or of its source, and are neither's."""
    said = context.scan
    if not said.days:
        return
    topics = topics_of((*context.view.facts, *context.unseen), context.lexicon)
    anchors = [(fact, anchor_of(fact)) for fact in context.view.facts]
    for day in said.days:
        sentence = context.sentence(day.clause)
        if sentence.is_question:
            continue
        words = stems(said.text[sentence.start : sentence.end])
        for fact, anchor in anchors:
            if len(anchor.words & words) >= 2 or (anchor.unit in words and _is_own_unit(context, fact)):
                yield from _misdated(context, fact, anchor, sentence, day)
        fact = _told_otherwise(context, topics, day)
        if fact:
            yield finding(
                context, "fact.date", "fact", day.start, day.end,
                f"fact {fact.name!r} {fact.value} says: {fact.says}; not {said.quote(day.start, day.end)!r}", fact.value,
            )  # fmt: skip


def _told_otherwise(context: Context, topics: Topics, day: SpokenDay) -> Fact | None:
    """Return the fact of a day of which the words beside a day speak, where it tells another day."""
    beside = words_beside(context.scan, context.clause(day.clause), day.start, day.end)
    ties = [tie for tie in topics.of(beside.words)]
    best = max(ties, key=lambda t: t.weight, default=None)
    if best is None or best.fact.kind != "date" or not best.is_firm() or is_weighed(beside):
        return None
    near = (tie.fact for tie in ties if tie.weight >= best.weight / 2)
    if any(day.may_be(known) for fact in near for known in days_of(fact)):
        return None
    if context.reports and any(day.may_be(own) for own in context.known.own.days.values()):
        return None
    if is_laid(context, beside):
        return None
    return best.fact


def _misdated(context: Context, fact: Fact, anchor: Anchor, sentence: Sentence, day: SpokenDay) -> Iterator[Finding]:
    text = context.scan.text
    if any(day.may_be(known) for known in days_of(fact)):
        return
    is_known = any(day.may_be(known.value) for known in context.known.days)
    before = text[max(sentence.start, day.start - 34) : day.start]
    named = {one for one in map(root, split_words(fact.source)) if one and not one.isdigit()}
    is_cited = bool(named) and named <= set(map(root, split_words(before)))
    is_dated = is_cited and _DATED.search(text, max(0, day.start - 14), day.start)
    if is_dated or (before.endswith("dated ") and not is_known):
        quoted = context.scan.quote(day.start, day.end)
        message = f"fact {fact.name!r} is of {fact.as_of.isoformat()} ({fact.source}), not {quoted!r}"
        yield finding(context, "fact.date", "fact", day.start, day.end, message, fact.as_of.isoformat())
    elif days_told(fact) and not is_known:
        yield finding(
            context, "fact.date", "fact", day.start, day.end,
            f"fact {fact.name!r} says: {fact.says}; not {context.scan.quote(day.start, day.end)!r}", fact.says,
        )  # fmt: skip


def _is_own_unit(context: Context, fact: Fact) -> bool:
    """Return whether a fact's unit is a noun that no issue and no other fact is counted in."""
    return (
        fact.unit.lower() not in context.lexicon.by_unit
        and fact.unit.lower() not in ("", "percent", "day", "week", "month", "hour", *CURRENCIES)
        and sum(other.unit == fact.unit for other in context.view.facts) == 1
    )
