"""Is what is said of a fact what it says? Figures and days in the clause that speaks of it, which nothing else explains."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guards.claims.anchors import anchor_of, says, stems
from guards.claims.arithmetic import is_among, near, readings, same, totals_of
from guards.claims.context import Context, finding
from guards.claims.factdays import days_of
from guards.claims.history import Kept
from guards.claims.lexicon import CURRENCIES, Lexicon, split_words
from guards.claims.saying import Quantity, Sentence, SpokenDay
from guards.claims.talk import PLAIN_TALK
from guards.claims.wordlist import words_of
from guards.pattern import Pattern
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Fact

__all__ = ["facts_as_said"]

_RECKONED = words_of(
    "more less fewer above below over under short apart difference times half twice double plus minus makes make comes total sum extra than "
    "higher lower up down off between gap another each every off saves save leaves worth cheaper dearer longer shorter later earlier third quarter "
    "quarters thirds fifth fifths tenth altogether together average left spare within within room x"
)

_OWNED = words_of("your yours my our m")
_FALLS = Pattern(r"\b(?:is|was|falls?|starts?|opens?|begins?|ends?|due|set|comes?)(?: on| for| from| by)?(?: the)? $")
_CITED = Pattern(r"\b(?:of|on|dated|as of|as at|quoted|written|counted) (?:the )?$")


@dataclass(frozen=True, slots=True)
class _Weighed:
    """How surely each word speaks of a fact."""

    weights: Mapping[str, int]
    """Two for a word of its own, one for a word that it shares or that is plain; words of issues and units are left out."""
    alone: frozenset[str]
    """The words that no other fact, issue or role has."""
    years: frozenset[str]
    """The years that its words name."""


def facts_as_said(context: Context) -> Iterator[Finding]:
    """Find figures and days that stand where a fact is spoken of and are not the fact's: `the hopper moves 12 500`."""
    said = context.scan
    places = sorted({found.clause for found in (*said.quantities, *said.days)})
    last, facts = -1, list[Fact]()
    for place in places:
        clause = said.clauses[place]
        sentence = said.sentences[clause.sentence]
        if clause.sentence != last:
            last, facts = clause.sentence, [] if sentence.is_question else _spoken_of(context, sentence)
        if not facts:
            continue
        words = stems(said.text[clause.start : clause.end])
        figures = said.quantities_from(clause.start, clause.end)
        days = [day for day in said.days if day.clause == place]
        for fact in facts:
            if not anchor_of(fact).words.isdisjoint(words):
                yield from _said_of(context, fact, words, figures, days)


def _spoken_of(context: Context, sentence: Sentence) -> list[Fact]:
    """Return the facts that may be told and of which a sentence has a word."""
    words = stems(context.scan.text[sentence.start : sentence.end])
    return [fact for fact in context.view.facts if fact.disclose != "never" and not anchor_of(fact).words.isdisjoint(words)]


def _said_of(
    context: Context, fact: Fact, words: frozenset[str], figures: tuple[Quantity, ...], days: list[SpokenDay]
) -> Iterator[Finding]:
    weighed = _weighed(fact, context.lexicon)
    score = sum(weighed.weights[word] for word in weighed.weights.keys() & words)
    score += int(any(day.may_be(fact.as_of) for day in days) or not weighed.years.isdisjoint(words))
    if fact.kind == "number" and figures and score >= 1:
        yield from _figures(context, fact, figures, score)
        yield from _dated(context, fact, figures, days) if score >= 2 else ()
    elif fact.kind == "date" and days and (score >= 2 or not weighed.alone.isdisjoint(words)):
        yield from _days(context, fact, days, is_sure=score >= 2)


def _weigh(fact: Fact, lexicon: Lexicon) -> _Weighed:
    names = [name for issue in lexicon.issues.values() for name in (issue.name, *issue.aka)]
    named = stems(" ".join((*names, *lexicon.roles)).replace("_", " "))
    words = anchor_of(fact).words - named
    plain = {word for word in words if word in PLAIN_TALK or f"{word}s" in PLAIN_TALK} | (words & lexicon.shared)
    years = (word for word in split_words(f"{fact.says} {fact.source}") if len(word) == 4 and word.isdigit())
    return _Weighed(
        weights=MappingProxyType({word: 1 if word in plain else 2 for word in words if word not in lexicon.units}),
        alone=words - lexicon.shared,
        years=frozenset(years),
    )


_weighed = Kept(_weigh)


