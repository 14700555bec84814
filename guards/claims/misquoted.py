"""Is a figure that is said of a fact the fact's? What the words beside it speak of tells of which fact it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from guards.claims.anchors import anchor_of, says
from guards.claims.arithmetic import readings, same
from guards.claims.beside import Beside, words_beside
from guards.claims.context import Context, finding
from guards.claims.derived import follows_from, is_result, is_step
from guards.claims.lexicon import CURRENCIES
from guards.claims.saying import Quantity, SpokenDay
from guards.claims.shares import Share, shares_in
from guards.claims.topics import Tie, Topics, topics_of
from guards.claims.wordlist import words_of
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Fact

__all__ = ["best_of", "figures_of_facts", "is_asked", "is_laid", "is_seen", "is_weighed", "misquote", "shares_of_facts", "tells_a_fact"]

_WEIGHED = words_of(
    "would could might should perhaps maybe if unless suppose supposing not never no nobody isn't wasn't aren't don't doesn't "
    "didn't nor without cannot can't won't hardly"
)
"""Words by which what is said of a fact is weighed or denied."""
_OWNERS = words_of("my our your their his her yours ours")
_OTHERS = words_of("another other others rival second different competing")
"""What makes somebody else of a word for a role: `another supplier`."""
_KINDS = words_of("opening last first old new latest original earlier second own current final initial previous")
_OFFERING = words_of(
    "ask asks asked asking offer offers offered offering propose proposes proposed want wants wanted bid bids say said says "
    "wrote write named name put puts suggested suggest"
)
_FOLLOWS = words_of(
    "of an a per each in on at by for to from with and or but is was are were would will as so that which last this now when "
    "then while if than against over"
)
"""What may stand behind a bare figure that counts no other thing."""
_GIVEN = words_of("since given because with against as seeing considering")
"""What begins a clause that gives a reason and asks nothing."""
_TAGS = words_of(
    "is isn't are aren't was wasn't were weren't do don't does doesn't did didn't has hasn't have haven't will won't would wouldn't "
    "can can't it they we you he she that there not right no"
)
"""What the tag of a question is made of: `does it not`."""
_FAR = 4.0
"""So many times larger or smaller a figure is of something else, unless its words are plainly the fact's."""
_FULLY, _PLAINLY = 2.0, 3.0
_EVEN = 0.85
"""Facts to which words are tied so evenly that a bare figure may be of either."""


def figures_of_facts(context: Context) -> Iterator[Finding]:
    """Find figures that are said of a fact and differ from it."""
    said = context.scan
    if not said.quantities:
        return
    topics = topics_of((*context.view.facts, *context.unseen), context.lexicon)
    for found in said.quantities:
        if found.sign or is_asked(context, found.clause) or (context.reports and context.ground.is_stated(found)):
            continue
        beside = words_beside(context, found)
        fact = _misquoted(context, topics, found, beside)
        if fact:
            yield misquote(context, fact, f"{fact.value} {fact.unit}".strip(), found)


def shares_of_facts(context: Context) -> Iterator[Finding]:
    """Find shares in words that are said of a fact and differ from it: `one in three`."""
    facts = (*context.view.facts, *context.unseen)
    if not any(fact.unit == "percent" for fact in facts):
        return
    topics = topics_of(facts, context.lexicon)
    for share in shares_in(context.scan):
        fact = None if is_asked(context, share.clause) else _misjudged(context, topics, share)
        if fact:
            yield misquote(context, fact, f"{fact.value} {fact.unit}".strip(), share)


def _misquoted(context: Context, topics: Topics, found: Quantity, beside: Beside) -> Fact | None:
    """Return the fact of which the words beside a figure speak, where it says another figure."""
    ties = [tie for tie in topics.of(beside.words) if _may_count(tie, found, beside)]
    best = best_of(ties)
    if best is None or not best.is_firm(float(best.has_own_unit and bool(found.unit))):
        return None
    if is_weighed(beside, best.fact) or not _is_near(best, found):
        return None
    if not found.unit and any(tie.weight >= best.weight * _EVEN and tie.fact.unit != best.fact.unit for tie in ties):
        return None
    near = (tie.fact for tie in ties if tie.weight >= best.weight / 2)
    is_hidden = not is_seen(context, best.fact)
    if any(follows_from(context, fact, found, beside) for fact in near) or (is_hidden and context.ground.is_exact(found)):
        return None
    if _is_of_an_offer(context, found, beside) or _is_of_another_unit(context, best, found):
        return None
    is_worked_out = (is_result(beside) and not best.is_cited) or is_step(context.scan, found)
    return None if is_worked_out and context.ground.holds(found) else best.fact


