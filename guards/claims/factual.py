"""prototype"""

from __future__ import annotations
from bisect import bisect_left
from collections.abc import Iterator

from guards.claims.arithmetic import readings, same
from guards.claims.context import Context, finding
from guards.claims.lexicon import CURRENCIES
from guards.claims.saying import Quantity
from guards.claims.topics import Tie, topics_of
from guards.claims.wordlist import words_of
from orchestrator.messages.finding import Finding

__all__ = ["figures_of_facts"]
_CUT = words_of("than below above under over against vs versus compared from between beside plus minus less more while whereas but instead")
_OPEN = words_of("would could might should perhaps maybe if unless suppose supposing not never no nobody isn't wasn't aren't don't doesn't didn't nor without cannot can't won't hardly")
_OWNERS = words_of("my our your their his her yours ours")
_KINDS = words_of("opening last first old new latest original earlier second own current final initial previous")
_OFFERING = words_of("ask asks asked asking offer offers offered offering propose proposes proposed want wants wanted bid bids say said says wrote write named name put puts suggested suggest")
_RESULT = words_of("makes make making come comes came coming leaves leave left leaving total sum equals saves save saving that's thus average means adds add added costs")
_BEHIND = words_of("total altogether together left spare extra further remaining another")
_PARTS = words_of("half third thirds quarter quarters fifth fifths tenth twice times double both halfway middle average difference")
_FOLLOWS = words_of("of an a per each in on at by for to from with and or but is was are were would will as so that which last this now when then while if than against over")
_TIMES = (7.0, 12.0, 52.0, 24.0, 60.0, 365.0, 30.0, 4.0, 5.0)
_SPAN_WORDS = words_of("day days week weeks month months year years hour hours minute minutes quarter daily weekly monthly yearly annual annually hourly")
STRONG = 1.45


def segment(context: Context, found: Quantity) -> list[str]:
    """Return the words of a clause that are said with a figure."""
    said = context.scan
    clause = context.clause(found.clause)
    here, behind = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
    low, high = bisect_left(said.places, clause.start), bisect_left(said.places, clause.end)
    before = said.text[clause.start:found.start]
    starts = [q.end for q in said.quantities_from(clause.start, found.start)] + [d.end for d in said.days if clause.start <= d.start < found.start]
    ends = [q.start for q in said.quantities_from(found.end, clause.end)] + [d.start for d in said.days if found.end <= d.start < clause.end]
    if starts: low = max(low, bisect_left(said.places, max(starts)))
    if ends: high = min(high, bisect_left(said.places, min(ends)))
    words: list[str] = []
    taken = [(n.start, n.end) for n in said.named_from(clause.start, clause.end) if n.sort == "issue" and n.strong]
    def word(place):
        at = said.places[place]
        return "_" if any(a <= at < b for a, b in taken) else said.tokens[place]
    for place in range(here - 1, low - 1, -1):
        if said.tokens[place] in _CUT: break
        words.insert(0, word(place))
    words.append("#")
    for place in range(behind, high):
        if said.tokens[place] in _CUT: break
        words.append(word(place))
    return words


def figures_of_facts(context: Context) -> Iterator[Finding]:
    said = context.scan
    if not said.quantities:
        return
    topics = topics_of((*context.view.facts, *context.unseen), context.lexicon)
    seen = {id(f) for f in context.view.facts}
    for found in said.quantities:
        if found.sign: continue
        sentence = context.sentence(found.clause)
        if sentence.is_question: continue
        words = segment(context, found)
        ties = sorted(topics.of(words), key=lambda t: -t.weight)
        ties = [t for t in ties if t.fact.kind == "number" and _fits(context, t, found, words)]
        if not ties: continue
        best = ties[0]
        own_unit = _own_unit(context, best)
        weight = best.weight + own_unit
        if not (weight >= STRONG or (weight >= .95 and best.share >= .6) or (weight >= .8 and best.count >= 3 and best.share >= .99)): continue
        if not _OPEN.isdisjoint(words): continue
        near = [t for t in ties if t.weight >= .5 * best.weight]
        if any(_grounds(context, t, found, sentence, words) for t in near): continue
        if id(best.fact) not in seen and context.ground.is_exact(found): continue
        if _is_offers(context, found, words): continue
        if best.weight < 3 and not any(abs(float(best.fact.value)) / 4 <= v <= abs(float(best.fact.value)) * 4 for v in readings(found)): continue
        if not found.unit and best.fact.unit.lower() not in CURRENCIES and context.ground.holds(found): continue
        if found.unit and any(f.origin in ("own", "offer") and f.unit != found.unit and same(f.value, found.values[0]) for f in context.known.figures): continue
        if ((_is_result(words) and not best.cited) or _is_step(context, found)) and context.ground.holds(found): continue
        yield finding(context, "fact.tied", "fact", found.start, found.end,
            f"fact {best.fact.name!r} {weight:.2f} {best.share:.2f} says {best.fact.value} {best.fact.unit} ({best.fact.source}), not {said.quote(found.start, found.end)!r}",
            f"{best.fact.value} {best.fact.unit}".strip())


