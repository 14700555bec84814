"""Does the sender see what it cites? No figures of facts that it cannot see, and no sources that no fact names."""

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.anchors import anchor_of, says, stems
from guards.claims.context import Context, finding
from guards.claims.saying import Quantity
from guards.claims.wordlist import words_of
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding

__all__ = ["is_on_record", "no_unseen_facts", "sources_that_exist"]

_SOURCE = Pattern(
    r"\b(?:by|per|according to|in|from|says|shows|puts?|has|reads?) (?:[a-z']+ ){0,4}?"
    r"(log|logs|bulletin|study|survey|studies|analysis|newsletter|statistics|benchmark|index|forecast|article|dashboard|audit"
    r"|whitepaper|magazine|institute|association|college|observatory|consultants|analysts)\b"
    r"|\b(log|bulletin|study|survey|analysis|newsletter|statistics|benchmark|index|forecast|article|dashboard|whitepaper|magazine)"
    r" (?:says|shows|puts|has|gives|reports|finds|found|counts|of)\b"
)


_NOUNS = words_of(
    "log logs bulletin study survey studies analysis newsletter statistics benchmark index forecast article dashboard "
    "audit whitepaper magazine institute association college observatory consultants analysts"
)


def no_unseen_facts(context: Context) -> Iterator[Finding]:
    """Find figures of facts that the sender cannot see and nobody has quoted."""
    for fact in context.unseen if context.scan.quantities else ():
        if fact.kind != "number":
            continue
        anchor = anchor_of(fact)
        for found in context.scan.quantities:
            if says(found, anchor) and not is_on_record(context, found):
                if context.scan.words.isdisjoint(anchor.words) and not stems(context.scan.text) & anchor.words:
                    break
                sentence = context.sentence(found.clause)
                if stems(context.scan.text[sentence.start : sentence.end]) & anchor.words:
                    yield finding(
                        context, "fact.unseen", "fact", found.start, found.end,
                        f"no fact that you can see and no message says {context.scan.quote(found.start, found.end)!r} of this",
                        "facts that you see, or a figure that its owner has quoted",
                    )  # fmt: skip


def sources_that_exist(context: Context) -> Iterator[Finding]:
    """Find figures that are laid to a source which no fact names."""
    if _NOUNS.isdisjoint(context.scan.words):
        return
    for found in context.scan.finds(_SOURCE):
        noun = found[1] or found[2]
        sentence = context.scan.sentence_of(found.start())
        has_figure = bool(context.scan.quantities_from(sentence.start, sentence.end))
        if (
            noun.removesuffix("s") in context.lexicon.known
            or noun in context.lexicon.known
            or not has_figure
            or sentence.is_question
        ):
            continue
        yield finding(
            context, "fact.source", "fact", found.start(), found.end(),
            f"no fact comes from a source such as {context.scan.quote(found.start(), found.end())!r}",
            ", ".join(dict.fromkeys(fact.source for fact in context.view.facts)),
        )  # fmt: skip


def is_on_record(context: Context, found: Quantity) -> bool:
    """Return whether a figure is on record as it is said."""
    return context.ground.is_exact(found)
