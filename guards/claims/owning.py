"""Do the words settle what only another role may bind? An owner's issue that is called closed, or the sender's to decide."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from collections.abc import Iterator

from guards.claims.acts import Act
from guards.claims.context import Context, finding
from guards.claims.known import meant_terms
from guards.claims.saying import Sentence
from guards.claims.verbs import DENY, MODAL
from guards.claims.wordlist import words_of
from guards.claims.words import CONDITION, HEDGE, NEGATION
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import DateIssue, Issue

__all__ = ["issues_of_others", "leaves_to_owners_what_is_theirs"]

_FINAL = Pattern(
    r"(?:\b(?:is|are|stands?|has been|have been)|(?:it|that)'s) (?:thereby |hereby |herewith |now |thus |therefore |already |then )?(?:closed|fixed|settled|final|decided|locked|arranged|booked|sealed|granted|conceded|in for good|out for good|nailed down|beyond discussion|done and dusted|set in stone|non-negotiable)\b(?! (?:for (?:me|us|my part|our part)|on our side|from our side|on my side)\b)|\b(?:from (?:today|now on)|once and for all|it'll be)\b|\b(?:that is|that's|this is) how it (?:is|will|stays|stands|is going to)\b|\b(?:full stop|end of (?:story|discussion|debate)|no discussion|not up for (?:discussion|debate))\b"
)
"""Words that close a point."""
_CLOSING = words_of(
    "closed fixed settled final decided locked arranged booked sealed stone negotiable today now once it'll granted conceded good nailed beyond dusted how story discussion debate stop"
)
_DECIDED = Pattern(
    r"\b(?:for us|up to us|ours|for me|up to me) to (?:decide|settle|fix|choose|pick|determine|judge)\b|\b(?:is|are|stays?|remains?) (?:up to us|in our hands|our (?:own )?(?:call|choice|decision|affair))\b"
)
"""Words that keep a decision to the sender."""
_DECIDING = words_of("decide settle fix choose pick determine judge hands call choice decision affair")
_DECIDES = words_of("decide determine dictate rule")
_ASKED = frozenset(("where", "how", "when", "which"))
"""How a matter is named that is no issue's name: `where the boxes stand is for us to settle`."""
_MOST = 20
"""Decisions of one text that are looked at."""
_SPEAKERS = frozenset(("i", "we"))


def leaves_to_owners_what_is_theirs(context: Context) -> Iterator[Finding]:
    """Find another role's issue that is called closed, or that the sender is said to decide."""
    yield from _closed(context)
    yield from _decided(context)


def _closed(context: Context) -> Iterator[Finding]:
    said = context.scan
    for hit in said.matches(_FINAL, _CLOSING):
        clause, sentence = said.clause_at(hit.start()), said.sentence_of(hit.start())
        if sentence.is_question or sentence.bits & CONDITION or said.told_in(clause.start, hit.end()) & (HEDGE | NEGATION):
            continue
        issue = next((issue for issue in issues_of_others(context, sentence) if not _is_common(context, issue)), None)
        if issue:
            yield _owned(context, issue, clause.start, sentence.end)


def _decided(context: Context) -> Iterator[Finding]:
    said = context.scan
    kept = [hit.start() for hit in said.matches(_DECIDED, _DECIDING)]
    acts = () if _DECIDES.isdisjoint(said.words) else said.acts
    kept += [act.start for act in acts if act.verb in _DECIDES and act.who in _SPEAKERS and _is_told(act)]
    for place in kept[:_MOST]:
        clause, sentence = said.clause_at(place), said.sentence_of(place)
        if sentence.is_question or sentence.bits & CONDITION or said.told_in(clause.start, clause.end) & (HEDGE | NEGATION):
            continue
        issue = next(issues_of_others(context, sentence), None)
        if (issue or next(filter(None, said.tokens_in(clause.start, place)), "") in _ASKED) and not _names_own(
            context, sentence
        ):
            yield _owned(context, issue, clause.start, sentence.end)


def _is_told(act: Act) -> bool:
    return not act.mood & (DENY | MODAL) and not act.is_past


def _owned(context: Context, issue: Issue | None, start: int, end: int) -> Finding:
    what, owner = (f"{issue.name!r}", f"{issue.owner!r}") if issue else ("what the sender does not own", "others")
    return finding(
        context, "authority.owner", "authority", start, end,
        f"{what} is for {owner} to bind; name it as a request", f"a request to {owner}",
    )  # fmt: skip


def _names_own(context: Context, sentence: Sentence) -> bool:
    """Return whether a sentence names an issue that is the sender's to bind, or nobody's."""
    named = (
        context.lexicon.issues.get(one.issue) for one in context.scan.named_from(sentence.start, sentence.end) if one.issue
    )
    return any(issue is not None and issue.owner in (None, context.view.role) for issue in named)


def issues_of_others(context: Context, sentence: Sentence) -> Iterator[Issue]:
    """Yield the issues that a sentence names, or gives a figure or a day of, and that another role owns."""
    lexicon, said = context.lexicon, context.scan
    names = [named.issue for named in said.named_from(sentence.start, sentence.end)]
    names += [lexicon.by_unit.get(found.unit) for found in said.quantities_from(sentence.start, sentence.end)]
    if any(sentence.start <= day.start < sentence.end for day in said.days):
        dates = [issue.name for issue in lexicon.issues.values() if isinstance(issue, DateIssue)]
        names += dates if len(dates) == 1 else []
    for name in names:
        issue = lexicon.issues.get(name) if name else None
        if issue and issue.owner and issue.owner != context.view.role:
            yield issue


def _is_common(context: Context, issue: Issue) -> bool:
    """Return whether the last offers of the sender and of the owner say the same on an issue."""
    last = {move.sender: term for move in context.known.moves for term in move.terms if term.issue == issue.name}
    meant = {term.issue: term for term in meant_terms(context.draft, context.view)}.get(issue.name, last.get(context.view.role))
    return meant is not None and issue.owner is not None and last.get(issue.owner) == meant
