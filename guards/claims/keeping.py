"""What do the words say that stays, or is taken as it is? Terms that are called unchanged must be those of the draft."""

# ruff: noqa: E501 - phrases stay whole

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.arithmetic import is_same_as_one, readings, same
from guards.claims.context import Context, finding
from guards.claims.known import Offered
from guards.claims.saying import Clause, Quantity
from guards.claims.stated import exact_text
from guards.claims.ties import is_offered
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE, NEGATION
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding

__all__ = ["takes_what_is_offered", "terms_that_stay"]

_KEPT_WORDS = words_of("keep keeps kept stay stays remain remains unchanged untouched before as leave left")
_KEPT = Pattern(
    r"\b(?:keeps?|kept|stays?|remains?|unchanged|untouched|as (?:before|it was|they were|until now|ever)|le(?:ave|ft) [^,.;]{1,30}(?:in place|alone|as))\b"
)
_AS_IN = Pattern(r"\bas (?:in|by|per) (?:my |our |your |the )?(m\d+)(?:-[a-z0-9]{4})?\b")


def terms_that_stay(context: Context) -> Iterator[Finding]:
    """Find what is said to stay as it was, and that the terms change: `the video format stays`."""
    own, said = context.known.own, context.scan
    if own is None or not context.reports or _KEPT_WORDS.isdisjoint(said.words):
        return
    for hit in said.matches_at(_KEPT, _KEPT_WORDS):
        clause = said.clause_at(hit.start())
        if said.sentences[clause.sentence].is_question or clause.bits & (CONDITION | NEGATION):
            continue
        yield from _kept_options(context, own, clause)
    if "as" in said.words:
        yield from _as_they_were(context, own)


def _kept_options(context: Context, own: Offered, clause: Clause) -> Iterator[Finding]:
    for named in context.scan.named_from(clause.start, clause.end):
        term = own.options.get(named.issue) if named.sort == "option" and named.issue else None
        if term and named.what not in own.options.values() and not term.startswith(named.what):
            yield finding(
                context, "terms.kept", "terms", clause.start, clause.end,
                f"{context.scan.quote(named.start, named.end)!r} is said to stay, but the terms say {term!r}", term,
            )  # fmt: skip


def _as_they_were(context: Context, own: Offered) -> Iterator[Finding]:
    """Find an issue that is said to be as in an offer that says otherwise: `depth as in m2`."""
    said = context.scan
    for hit in said.finds(_AS_IN):
        offer = context.known.offer(hit[1])
        clause = said.clause_at(hit.start())
        before = said.named_from(clause.start, hit.start())
        issues = [named.issue for named in before if named.sort == "issue" and named.issue][-1:]
        if offer is None or clause.bits & (HEDGE | NEGATION | CONDITION) or said.quantities_from(clause.start, hit.start()):
            continue
        for issue in issues:
            if issue in own.figures and issue in offer.figures and own.figures[issue] != offer.figures[issue]:
                yield finding(
                    context, "terms.kept", "terms", clause.start, hit.end(),
                    f"{offer.id} says {exact_text(offer.figures[issue])} for {issue!r}, the terms say {exact_text(own.figures[issue])}",
                    exact_text(own.figures[issue]),
                )  # fmt: skip


def takes_what_is_offered(context: Context) -> Iterator[Finding]:
    """Find a figure in words of acceptance that stands only in another offer than the one that is accepted."""
    own, said = context.known.own, context.scan
    if own is None or context.draft.act != "accept":
        return
    for found in said.quantities:
        if (
            found.sign
            or found.unit in ("percent", "point")
            or (found.values[0] < 8 and not found.unit)
            or context.is_open(found)
        ):
            continue
        if not is_offered(context, found) or _is_own(context, own, found):
            continue
        others = {issue for offer in context.known.offers for issue, value in offer.figures.items() if _is_said(found, value)}
        if others and all(context.lexicon.counted.get(issue) in (found.unit, "") or not found.unit for issue in others):
            yield finding(
                context, "terms.figure", "terms", found.start, found.end,
                f"{said.quote(found.start, found.end)!r} stands in another offer than the one that is accepted", "a figure of the terms",
            )  # fmt: skip


def _is_said(found: Quantity, value: float) -> bool:
    return any(same(one, value) for one in readings(found))


def _is_own(context: Context, own: Offered, found: Quantity) -> bool:
    """Return whether the terms, what they come to, or a fact hold a figure."""
    if any(_is_said(found, value) for value in (*own.figures.values(), *context.known.facts)):
        return True
    return is_same_as_one(readings(found), sorted(context.ground.worked_from(own, found.unit)))
