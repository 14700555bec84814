"""Does something change hands, or is a right given or taken, that no issue covers? Deeds of one side for the other, and side matters."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.acts import Act
from guards.claims.context import Context, finding
from guards.claims.saying import Clause, Sentence
from guards.claims.verbs import BE, CAN, DENY, DO, HAVE, MODAL, WILL
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE, NEGATION
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding

__all__ = ["nothing_changes_hands_beside_the_issues"]

_DEEDS = words_of(
    "train pay provide supply lend loan store repair replace fix paint repaint clean plant audit inspect invite hire employ "
    "host sponsor donate reimburse refund compensate deduct return hand print promote advertise install build mount dispose "
    "remove insure upgrade maintain service staff organise organize arrange book reserve cater feed house accommodate lodge "
    "transport ship wrap warehouse grant license film photograph record publish translate design certify extend renew name "
    "mention own speak swap write dedicate second assign teach coach decorate furnish equip fit fund subsidise subsidize "
    "finance have demolish restore water guard escort chauffeur drive pick put take hold let work invoice bill charge"
)
"""What one side does for the other, or takes from it."""
_WITH_PARTICLE = {
    "pick": ("up",),
    "put": ("up",),
    "take": ("back", "on", "over", "away"),
    "hold": ("back",),
    "work": ("for", "with"),
    "hand": ("over", "back"),
    "mention": ("name", "brand", "company", "you", "us"),
    "have": ("ed",),
    "let": ("us", "you", "me"),
    "write": ("testimonial", "reference"),
    "own": ("rights", "recordings", "data", "them"),
    "speak": ("conference",),
}
"""Verbs of every day, and what must follow them to make a deed of them."""
_STRONG = words_of("audit inspect sponsor insure reimburse film photograph donate refund compensate repaint invoice")
"""Deeds that are a side matter by themselves."""
_SIDES = {"i": 1, "we": 1, "you": 2, "your": 2, "our": 1, "my": 1, "us": 1, "me": 1, "yours": 2, "ours": 1}
_SAID_ONLY = words_of(
    "answer answers reply replies word message time chance room notice view views opinion figures figure number numbers sheet list credit "
    "point points impression reason reasons idea hint look regards thanks news line lines call mail note copy of draft offer paper summary"
)
"""What is given in talk alone."""
_SIDE = words_of(
    "insurance warranty warranties training publicity logo logos testimonial testimonials website homepage exclusivity competitor competitors "
    "cancellation cancellations penalty penalties fines bonus bonuses deposit deposits refund refunds rebate rebates surcharge surcharges "
    "customs duties tax taxes vat packaging empties waste cleaning repairs repair spare replacement replacements hotline helpdesk audit audits "
    "inspection inspections court courts arbitration jurisdiction disputes dispute law copyright ownership royalties recordings photographs "
    "lodging accommodation hotel hotels meals lunch lunches breakfast dinner dinners parking tickets vouchers donation donations sponsor "
    "sponsorship apprentices apprentice storage electricity wifi wi-fi travel overtime setup set-up installation certificates samples "
    "catering unsold leftovers commission indemnity liability damages compensation merchandise booth brochure advert adverts advertising "
    "press-release signage software maintenance upgrade upgrades consultant consultants translator translators escort security porter marketing data rights photos pictures files fee fees"
)
"""Matters that people settle beside the price, unless they are on the agenda."""
_BOUND = Pattern(
    r"\b(?:is|are|be|stays?|remains?|comes?|goes?|go|falls?|belongs?|lies?|rests?) (?:\w+ ){0,2}?(?:on (?:us|you|me|our side|your side|the house)|with (?:us|you)|for (?:us|you) to|to (?:us|you)\b|back to (?:us|you)|for your|for our|at (?:your|our|no|cost)|due\b|payable|billed|charged|settled|governed|included|covered|waived|valid|yours\b|ours\b|free\b|extra\b|along|with it|of the (?:package|deal|price))"
    r"|\bthere(?:'s| is| are| will be) (?:a|an|no|the)\b|\bapplies\b|\bapply\b|\b(?:you|we) (?:carry|bear|pay|cover|take|collect|provide|handle)\b|\bcosts? (?:you|us|a (?:third|half|quarter|fifth))\b"
)
"""How a side matter is said to be settled."""
_OPENERS = words_of("whether who what which how why where when")


def nothing_changes_hands_beside_the_issues(context: Context) -> Iterator[Finding]:
    """Find what one side will do for the other, and side matters that are settled, where no issue covers it."""
    said = context.scan
    told: set[int] = set()
    for act in () if said.words.isdisjoint(_DEEDS) else said.acts:
        if act.verb in _DEEDS and act.who in _SIDES:
            sentence = said.sentence_of(act.start)
            if sentence.start not in told and _is_transfer(context, act, sentence):
                told.add(sentence.start)
                yield _beside(context, "deed", sentence)
    side = (said.words & _SIDE) - context.lexicon.known
    for _, place in sorted(said.firsts_of(side).items()) if side else ():
        clause, sentence = said.clause_at(place), said.sentence_of(place)
        if sentence.start not in told and _is_settled(context, clause, sentence, place):
            told.add(sentence.start)
            yield _beside(context, "deal", sentence)


def _is_transfer(context: Context, act: Act, sentence: Sentence) -> bool:
    """Return whether one side gives the other, or takes from it, a thing that nobody negotiates."""
    side = _SIDES[act.who]
    if sentence.is_question or act.is_past or act.mood & (BE | DO | DENY | CAN) or (act.mood & HAVE and act.verb != "have"):
        return False
    said = context.scan
    if act.mood & MODAL and "may" not in said.tokens[act.subject + 1 : act.order]:
        return False
    clause = said.clauses[act.clause]
    if said.told_in(clause.start, act.start) & (HEDGE | NEGATION | CONDITION) or sentence.bits & ~clause.bits & CONDITION:
        return False
    words = said.tokens_in(act.end, clause.end)
    if not _is_whole(act.verb, words) or not _SAID_ONLY.isdisjoint(words[:3]):
        return False
    is_mutual = any(_SIDES.get(word, side) != side for word in words)
    strange = sum(map(context.is_strange, words)) + (act.verb in _STRONG - context.lexicon.known)
    return strange > (not is_mutual) and (is_mutual or bool(act.mood & WILL))


def _is_whole(verb: str, words: tuple[str, ...]) -> bool:
    """Return whether a verb of every day has what makes a deed of it behind it: `take back`, `pick up`, `have it painted`."""
    needed = _WITH_PARTICLE.get(verb, ())
    if verb == "have":
        return any(word.endswith("ed") and len(word) > 4 for word in words[1:5])
    return not needed or (words[:1] != ("it",) and any(word in needed for word in words[:4]))


def _is_settled(context: Context, clause: Clause, sentence: Sentence, place: int) -> bool:
    """Return whether a side matter is told as settled: who bears it, whose it is, or that it applies."""
    said = context.scan
    words = said.tokens_in(clause.start, clause.end)
    if sentence.is_question or sentence.bits & HEDGE or said.told_in(sentence.start, place) & CONDITION:
        return False
    if said.told_in(clause.start, clause.end) & NEGATION and "no" not in words:
        return False
    return _OPENERS.isdisjoint(words) and _BOUND.search(said.text, clause.start, sentence.end) is not None


def _beside(context: Context, code: str, sentence: Sentence) -> Finding:
    return finding(
        context, f"scope.{code}", "scope", sentence.start, sentence.end,
        f"{context.scan.quote(sentence.start, sentence.end)!r} settles what no issue covers",
        ", ".join(issue.name for issue in context.view.agenda.issues),
    )  # fmt: skip