def _misjudged(context: Context, topics: Topics, share: Share) -> Fact | None:
    """Return the fact of which the words beside a share speak, where it is another."""
    beside = words_beside(context, share)
    ties = [tie for tie in topics.of((*share.words, *beside.words)) if tie.fact.unit == "percent"]
    best = best_of(ties)
    if best is None or not best.is_firm() or is_weighed(beside, best.fact):
        return None
    quoted = any(figure.origin == "said" and figure.unit == "percent" and same(figure.value, float(best.fact.value)) for figure in context.known.figures)
    if not is_seen(context, best.fact) and not quoted: return best.fact
    told = (float(tie.fact.value) for tie in ties)
    return None if any(share.may_be(one) or share.may_be(100 - one) for one in told) else best.fact


def is_seen(context: Context, fact: Fact) -> bool:
    """Return whether the sender sees a fact."""
    return any(fact is seen for seen in context.view.facts)


def best_of(ties: Iterable[Tie]) -> Tie | None:
    """Return the firmest tie."""
    return max(ties, key=lambda tie: tie.weight, default=None)


def _may_count(tie: Tie, found: Quantity, beside: Beside) -> bool:
    """Return whether a figure is counted like a fact; a bare one where no other thing is counted by it."""
    fact = tie.fact
    unit = fact.unit.lower()
    if fact.kind != "number" or found.unit:
        return fact.kind == "number" and found.unit == unit
    if unit == "percent" or (found.is_word and found.values[0] < 20):
        return False
    value = abs(float(fact.value))
    behind = beside.after[0] if beside.after else ""
    return not behind or behind in _FOLLOWS or (tie.weight >= _FULLY and value / 2 <= found.values[0] <= value * 2)


def _is_near(tie: Tie, found: Quantity) -> bool:
    value, said = abs(float(tie.fact.value)), found.values[0]
    return tie.weight >= _PLAINLY or value / _FAR <= said <= value * _FAR


def _is_of_another_unit(context: Context, tie: Tie, found: Quantity) -> bool:
    """Return whether a figure says something on record that is counted otherwise: so many guests, and lunches."""
    unit = tie.fact.unit.lower()
    if not found.unit and unit in CURRENCIES:
        return False
    origins = ("own", "offer") if found.unit else ("own", "offer", "fact", "rule")
    others = (figure for figure in context.known.figures if figure.origin in origins and figure.unit != unit)
    return any(same(figure.value, found.values[0]) for figure in others)


def _is_of_an_offer(context: Context, found: Quantity, beside: Beside) -> bool:
    """Return whether a figure is one of a rule, or of an offer or earlier words to which the words lay it."""
    said = readings(found)
    units = ("", found.unit) if found.unit in context.lexicon.countable else (found.unit,)
    origins = {
        figure.origin
        for figure in context.known.figures
        if figure.origin in ("own", "offer", "rule", "said")
        and (not found.unit or figure.unit in units)
        and any(same(figure.value, one) for one in said)
    }
    return bool(origins) and ("rule" in origins or is_laid(context, beside, found.clause))


def tells_a_fact(context: Context, start: int, end: int) -> bool:
    """Return whether words between two places say the figure of a visible fact of which they speak."""
    here = context.scan.quantities_from(start, end)
    facts = [fact for fact in context.view.facts if any(says(found, anchor_of(fact)) for found in here)]
    if not facts:
        return False
    topics = topics_of((*context.view.facts, *context.unseen), context.lexicon)
    ties = topics.of(context.scan.tokens_in(start, end))
    return any(tie.is_firm() and any(tie.fact is fact for fact in facts) for tie in ties)


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
    owner = last[-2] if last[-1] in _KINDS else last[-1]
    if owner in _OWNERS or owner.endswith("'s"):
        return True
    if any(word[:1] == "m" and word[1:].isdecimal() for word in beside.words):
        return True
    if any(word in context.lexicon.roles and before not in _OTHERS for before, word in pairwise(("", *beside.words))):
        return True
    acts = (act for act in context.scan.acts if act.clause == place and act.verb in _OFFERING)
    return any(context.scan.tokens[act.subject - 1] not in _OTHERS for act in acts)


def misquote(context: Context, fact: Fact, told: str, found: Quantity | SpokenDay | Share) -> Finding:
    """Return the finding on a figure or a day that a fact doesn't tell; nothing of a fact that the sender can't see."""
    quoted = context.scan.quote(found.start, found.end)
    if not is_seen(context, fact):
        message = f"no fact that you can see and no message says {quoted!r} of this"
        allowed = "facts that you see, or a figure that its owner has quoted"
        return finding(context, "fact.unseen", "fact", found.start, found.end, message, allowed)
    code = "fact.date" if isinstance(found, SpokenDay) else "fact.figure"
    message = f"fact {fact.name!r} says {told} ({fact.source}), not {quoted!r}"
    return finding(context, code, "fact", found.start, found.end, message, told)
