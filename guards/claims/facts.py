"""Are facts quoted as they are? Value, unit, period, date and source of what the sender can see, and none that it can't."""

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.anchors import LAST, Anchor, anchor_of, says, stems
from guards.claims.context import Context, finding
from guards.claims.factdays import days_of, days_told
from guards.claims.lexicon import CURRENCIES
from guards.claims.saying import Quantity, Sentence, SpokenDay
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Fact

__all__ = ["facts_as_they_are"]

_DATED = Pattern(
    r"\b(?:dated|of|as of|from|report|export|quote|memo|note|letter|register|sheet|plan|log|list|calendar),? (?:the )?$"
)
_SPAN = Pattern(r"\b(?:later|earlier|before|after|ahead|sooner|until|from|to|between|days?|weeks?|months?)\b")
_PER = Pattern(r"\s?(?:[a-z]+ )?(?:a|per|each|every) (day|week|month|year|hour|shift)\b")


def facts_as_they_are(context: Context) -> Iterator[Finding]:
    """Find figures and days that are said of a visible fact and differ from it."""
    said = context.scan
    if not said.quantities and not said.days:
        return
    anchors = [(fact, anchor_of(fact)) for fact in context.view.facts]
    for place in sorted({said.clauses[found.clause].sentence for found in (*said.quantities, *said.days)}):
        sentence = said.sentences[place]
        if sentence.is_question:
            continue
        words = stems(context.scan.text[sentence.start : sentence.end])
        here = said.quantities_from(sentence.start, sentence.end)
        for fact, anchor in anchors:
            shared = len(anchor.words & words)
            if shared >= 2 or (anchor.unit in words and _is_own_unit(context, fact)):
                yield from _misquoted(context, fact, anchor, sentence)
            elif shared:
                for found in here:
                    if says(found, anchor):
                        yield from _wrong_period(context, fact, anchor, found)


def _misquoted(context: Context, fact: Fact, anchor: Anchor, sentence: Sentence) -> Iterator[Finding]:
    text = context.scan.text
    for found in context.scan.quantities_from(sentence.start, sentence.end):
        if found.is_word and not found.unit:
            continue
        if says(found, anchor):
            yield from _wrong_period(context, fact, anchor, found)
    for day in context.scan.days:
        if not sentence.start <= day.start < sentence.end or any(day.may_be(known) for known in days_of(fact)):
            continue
        if text[max(0, day.start - 6) : day.start].strip() == "dated" and not any(
            day.may_be(known.value) for known in context.known.days
        ):
            yield _misdated(context, fact, day)
            return
        cited = (
            stems(fact.source.replace("-", " ")) & stems(text[max(sentence.start, day.start - 34) : day.start]) & anchor.words
        )
        is_dated = bool(cited) and _DATED.search(text, max(0, day.start - 14), day.start)
        if is_dated:
            yield _misdated(context, fact, day)
        elif days_told(fact) and not any(day.may_be(known.value) for known in context.known.days):
            yield finding(
                context, "fact.date", "fact", day.start, day.end,
                f"fact {fact.name!r} says: {fact.says}; not {context.scan.quote(day.start, day.end)!r}", fact.says,
            )  # fmt: skip


def _misdated(context: Context, fact: Fact, day: SpokenDay) -> Finding:
    quoted = context.scan.quote(day.start, day.end)
    message = f"fact {fact.name!r} is of {fact.as_of.isoformat()} ({fact.source}), not {quoted!r}"
    return finding(context, "fact.date", "fact", day.start, day.end, message, fact.as_of.isoformat())


def _wrong_period(context: Context, fact: Fact, anchor: Anchor, found: Quantity) -> Iterator[Finding]:
    text = context.scan.text
    clause = context.clause(found.clause)
    per = _PER.match(text, found.end)
    last = LAST.search(text, clause.start, clause.end)
    is_other = (
        per
        and anchor.period
        and per[1] != anchor.period
        and not any(unit in ("", *CURRENCIES) for unit in (fact.unit.lower(),))
    )
    said = f"{last[1]} {last[2]}" if last else ""
    if is_other or (said and anchor.last and said != anchor.last):
        end = per.end() if is_other and per else last.end() if last else found.end
        yield finding(
            context, "fact.period", "fact", found.start, end,
            f"fact {fact.name!r} is {fact.value} {fact.says}, which is another period", f"{fact.value} {fact.says}",
        )  # fmt: skip


def _is_own_unit(context: Context, fact: Fact) -> bool:
    """Return whether a fact's unit is a noun that no issue and no other fact is counted in."""
    return (
        fact.unit.lower() not in context.lexicon.by_unit
        and fact.unit.lower() not in ("", "percent", "day", "week", "month", "hour", *CURRENCIES)
        and sum(other.unit == fact.unit for other in context.view.facts) == 1
    )
