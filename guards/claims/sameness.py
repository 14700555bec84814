"""Is the rest as it is said to be? Where all else is called the same as in an offer, what changed must be named."""

# ruff: noqa: E501 - phrases stay whole

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from guards.claims.arithmetic import readings, same
from guards.claims.binding import issues_called
from guards.claims.context import Context, finding
from guards.claims.history import move_called
from guards.claims.known import meant_terms
from guards.claims.stems import stem
from guards.claims.words import CONDITION, HEDGE
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Move
from orchestrator.messages.terms import Day, Number, Term
from orchestrator.messages.value import IssueName

__all__ = ["all_else_is_the_same"]

_OFFER = (
    r"(?:in |of |from |with |at |on |to )?(?:my |our |your |the |[a-z]+'s? )?(?:own |last |first )?(m\d+)(?:-[a-z0-9]{4})?\b"
)
_REST = r"(?:everything|all|the rest|the remainder|the others?|the other (?:terms|points|lines|items|numbers|figures)|all other (?:terms|points|lines|items)|nothing)(?: else| other(?: terms)?)?"
_SAME = Pattern(
    rf"\b{_REST} (?:is |are |stays? |remains? |stands? |goes |being |left |kept |changes |changed |moves |differs |taken |copied )?(?:just |exactly |(?:very )?much )?(?:the )?(?:as|same as|like|from|over from|unchanged from|unchanged against|against|out of)(?: it (?:is|was|stands|stood)| they (?:are|were|stand|stood))?(?: i| you| we)?(?: (?:wrote|had|put|wanted) (?:it|them))? {_OFFER}"
    rf"|(?:^|[.;!?\n]\s{{0,20}})(?:so |then |again )?(?:just )?(?:as|like|same as|the same as) {_OFFER}(?=,? (?:but|except|save|only|with|apart|bar|other than)\b|[.;,])"
    rf"|(?:^|[.;!?\n]\s{{0,20}})(?:so |then |again |it's |this is |here is |we repeat |i repeat |we send |we keep |i keep )?{_OFFER}(?: again| once more| unchanged)?,? (?:but for|except|save for|with (?:only )?(?:one|a|two|three) (?:single |small |more )?(?:change|word|thing|figure|number|difference)s?|apart from|bar|other than|and nothing else)\b"
)
_WORDS = frozenset(
    (
        "as",
        "like",
        "same",
        "everything",
        "all",
        "rest",
        "remainder",
        "others",
        "other",
        "nothing",
        "but",
        "except",
        "save",
        "with",
        "apart",
        "bar",
    )
)


def all_else_is_the_same(context: Context) -> Iterator[Finding]:
    """Find an offer that all else is called the same as, and from which terms differ of which the words say nothing."""
    said = context.scan
    if not context.reports or context.draft.act != "propose" or _WORDS.isdisjoint(said.words):
        return
    if not any(named.sort == "offer" for named in said.named):
        return
    own = {term.issue: term for term in meant_terms(context.draft, context.view)}
    for hit in _SAME.finditer(said.text):
        written = next(group for group in hit.groups() if group)
        move = move_called(context.view, written)
        clause, sentence = said.clause_at(hit.end() - 1), said.sentence_of(hit.end() - 1)
        if move is None or not move.terms or sentence.is_question or sentence.bits & CONDITION or clause.bits & HEDGE:
            continue
        changed = [issue for issue in _changed(own, move) if not _is_mentioned(context, own.get(issue), issue, move)]
        if changed:
            yield finding(
                context, "terms.kept", "terms", hit.start(), hit.end(),
                f"all else is said to be as in {move.id!r}, but {', '.join(changed)} is not", f"the terms of {move.id}, or words on each that changed",
            )  # fmt: skip


def _changed(own: Mapping[IssueName, Term], move: Move) -> Iterator[IssueName]:
    for term in move.terms:
        here = own.get(term.issue)
        if here is None or here.value != term.value:
            yield term.issue


def _is_mentioned(context: Context, term: Term | None, issue: IssueName, move: Move) -> bool:
    """Return whether the words name an issue, its term, or how far that is from the one in a move."""
    said = context.scan
    if any(named.issue == issue for named in said.named):
        return True
    called = issues_called(context.lexicon)
    if any(issue in called.get(stem(word), ()) for word in said.words):
        return True
    before = next(other for other in move.terms if other.issue == issue)
    if isinstance(term, Day):
        return bool(said.days) or re.search(r"\b(?:days?|weeks?|months?|earlier|later|sooner|date)\b", said.text) is not None
    if isinstance(term, Number) and isinstance(before, Number):
        values = (float(term.value), abs(float(term.value) - float(before.value)))
        scales = (1.0, 7.0, 12.0, 24.0, 1 / 7, 1 / 12, 1 / 24, 0.01)
        figures = [one * scale for found in said.quantities for one in readings(found) for scale in scales]
        return any(same(one, value) for one in figures for value in values)
    return False