def _dated(context: Context, fact: Fact, figures: tuple[Quantity, ...], days: list[SpokenDay]) -> Iterator[Finding]:
    """Find the figure of a fact said with a day on which it was not found."""
    anchor = anchor_of(fact)
    if not any(says(found, anchor) for found in figures):
        return
    for day in days:
        is_cited = _CITED.search(context.scan.text, max(0, day.start - 12), day.start)
        if is_cited and not any(day.may_be(known.value) for known in context.known.days):
            message = f"fact {fact.name!r} is of {fact.as_of.isoformat()} ({fact.source}), not {context.scan.quote(day.start, day.end)!r}"
            yield finding(context, "fact.date", "fact", day.start, day.end, message, fact.as_of.isoformat())


def _figures(context: Context, fact: Fact, figures: tuple[Quantity, ...], score: int) -> Iterator[Finding]:
    anchor = anchor_of(fact)
    value = anchor.value or 0.0
    if any(says(found, anchor) or any(same(one, value) for one in readings(found)) for found in figures):
        return
    for found in figures:
        is_its = found.unit == fact.unit.lower() != "" and _is_own_unit(context, fact)
        if (score < 2 and not is_its) or not _is_of(found, fact) or context.is_open(found) or _is_reckoned(context, found):
            continue
        if not any(0.25 < one / value < 4 for one in readings(found) if value) or _is_known(context, found, value):
            continue
        if context.ground.is_announced(found) and any(near(one, value) for one in readings(found)):
            continue
        yield finding(
            context, "fact.figure", "fact", found.start, found.end,
            f"fact {fact.name!r} says {fact.value} {fact.unit} ({fact.source}), not {context.scan.quote(found.start, found.end)!r}",
            f"{fact.value} {fact.unit}".strip(),
        )  # fmt: skip


def _is_own_unit(context: Context, fact: Fact) -> bool:
    """Return whether a fact alone is counted in its unit."""
    unit = fact.unit.lower()
    return unit not in context.lexicon.counted.values() and sum(other.unit.lower() == unit for other in context.view.facts) == 1


def _is_known(context: Context, found: Quantity, value: float) -> bool:
    """Return whether a figure is on record, is what terms come to, or so many times the fact."""
    said = readings(found)
    if context.ground.is_exact(found):
        return True
    if found.values[0] >= 20 and any(
        same(figure.value, one) for figure in context.known.figures if figure.origin in ("own", "offer") for one in said
    ):
        return True
    offers = (*((context.known.own,) if context.known.own else ()), *context.known.offers)
    if any(
        is_among(said, totals_of(offer, context.known.facts, found.unit, context.lexicon), is_near=False) for offer in offers
    ):
        return True
    counts = {one for other in context.scan.quantities if other.start != found.start for one in other.values}
    return any(same(count * value, one) for count in counts for one in said)


def _is_of(found: Quantity, fact: Fact) -> bool:
    """Return whether a figure may count what a fact counts."""
    unit = fact.unit.lower()
    if found.unit:
        return found.unit == unit or {found.unit, unit} == {"percent", "point"}
    return unit in CURRENCIES and not (found.is_word and found.values[0] < 100) and found.values[0] >= 4


def _is_reckoned(context: Context, found: Quantity) -> bool:
    """Return whether the words beside a figure say that it is worked out, or somebody's."""
    said = context.scan
    here, behind = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
    before = said.tokens[max(0, here - 2) : here]
    if before[-1:] == ("by",) or not _OWNED.isdisjoint(before):
        return True
    near_by = {*before, *said.tokens[behind : behind + 2]}
    beside = said.text[max(0, found.start - 2) : found.start] + said.text[found.end : found.end + 2]
    return not _RECKONED.isdisjoint(near_by) or any(sign in beside for sign in "=+*>x/") or bool(found.sign)


def _days(context: Context, fact: Fact, days: list[SpokenDay], *, is_sure: bool) -> Iterator[Finding]:
    own = days_of(fact)
    if any(day.may_be(one) for day in days for one in own):
        return
    for day in days:
        falls = is_sure or _FALLS.search(context.scan.text, max(0, day.start - 20), day.start)
        if not falls or any(day.may_be(known.value) for known in context.known.days):
            continue
        yield finding(
            context, "fact.date", "fact", day.start, day.end,
            f"fact {fact.name!r} says {fact.value} ({fact.source}), not {context.scan.quote(day.start, day.end)!r}", fact.value,
        )  # fmt: skip
