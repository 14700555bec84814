"""Is the figure of a fact said of its own period? A week, the last year, 2026: each fact names what it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guards.claims.anchors import LAST, Anchor, anchor_of, says, stems
from guards.claims.beside import words_beside
from guards.claims.called import split_words
from guards.claims.context import Context, finding
from guards.claims.lexicon import CURRENCIES
from guards.claims.saying import Quantity
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Fact

__all__ = ["periods_of_facts"]

_PER = Pattern(r"\s?(?:[a-z]+ )?(?:a|per|each|every) (day|week|month|year|hour|shift)\b")


def periods_of_facts(context: Context) -> Iterator[Finding]:
    """Find the figure of a visible fact that is said of another period."""
    said = context.scan
    anchors = [(fact, anchor_of(fact)) for fact in context.view.facts] if said.quantities else ()
    for found in said.quantities if anchors else ():
        for fact, anchor in anchors:
            if not says(found, anchor):
                continue
            sentence = context.sentence(found.clause)
            if not sentence.is_question and anchor.words & stems(said.text[sentence.start : sentence.end]):
                yield from _wrong_period(context, fact, anchor, found)


def _wrong_period(context: Context, fact: Fact, anchor: Anchor, found: Quantity) -> Iterator[Finding]:
    text = context.scan.text
    clause = context.clause(found.clause)
    per = _PER.match(text, found.end)
    last = LAST.search(text, clause.start, clause.end)
    is_other = per and anchor.period and per[1] != anchor.period and fact.unit.lower() not in ("", *CURRENCIES)
    said = f"{last[1]} {last[2]}" if last else ""
    if is_other or (said and anchor.last and said != anchor.last):
        end = per.end() if is_other and per else last.end() if last else found.end
    elif _is_of_another_year(context, fact, found):
        end = found.end
    else:
        return
    yield finding(
        context, "fact.period", "fact", found.start, end,
        f"fact {fact.name!r} is {fact.value} {fact.says}, which is another period", f"{fact.value} {fact.says}",
    )  # fmt: skip


def _is_of_another_year(context: Context, fact: Fact, found: Quantity) -> bool:
    """Return whether a year is said with a figure that its fact doesn't name, where it names one."""
    own = _years_in(split_words(f"{fact.name} {fact.says}"))
    if not own:
        return False
    named = _years_in(words_beside(context, found).words)
    return bool(named) and named.isdisjoint((*own, str(fact.as_of.year)))


def _years_in(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20"))
