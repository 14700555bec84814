"""Is something told of a fact at all? What is asked, weighed or laid to an offer is not."""

from __future__ import annotations

from itertools import pairwise

from guards.claims.anchors import anchor_of, says
from guards.claims.arithmetic import same
from guards.claims.beside import Beside
from guards.claims.context import Context
from guards.claims.papers import KINDS
from guards.claims.wordlist import words_of
from orchestrator.messages.negotiation import Fact

__all__ = ["is_asked", "is_laid", "is_seen", "is_told", "is_weighed", "tells_a_fact"]

_WEIGHED = words_of(
    "would could might should perhaps maybe if unless suppose supposing not never no nobody isn't wasn't aren't don't doesn't "
    "didn't nor without cannot can't won't hardly"
)
"""Words by which what is said of a fact is weighed or denied."""
_OWNERS = words_of("my our your their his her yours ours")
_OTHERS = words_of("another other others rival second different competing")
"""What makes somebody else of a word for a role: `another supplier`."""
_OFFERING = words_of(
    "ask asks asked asking offer offers offered offering propose proposes proposed want wants wanted bid bids say said says "
    "wrote write named name put puts suggested suggest"
)
_GIVEN = words_of("since given because with against as seeing considering")
"""What begins a clause that gives a reason and asks nothing."""
_TAGS = words_of(
    "is isn't are aren't was wasn't were weren't do don't does doesn't did didn't has hasn't have haven't will won't "
    "would wouldn't can can't it they we you he she that there not right no"
)
"""What the tag of a question is made of: `does it not`."""


def tells_a_fact(context: Context, start: int, end: int) -> bool:
    """Return whether words between two places say the figure of a visible fact of which they speak."""
    here = context.scan.quantities_from(start, end)
    facts = [fact for fact in context.view.facts if any(says(found, anchor_of(fact)) for found in here)]
    if not facts:
        return False
    ties = context.topics.of(context.scan.tokens_in(start, end))
    return any(tie.is_firm() and any(tie.fact is fact for fact in facts) for tie in ties)


def is_seen(context: Context, fact: Fact) -> bool:
    """Return whether the sender sees a fact."""
    return any(fact is seen for seen in context.view.facts)


def is_told(context: Context, fact: Fact) -> bool:
    """Return whether the sender sees a fact, or somebody has said its figure."""
    if is_seen(context, fact):
        return True
    value, unit = float(fact.value) if fact.kind == "number" else None, fact.unit.lower()
    said = (figure for figure in context.known.figures if figure.origin == "said" and figure.unit == unit)
    return value is not None and any(same(figure.value, value) for figure in said)


def is_weighed(beside: Beside, fact: Fact) -> bool:
    """Return whether what is said of a fact is weighed or denied, but for what the fact itself denies."""
    open_words = _WEIGHED.intersection(beside.words)
    return bool(open_words) and not open_words.issubset(fact.says.split())


def is_asked(context: Context, place: int) -> bool:
    """Return whether the clause of that number asks; one before a tag or that only gives a reason tells, too."""
    clause, sentence = context.clause(place), context.sentence(place)
    if not sentence.is_question:
        return False
    last = context.scan.clause_at(sentence.end - 1)
    if clause.start == last.start:
        return True
    words = [word for word in context.scan.tokens_in(last.start, last.end) if word]
    first = next(filter(None, context.scan.tokens_in(clause.start, clause.end)), "")
    return first not in _GIVEN and not (len(words) <= 4 and _TAGS.issuperset(words))


def is_laid(context: Context, beside: Beside, place: int) -> bool:
    """Return whether words in the clause of that number lay a value to an offer or a role: `your last 240`, `m3 has 240`."""
    last = ("", "", *beside.before)
    owner = last[-2] if last[-1] in KINDS else last[-1]
    if owner in _OWNERS or owner.endswith("'s"):
        return True
    if any(word[:1] == "m" and word[1:].isdecimal() for word in beside.words):
        return True
    if any(word in context.lexicon.roles and before not in _OTHERS for before, word in pairwise(("", *beside.words))):
        return True
    acts = (act for act in context.scan.acts if act.clause == place and act.verb in _OFFERING)
    return any(context.scan.tokens[act.subject - 1] not in _OTHERS for act in acts)