def _own_unit(context: Context, tie: Tie) -> float:
    unit = tie.fact.unit.lower()
    facts = (*context.view.facts, *context.unseen)
    return float(unit not in context.lexicon.by_unit and unit not in ("", "percent", "day", "week", "month", "hour", *CURRENCIES)
        and sum(f.unit == tie.fact.unit for f in facts) == 1)


def _fits(context: Context, tie: Tie, found: Quantity, words: list[str]) -> bool:
    unit = tie.fact.unit.lower()
    if found.unit: return found.unit == unit
    if found.is_word and found.values[0] < 20: return False
    if unit == "percent": return False
    after = words[words.index("#") + 1 : words.index("#") + 2]
    return not after or not after[0] or after[0] in _FOLLOWS


def _grounds(context: Context, tie: Tie, found: Quantity, sentence, words: list[str]) -> bool:
    value = float(tie.fact.value)
    said = readings(found)
    others = [v for q in context.scan.quantities_from(sentence.start, sentence.end) if q.start != found.start for v in readings(q)]
    if any(same(value, v) for q in context.scan.quantities if q.clause == found.clause for v in readings(q)): return True
    held = [value]
    if tie.fact.unit != "percent":
        if not _SPAN_WORDS.isdisjoint(words):
            held += [*(value * t for t in _TIMES), *(value / t for t in _TIMES)]
        known = [f.value for f in context.known.figures if f.origin in ("own", "offer", "fact")] if _is_result(words) else []
        held += [value * k for k in (*others, *known)]
        held += [value / k for k in (*others, *known) if k]
        held += [value + k for k in others] + [abs(value - k) for k in others]
    if tie.fact.unit == "percent": held.append(100 - value)
    if any(same(h, one) for h in held for one in said): return True
    return context.ground.is_announced(found) and any(abs(one - value) <= .06 * abs(value) for one in said)


_STEPS = words_of("more less fewer above below over under short off up down higher lower later earlier further extra apart than beyond ahead cheaper dearer")


def _is_step(context, found) -> bool:
    said = context.scan
    behind = bisect_left(said.places, found.end)
    return not _STEPS.isdisjoint(said.tokens[behind:behind + 2])


def _is_result(words: list[str]) -> bool:
    at = words.index("#")
    return not (_RESULT.isdisjoint(words[max(0, at - 3):at]) and _BEHIND.isdisjoint(words[at + 1:at + 3]) and _PARTS.isdisjoint(words))


def _is_offers(context: Context, found: Quantity, words: list[str]) -> bool:
    said = readings(found)
    units = ("", found.unit) if found.unit in context.lexicon.countable else (found.unit,)
    held = [f for f in context.known.figures if f.origin in ("own", "offer", "rule", "said") and (f.unit in units or not found.unit) and any(same(f.value, one) for one in said)]
    at = words.index("#")
    owner = at > 0 and (words[at - 1] in _OWNERS or words[at-1].endswith("'s") or (at > 1 and words[at - 1] in _KINDS and words[at - 2] in _OWNERS))
    if not held: return False
    if owner: return True
    if context.reports and context.ground.is_stated(found): return True
    if any(f.origin == "rule" for f in held): return True
    return not _OFFERING.isdisjoint(words) or any(w[:1] == "m" and w[1:].isdigit() for w in words) or any(w in context.lexicon.roles for w in words)
