"""Are facts quoted as they are? Value, unit, period, date and source of what the sender can see, and none that it can't."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.anchors import LAST, Anchor, anchor_of, says, stems
from guards.claims.arithmetic import readings, same
from guards.claims.context import Context, finding
from guards.claims.factdays import days_of, days_told
from guards.claims.lexicon import CURRENCIES
from guards.claims.saying import Quantity, Sentence, SpokenDay
from guards.claims.sources import is_on_record
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Fact

__all__ = ["facts_as_they_are"]

_DATED = Pattern(
    r"\b(?:dated|of|as of|from|report|export|quote|memo|note|letter|register|sheet|plan|log|list|calendar),? (?:the )?$"
)
_SPAN = Pattern(r"\b(?:later|earlier|before|after|ahead|sooner|until|from|to|between|days?|weeks?|months?)\b")
_PER = Pattern(r"\s?(?:[a-z]+ )?(?:a|per|each|every) (day|week|month|year|hour|shift)\b")
_CUE = Pattern(
    r"\b(?:more|less|fewer|above|below|over|off|under|short|apart|gap|difference|by|extra|than|against|vs|plus|minus|sum|total|altogether"
    r"|leaves?|later|earlier|half|twice|times|together|makes?|comes?|at|saves?|worth|cheaper|dearer|better|free|room|slack|out of|every"
    r"|each|in a|so|off|are|is|to|fifths?|thirds?|quarters?|tenth|some|around|about|roughly)\b|[=+x*/]"
)
_BESIDE = Pattern(
    r"\b(?:more|less|fewer|above|below|over|off|under|short|apart|gap|difference|by|extra|than|against|vs|plus|minus|sum|total|altogether|leaves?|half"
    r"|twice|times|together|makes?|comes?|saves?|worth|cheaper|dearer|better|free|room|slack|out of|in a|fifths?|thirds?|quarters?|tenth|other"
    r"|left|spare|another|want|up|down|off|would|both|lie|lies)\b|[=+*/>]| x "
)
_NOT = Pattern(r"\b(?:not|no|never|n't|without) (?:the |a )?(?:full )?$")
_CITES = Pattern(
    r"\baccording to|\bby (?:the|our|your) [a-z]+ (?:list|report|log|export|register|card|calendar)\b|\b(?:report|register|export|list|log|sheet|bands?|note|plan|register|card) (?:has|says|shows|puts|gives|of|at)\b"
)


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
                yield from _misquoted(context, fact, anchor, sentence, shared)
            elif shared:
                for found in here:
                    if says(found, anchor):
                        yield from _wrong_period(context, fact, anchor, found)


def _misquoted(context: Context, fact: Fact, anchor: Anchor, sentence: Sentence, shared: int) -> Iterator[Finding]:
    text = context.scan.text
    for found in context.scan.quantities_from(sentence.start, sentence.end):
        if found.is_word and not found.unit:
            continue
        if says(found, anchor):
            yield from _wrong_period(context, fact, anchor, found)
        elif (
            fact.kind == "number"
            and _is_of_unit(found, fact)
            and not _is_of_the_terms(context, found)
            and not _is_accounted(
                context,
                found,
                is_close=shared >= 3
                or _is_own_unit(context, fact)
                or (shared >= 2 and _CITES.search(text, sentence.start, sentence.end) is not None)
                or (
                    _is_in_clause(context, anchor, found)
                    and not _is_multiple(context, sentence, found, fact)
                    and not context.ground.is_plain_sum(found)
                ),
            )
        ):
            yield finding(
                context, "fact.figure", "fact", found.start, found.end,
                f"fact {fact.name!r} says {fact.value} {fact.unit} ({fact.source}), not {context.scan.quote(found.start, found.end)!r}",
                f"{fact.value} {fact.unit}".strip(),
            )  # fmt: skip
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


def _is_in_clause(context: Context, anchor: Anchor, found: Quantity) -> bool:
    """Return whether two words of a fact stand in the very clause of a figure, which nothing ties to an offer."""
    clause = context.clause(found.clause)
    words = stems(context.scan.text[clause.start : clause.end])
    return len(anchor.words & words) >= 2


def _is_multiple(context: Context, sentence: Sentence, found: Quantity, fact: Fact) -> bool:
    """Return whether a figure is so many times the fact as the sentence says."""
    counts = (value for other in context.scan.quantities_from(sentence.start, sentence.end) for value in other.values)
    return any(same(count * float(fact.value), value) for count in counts for value in found.values)


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


def _is_of_unit(found: Quantity, fact: Fact) -> bool:
    unit = fact.unit.lower()
    return bool(unit) and (found.unit == unit or (not found.unit and unit in CURRENCIES and found.values[0] % 1 > 0))


def _is_own_unit(context: Context, fact: Fact) -> bool:
    """Return whether a fact's unit is a noun that no issue and no other fact is counted in."""
    return (
        fact.unit.lower() not in context.lexicon.by_unit
        and fact.unit.lower() not in ("", "percent", "day", "week", "month", "hour", *CURRENCIES)
        and sum(other.unit == fact.unit for other in context.view.facts) == 1
    )


def _is_of_the_terms(context: Context, found: Quantity) -> bool:
    """Return whether a figure is one of the terms in its very unit: the usual case, which however close a fact is accounted."""
    terms = (figure for figure in context.known.stated if figure.unit == found.unit)
    return any(same(said, figure.value) for figure in terms for said in readings(found))


def _is_accounted(context: Context, found: Quantity, *, is_close: bool) -> bool:
    """Return whether a figure is on record in its unit, or follows from what is in words that say so."""
    text = context.scan.text
    if is_close and not _NOT.search(text, max(0, found.start - 14), found.start):
        strict = (figure.value for figure in context.known.figures if figure.unit in (found.unit, "thousand"))
        if any(same(said, value) for value in strict for said in readings(found)):
            return True
        if found.values[0] >= 20 and any(
            figure.origin in ("own", "offer") and same(figure.value, found.values[0]) for figure in context.known.figures
        ):
            return True
        beside = f"{text[max(0, found.start - 22) : found.start]} | {text[found.end : found.end + 10]}"
        is_whole = found.values[0] % 1 == 0 or found.unit in ("percent", *CURRENCIES)
        if (
            not _BESIDE.search(beside)
            and is_whole
            and not _BESIDE.search(text[found.end : found.end + 20])
            and not context.ground.is_announced(found)
        ):
            return False
    if is_on_record(context, found) or context.is_open(found):
        return True
    if (found.unit in CURRENCIES and found.values[0] > 1000) or found.values[0] % 1:
        return context.ground.holds(found)
    sentence = context.sentence(found.clause)
    near_by = _CUE.search(context.scan.text, max(sentence.start, found.start - 40), min(sentence.end, found.end + 24))
    return (near_by is not None and context.ground.holds(found)) or (
        context.ground.is_announced(found) and context.ground.holds(found)
    )
