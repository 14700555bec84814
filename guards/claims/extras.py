"""Is a deal struck beside the issues? Redress for what comes late, things that change hands, deeds in return, later business."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.context import Context, finding
from guards.claims.redress import IN_CASE, tells_redress
from guards.claims.saying import Sentence
from guards.claims.wordlist import words_of
from guards.claims.words import HEDGE
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding

__all__ = ["no_deals_beside_the_issues"]

_HELD = Pattern(
    r"\b(?:hold|holds|keep|keeps) back\b|\bknocks? [^.;]{2,30} off\b|\btakes? [^.;]{2,30} off (?:the|your|our) (?:bill|price|invoice|rent|fee|sum|total)\b|\b(?:a|the) (?:rebate|penalty|fine|refund|forfeit) of\b|\bfor each of (?:them|these|those),? (?:you|we) pay\b"
    r"|\bat [a-z]+'s (?:own )?(?:expense|cost|charge) comes\b|\bconsider it (?:noted|done|yours|settled|granted)\b"
)
_HELD_WORDS = words_of("back takes take knock knocks rebate penalty fine refund forfeit expense cost charge consider each")
_HANDS = Pattern(
    r"\b(?:is|are|stays?|remains?|be|goes|go|comes?|belongs?|falls?) (?:then |now |also |still |all |entirely |only |solely )?(?:yours(?! to )|ours(?! to )|mine(?! to )|to (?:us|you|me)|with us|with you|your part|our part|(?:a )?part of (?:it|(?:the|this|our) (?:deal|price|package|bargain|offer|agreement|arrangement))|(?:to|with) (?:it|(?:the|this|our) (?:deal|price|package|bargain|offer|agreement|arrangement)))\b"
    r"|\b(?:is|are) free for (?:all |your |our )|\bcomes? off [a-z]+'s (?:bill|invoice|fee)\b|\bpencil(?:led)? (?:that |it |this )?in\b|\b(?:to|for) ourselves\b|\bfor (?:itself|themselves|himself|herself)\b|\bcounts? double\b"
)
_CHARGED = Pattern(
    r"\bas (?:your|our) part\b|\b(?:that's|it's|is|are) in the price\b|\bfor nothing\b|\bno (?:charge|strings|extra charge)\b|\bseparate (?:invoice|bill)\b|\bat [a-z]+'s (?:own )?(?:expense|cost|charge)\b"
    r"|\bhold back\b|\b(?:on|onto|off) (?:your|our) (?:bill|invoice|tab|account)\b|\b(?:first|second|third|last|next) [a-z]+ (?:is|are) free\b"
)
"""How something is charged, or not."""
_HANDED = words_of(
    "yours ours mine us you me part price nothing charge strings invoice bill expense cost back free pencil pencilled ourselves itself themselves double"
)
_SPARED = words_of(
    "move turn choice call decision word question problem risk floor answer mistake say first last next matter doubt news sense answer paper offer "
    "reply thought message thing step point points idea credit fault same comes hand ball figure figures number numbers sum gap half step voice both rest "
    "name good fine fair news clear new important worth dear"
)
_IN_TURN = Pattern(
    r"(?:^|[,;:] |(?<=[.!?] ))(?:and )?(?:in (?:return|exchange|addition|turn)|on top of (?:that|this|it)|for (?:that|this|our pains)|as a (?:gesture|favour|thank-you|courtesy)|besides|by way of thanks|because [^,]{5,60}),? (?:for [^,]{3,40},? )?"
    r"(?:(?:we|you|i|they|he|she) (?:will |would |shall |also |even |gladly )*|(?:the |your |our |their |my )(?:[a-z'-]+ ){1,3}?(?:will |would |also )*)(?:[a-z]+)\b"
)
_LATER = Pattern(
    r"\b(?:next|following|later|future|subsequent|second|coming) (?:two |three |few |year's |season's |spring's |summer's )?[a-z]+(?:'s)? (?:[a-z]+ ){0,6}?(?:to (?:us|you)|yours|ours|without|with you|with us|again|first)\b"
    r"|\b(?:sequel|follow-up|renewal|successor)s? (?:[a-z]+ ){0,3}?(?:comes?|goes?|is|stays?|will)\b"
)
_LATER_WORDS = words_of("next following later future subsequent coming sequel follow-up renewal successor")
_TOLD = Pattern(
    r"\b(?<!what )(?<!if )(?<!than )(?<!that )(?<!as )(?<!and )you (?:are to|will have to|shall|bear|pay|refurbish|replace|repair|clean|install|hand|throw|build|supply|print|mention|host|train)\b"
    r"|\b(?:is|are) to be [a-z]+(?:ed|en|t|ne|wn) (?:by|from|at|in|for|with|before)\b|\b(?:will|would|shall) (?:also )?(?:appear|carry our|bear our|bear your|mention) |\breserves? (?:[a-z]+ ){1,4}for (?:it|our|them)sel(?:f|ves)\b"
    r"|\bwe'd expect\b|\bwe would (?:also )?(?:charge|take over|bill|invoice|expect)\b|\band no [a-z]+ (?:[a-z]+ ){1,6}?(?:we take it|that month|you can|please note)\b|\bwe take it\b"
)
_TOLD_WORDS = words_of("you to appear carry bear mention reserves reserve expect charge take bill invoice")
_TURNS = words_of("return exchange addition turn top that this gesture favour courtesy thank-you besides thanks pains because")


_DEALING = _HELD_WORDS | _HANDED | _TURNS | _LATER_WORDS | (_TOLD_WORDS - {"to"})
_ANY = IN_CASE | _DEALING
"""Without one of these no deal is struck."""


def no_deals_beside_the_issues(context: Context) -> Iterator[Finding]:
    """Find redress, gifts, deeds in return and later business that no issue covers."""
    said = context.scan
    if said.words.isdisjoint(_ANY):
        return
    for sentence, words in zip(said.sentences, said.said_in, strict=True):
        if sentence.is_question or not _is_deal(context, sentence, words):
            continue
        yield finding(
            context, "scope.deal", "scope", sentence.start, sentence.end,
            f"{said.quote(sentence.start, sentence.end)!r} strikes a deal beside the issues",
            ", ".join(issue.name for issue in context.view.agenda.issues),
        )  # fmt: skip


def _is_deal(context: Context, sentence: Sentence, words: frozenset[str]) -> bool:
    if words.isdisjoint(_ANY):
        return False
    if not IN_CASE.isdisjoint(words) and tells_redress(context, sentence, words):
        return True
    if words.isdisjoint(_DEALING):
        return False
    strange = context.strange_in(words)
    text, start, end = context.scan.text, sentence.start, sentence.end
    is_handed = (
        strange > 0
        and not _HANDED.isdisjoint(words)
        and (_CHARGED.search(text, start, end) or (_SPARED.isdisjoint(words) and _HANDS.search(text, start, end)))
    )
    if is_handed or (not _HELD_WORDS.isdisjoint(words) and _HELD.search(text, start, end)):
        return not sentence.bits & HEDGE
    if strange > 1 and not _TURNS.isdisjoint(words) and _IN_TURN.search(text, start, end):
        return not _has_terms(context, sentence)
    return strange > 0 and any(
        not marks.isdisjoint(words) and pattern.search(text, start, end)
        for marks, pattern in ((_LATER_WORDS, _LATER), (_TOLD_WORDS, _TOLD))
    )


def _has_terms(context: Context, sentence: Sentence) -> bool:
    """Return whether a sentence holds a figure of the draft's own terms."""
    own = context.known.own
    here = context.scan.quantities_from(sentence.start, sentence.end)
    return own is not None and any(value in own.figures.values() for one in here for value in one.values)
