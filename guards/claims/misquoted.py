"""Is a figure that is said of a fact the fact's? What the words beside it speak of tells of which fact it is said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from guards.claims.anchors import anchor_of, says
from guards.claims.arithmetic import SPANNED, readings, same
from guards.claims.asserted import is_asked, is_laid, is_seen, is_told, is_weighed
from guards.claims.beside import Beside, words_beside
from guards.claims.context import Context, finding
from guards.claims.derived import follows_from, is_result, is_step, values_in
from guards.claims.lexicon import CURRENCIES
from guards.claims.saying import Quantity, SpokenDay
from guards.claims.shares import Share, shares_in
from guards.claims.topics import Tie, best_of
from guards.claims.wordlist import words_of
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Fact

__all__ = ["figures_of_facts", "misquote", "shares_of_facts"]

_FOLLOWS = words_of(
    "of an a per each in on at by for to from with and or but is was are were would will as so that which last this now when "
    "then while if than against over"
)
"""What may stand behind a bare figure that counts no other thing."""
_FAR = 4.0
"""So many times larger or smaller a figure is of something else, unless its words are plainly the fact's."""
_FULLY, _PLAINLY = 2.0, 3.0
_WHOLLY = 0.75
"""So much of what the words speak of has to be of a fact where nothing else on record excuses a figure."""
_MOST = 40
"""Shares of one text that are looked at."""
_FEW = 20
"""Below it a bare number word is more often a count of something."""
_LARGE = 1000
"""From here on money that an offer comes to is no chance."""
_EVEN = 0.85
"""Facts to which words are tied so evenly that a bare figure may be of either."""


def figures_of_facts(context: Context) -> Iterator[Finding]:
    """Find figures that are said of a fact and differ from it."""
    said = context.scan
    spoken: dict[int, bool] = {}
    for found in said.quantities:
        if found.sign or (context.reports and context.ground.is_stated(found)) or _is_of_a_fact(context, found):
            continue
        place = found.clause
        if place not in spoken:
            clause = context.clause(place)
            words = said.tokens_in(clause.start, clause.end)
            spoken[place] = context.topics.speaks(words) and not is_asked(context, place)
        fact = _misquoted(context, found, words_beside(context, found)) if spoken[place] else None
        if fact:
            yield misquote(context, fact, f"{fact.value} {fact.unit}".strip(), found)


def _is_of_a_fact(context: Context, found: Quantity) -> bool:
    """Return whether a figure is that of a visible fact, in its unit: the usual case."""
    return any(says(found, anchor_of(fact)) for fact in context.view.facts)


def shares_of_facts(context: Context) -> Iterator[Finding]:
    """Find shares in words that are said of a fact and differ from it: `one in three`."""
    facts = (*context.view.facts, *context.unseen)
    if not any(fact.unit == "percent" for fact in facts):
        return
    for share in islice(shares_in(context.scan), _MOST):
        fact = None if is_asked(context, share.clause) else _misjudged(context, share)
        if fact:
            yield misquote(context, fact, f"{fact.value} {fact.unit}".strip(), share)


def _misquoted(context: Context, found: Quantity, beside: Beside) -> Fact | None:
    """Return the fact of which the words beside a figure speak, where it says another figure."""
    ties = [tie for tie in context.topics.of(beside.words) if _may_count(tie, found, beside)]
    best = best_of(ties)
    if best is None or not best.is_firm(float(best.has_own_unit and bool(found.unit))):
        return None
    if is_weighed(beside, best.fact) or (is_told(context, best.fact) and not _is_near(best, found)):
        return None
    if not found.unit and any(tie.weight >= best.weight * _EVEN and tie.fact.unit != best.fact.unit for tie in ties):
        return None
    near = (tie.fact for tie in ties if tie.weight >= best.weight / 2 and is_told(context, tie.fact))
    is_plain = best.weight >= _PLAINLY and best.share >= _WHOLLY
    comes_out = is_result(beside) and not (is_plain and _is_alone(context, found))
    if any(follows_from(context, fact, found, beside, comes_out=comes_out) for fact in near):
        return None
    if (not is_plain and _is_elsewhere(context, best, found, beside)) or _is_of_another_unit(context, best, found):
        return None
    is_worked_out = (comes_out and not best.is_cited) or is_step(context.scan, found)
    return None if is_worked_out and context.ground.holds(found) else best.fact


def _is_elsewhere(context: Context, tie: Tie, found: Quantity, beside: Beside) -> bool:
    """Return whether a figure is on record as something else than the fact."""
    if not is_told(context, tie.fact) and context.ground.is_exact(found):
        return True
    return _is_of_an_offer(context, found, beside) or _is_large_total(context, found)


def _is_alone(context: Context, found: Quantity) -> bool:
    """Return whether a figure is the only one of its sentence, so that nothing is worked out in it."""
    sentence = context.sentence(found.clause)
    return len(context.scan.quantities_from(sentence.start, sentence.end)) == 1


def _misjudged(context: Context, share: Share) -> Fact | None:
    """Return the fact of which the words beside a share speak, where it is another."""
    beside = words_beside(context, share)
    ties = [tie for tie in context.topics.of((*share.words, *beside.words)) if tie.fact.unit == "percent"]
    best = best_of(ties)
    if best is None or not best.is_firm() or is_weighed(beside, best.fact):
        return None
    if not is_told(context, best.fact):
        return best.fact
    told = (float(tie.fact.value) for tie in ties)
    return None if any(share.may_be(one) or share.may_be(100 - one) for one in told) else best.fact


def _may_count(tie: Tie, found: Quantity, beside: Beside) -> bool:
    """Return whether a figure is counted like a fact; a bare one where no other thing is counted by it."""
    unit = tie.fact.unit.lower()
    if tie.fact.kind != "number":
        return False
    if found.unit:
        return unit in (found.unit, *(SPANNED if found.unit in SPANNED else ()))
    value, said = abs(float(tie.fact.value)), found.values[0]
    is_close = tie.weight >= _FULLY and value / 2 <= said <= value * 2
    is_alone = not beside.after or not beside.after[0] or beside.after[0] in _FOLLOWS
    is_small = found.is_word and said < _FEW
    return not is_small and ((is_alone and is_close) if unit == "percent" else (is_alone or is_close))


def _is_near(tie: Tie, found: Quantity) -> bool:
    said = found.values[0]
    return tie.weight >= _PLAINLY or any(value / _FAR <= said <= value * _FAR for value in values_in(tie.fact, found.unit))


def _is_large_total(context: Context, found: Quantity) -> bool:
    return found.unit in CURRENCIES and found.values[0] >= _LARGE and context.ground.is_total(found)


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
