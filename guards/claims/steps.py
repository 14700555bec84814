"""Is a step as large as it is called? Figures that are said as steps, held against how far the record is apart."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import NamedTuple

from guards.claims.arithmetic import akin, is_among, readings, same, totals_of
from guards.claims.context import Context, finding
from guards.claims.known import Offered
from guards.claims.lexicon import CURRENCIES
from guards.claims.reached import spans_in
from guards.claims.saying import Quantity
from guards.claims.wordlist import words_of
from guards.claims.words import SMALL, YOU
from orchestrator.messages.finding import Finding, Kind
from orchestrator.messages.value import IssueName

__all__ = ["steps_on_record"]

_AFTER = words_of(
    "more higher up longer dearer above later extra additional slower heavier "
    "less fewer lower down off below under short cheaper shorter sooner earlier faster lighter apart"
)
_BEFORE = words_of("up down lost gained")
_ONE = words_of("a an full whole")
_NOT = words_of("not half quarter")
_MUCH = words_of("much many little few high low late early long short far")
_MOVED = words_of(
    "moved moves move went gone come came rise rises rose risen raised raises cut cuts fell falls fallen dropped drops lowered climbs "
    "climbed grows grew shrank shrunk shrinks changed increased reduced shortened extended"
)
_VAGUE = words_of("what")
_OURS = words_of("my our mine ours")
_TOTALS = words_of("total sum together altogether makes comes worth cargo contract invoice bill product")
_WORDS = _AFTER | _BEFORE
_SIGNS = words_of("less plus minus")
_MEASURES = words_of("eur usd gbp")
_JOINS = words_of("than of from on off under over below above the that what our my your in at to")
_TIMES = frozenset(("", "day", "week", "month", "year"))
_SPANS = frozenset(("day", "week", "hour", "month", "year", "quarter"))
_SCALES: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "day": (24.0, 1 / 7), "week": (7.0,), "hour": (1 / 24,), "month": (1 / 12, 30.0), "year": (12.0, 365.0), "cent": (0.01,),
        "quarter": (3.0,),
    }
)  # fmt: skip
_MONEY = CURRENCIES | {"cent"}
_MOST = 16


class _Step(NamedTuple):
    found: Quantity
    unit: str
    offers: tuple[Offered, ...]
    """The offers from which it leads, if words name them."""
    figure: Quantity | None
    """The figure from which it leads, if words name it."""
    is_bare: bool
    """Whether nothing behind it says from where it leads."""


def steps_on_record(context: Context) -> Iterator[Finding]:
    """Find a step that is no distance between figures on record: `twenty thousand less`, where it is ten."""
    said = context.scan
    if said.words.isdisjoint(_WORDS) or not context.known.offers:
        return
    for step in _steps(context):
        if _is_so(context, step):
            continue
        found = step.found
        kind: Kind = "terms" if context.reports else "history"
        yield finding(
            context, f"{kind}.step", kind, found.start, found.end,
            f"{said.quote(found.start, found.end)!r} is not how far the figures on record are apart", "the step as it is",
        )  # fmt: skip


def _steps(context: Context) -> Iterator[_Step]:
    """Yield what is said as a step, figures first, then a single one: `a day sooner`."""
    said = context.scan
    for found in said.quantities[:_MOST]:
        step = None if found.unit == "percent" or found.sign else _step(context, found)
        if step and not context.is_open(found):
            yield step
    if "a" in said.words:
        yield from _single(context)


def _single(context: Context) -> Iterator[_Step]:
    said = context.scan
    for place in range(len(said.tokens) - 2):
        word = said.tokens[place]
        unit = context.lexicon.units.get(said.tokens[place + 1], "") if word in _ONE else ""
        if unit and unit not in ("point", "quarter") and said.tokens[place + 2] in _AFTER and said.tokens[place + 2] != "off" and said.tokens[place - 1] not in _NOT:
            start, last = said.places[place], said.places[place + 1] + len(said.tokens[place + 1])
            found = Quantity(start, last, (1.0,), unit, is_bare=False, is_word=True, sign="", clause=said.clauses.index(said.clause_at(start)))
            step = _led(context, found, unit, place + 3)
            if step and not context.is_open(found) and not said.quantities_from(start - 16, start + 1):
                yield step


def _step(context: Context, found: Quantity) -> _Step | None:
    said = context.scan
    here, behind = bisect_left(said.places, found.start), bisect_left(said.places, found.end)
    after = (*said.tokens[behind : behind + 3], "", "", "")
    if after[0] in _AFTER:
        if after[0] in _SIGNS and _is_number(after[1:2]):
            return None
        unit = "" if found.unit else context.lexicon.units.get(after[1], "")
        return _led(context, found, unit or found.unit, behind + (2 if unit else 1))
    if after[0] == "too" and after[1] in _MUCH:
        return _Step(found, found.unit, (), None, is_bare=False)
    if after[0] == "from" and said.quantities_from(found.end + 5, found.end + 8):
        return _led(context, found, found.unit, behind)
    if after[0] and after[1] in _AFTER and after[0] in context.lexicon.known:
        return _led(context, found, found.unit, behind + 2)
    before = (*said.tokens[max(0, here - 3) : here],)
    if before and before[-1] in _BEFORE and not (before[-1] in _SIGNS and _is_number(before[-2:-1])):
        return _led(context, found, found.unit, behind)
    if before[-1:] == ("by",) and not _MOVED.isdisjoint(before):
        return _led(context, found, found.unit, behind)
    return None


def _led(context: Context, found: Quantity, unit: str, behind: int) -> _Step | None:
    """Return a step with what it leads from: offers, a figure, or nothing that is named."""
    said = context.scan
    tokens = (*said.tokens[behind : behind + 6], "", "", "", "", "", "")
    length = next(size for size in range(6) if tokens[size] not in _JOINS)
    words, word = tokens[:length], tokens[length]
    if not _VAGUE.isdisjoint(words):
        return None
    if not word or not words or (words == ("of",) and not _is_number((word,))):
        return _Step(found, unit, (), None, is_bare=True)
    start = said.places[behind + length]
    named = next((one for one in said.named_from(start, start + 1) if one.sort == "offer"), None)
    figure = next(iter(said.quantities_from(start - 1, start + 1)), None)
    offer = context.known.offer(named.what) if named else None
    offers = (offer,) if offer else () if figure else _offers_of(context, words, word)
    if not offers and not figure:
        return None
    return _Step(found, unit, offers, figure, is_bare=False)


def _offers_of(context: Context, words: Sequence[str], word: str) -> tuple[Offered, ...]:
    """Return the offers that are called somebody's: `your last paper`, `mine`."""
    if "your" in words or word in ("your", "yours"):
        return tuple(offer for offer in context.known.offers if offer.sender != context.view.role)
    if not _OURS.isdisjoint((*words, word)):
        return tuple(offer for offer in context.known.offers if offer.sender == context.view.role)
    return ()


def _is_number(words: Sequence[str]) -> bool:
    return any(word[:1].isdigit() or word in SMALL or word in _MEASURES for word in words)


def _is_so(context: Context, step: _Step) -> bool:
    """Return whether a step is right, or no step at all but a term or a total: `122 more than 120`."""
    is_small = step.found.is_word and step.found.values[0] < 4 and step.unit in _MONEY
    if step.is_bare and (is_small or (step.unit in _SPANS and not context.reports)):
        return True
    if _is_sum(context, step) or not any(_may_count(unit, step.unit) for unit in context.lexicon.counted.values()):
        return True
    said = [one for value in readings(step.found) for one in (value, *(value * scale for scale in _SCALES.get(step.unit, ())))]
    said += [step.found.values[0] / 100] if not step.unit and _is_after_cents(context, step.found) else []
    slack = 0.06 if context.ground.is_announced(step.found) else 0.0
    if step.figure is not None:
        base = step.figure
        is_other = base.unit and not _may_count(base.unit, step.unit)
        is_small = base.is_word and not base.unit and base.values[0] <= 12
        return is_other or is_small or _is_led_to(context, step, step.figure, said)
    return any(abs(one - span) <= max(1e-6, slack * abs(span)) for span in _distances(context, step) for one in said)


def _is_after_cents(context: Context, found: Quantity) -> bool:
    """Return whether the figure before one was said in cents, as it then may be, too."""
    sentence = context.sentence(found.clause)
    before = context.scan.quantities_from(sentence.start, found.start)
    return bool(before) and "cent" in context.scan.text[before[-1].start : before[-1].end]


def _is_led_to(context: Context, step: _Step, base: Quantity, said: Sequence[float]) -> bool:
    """Return whether a step from a figure that is named leads to one on record."""
    held = [figure.value for figure in context.known.figures if _may_count(figure.unit, step.unit)]
    held += [value for one in context.scan.quantities if one.start not in (step.found.start, base.start) and akin(one.unit, step.unit) for value in readings(one)]
    said = [*said, *(one / 100 for one in said if base.values[0] % 1)]
    ends = [end for value in readings(base) for one in said for end in (value + one, value - one)]
    if any(same(end, value) for end in ends for value in held):
        return True
    offers = (*((context.known.own,) if context.known.own else ()), *context.known.offers)
    return any(is_among(ends, totals_of(offer, context.known.facts, base.unit or step.unit, context.lexicon), is_near=False) for offer in offers)


def _is_sum(context: Context, step: _Step) -> bool:
    known, said = context.known, readings(step.found)
    if known.own and any(same(one, value) for one in said for value in known.own.figures.values() if step.found.unit or one >= 20):
        return True
    if step.found.values[0] < 1000:
        return False
    if any(figure.origin == "rule" and same(figure.value, one) for figure in known.figures for one in said):
        return True
    offers = (*((known.own,) if known.own else ()), *known.offers)
    return any(is_among(said, totals_of(offer, known.facts, step.unit, context.lexicon), is_near=False) for offer in offers)


def _distances(context: Context, step: _Step) -> Iterator[float]:
    """Yield how far apart the figures are of which one may say the step."""
    known = context.known
    issues = _issues(context, step)
    own = (known.own,) if known.own else ()
    ends = step.offers or known.offers
    is_own = own and (step.offers or _is_own(context, step))
    pairs = [(one, other) for one in own for other in ends] if is_own else [*combinations((*own, *known.offers), 2)]
    if step.offers and not context.reports:
        pairs = [(one, other) for one in step.offers for other in known.offers]
    sentence = context.sentence(step.found.clause)
    is_total = step.unit in CURRENCIES or step.found.values[0] >= 1000 or step.offers or not _TOTALS.isdisjoint(context.scan.tokens_in(sentence.start, sentence.end))
    for one, other in pairs:
        yield from (abs(one.figures[issue] - other.figures[issue]) for issue in issues if issue in one.figures and issue in other.figures)
        if step.unit in _TIMES:
            yield from (abs((day - other.days[issue]).days) for issue, day in one.days.items() if issue in other.days)
        if is_total and step.found.values[0] >= 20:
            yield from _apart(context, one, other, step.unit)
    yield from _stated(context, step)
    if not (step.offers or (step.is_bare and is_own and step.unit not in _MONEY)):
        yield from _others(context, step, issues)


def _stated(context: Context, step: _Step) -> Iterator[float]:
    """Yield how far figures of the sentence are apart that are counted alike."""
    sentence = context.clause(step.found.clause).sentence
    start = context.scan.sentences[max(0, sentence - 1)].start
    here = [one for one in context.scan.quantities_from(start, context.scan.sentences[sentence].end) if one.start != step.found.start]
    yield from (
        abs(one.values[0] - other.values[0]) for one, other in combinations(here[:8], 2) if one.unit == other.unit and _may_count(one.unit, step.unit)
    )


def _others(context: Context, step: _Step, issues: Sequence[IssueName]) -> Iterator[float]:
    """Yield how far figures of facts, rules and the sentence are from each other and from those of the issues."""
    known, unit = context.known, step.unit
    sentence = context.sentence(step.found.clause)
    here = [
        value
        for one in context.scan.quantities_from(sentence.start, sentence.end)
        if one.start != step.found.start and _may_count(one.unit, unit)
        for value in readings(one)
    ]
    firm = [figure.value for figure in known.figures if figure.origin in ("fact", "rule", "said") and _may_count(figure.unit, unit)]
    ours = [figure.value for figure in known.figures if figure.issue in issues and figure.origin in ("own", "offer")]
    yield from (abs(one - other) for one in here for other in (*firm, *ours, *here))
    yield from (abs(one - other) for one in firm for other in (*ours, *firm))
    if step.found.values[0] >= 20:
        for offer in (*((known.own,) if known.own else ()), *known.offers):
            yield from (abs(one - other) for one in totals_of(offer, known.facts, unit, context.lexicon) for other in (*firm, *here))
    if unit in _TIMES:
        yield from spans_in(known, context.scan, unit)
        yield from (365.0 - value for value in here)


def _apart(context: Context, one: Offered, other: Offered, unit: str) -> Iterator[float]:
    """Yield how far what two offers come to is apart."""
    theirs = totals_of(other, context.known.facts, unit, context.lexicon)
    yield from (abs(first - second) for first in totals_of(one, context.known.facts, unit, context.lexicon) for second in theirs)


def _is_own(context: Context, step: _Step) -> bool:
    """Return whether a step can only be the sender's own, to the terms that it offers."""
    clause = context.clause(step.found.clause)
    others = [named for named in context.scan.named_from(clause.start, clause.end) if named.sort in ("role", "offer")]
    return context.reports and not clause.bits & YOU and not others


def _issues(context: Context, step: _Step) -> list[IssueName]:
    """Return the issues of which a step may be: those that its clause names, or else all that are counted so."""
    clause, found = context.clause(step.found.clause), step.found
    fitting = [issue for issue, unit in context.lexicon.counted.items() if _may_count(unit, step.unit)]
    near = context.scan.named_from(max(clause.start, found.start - 32), min(clause.end, found.end + 14))
    named = [
        one.issue
        for one in near
        if one.sort == "issue" and one.issue in fitting and not context.scan.quantities_from(*sorted((one.end, found.end)))
    ] or _called(context, (max(clause.start, found.start - 32), min(clause.end, found.end + 14)), fitting)
    return fitting if context.reports or not named else named


def _called(context: Context, place: tuple[int, int], issues: Sequence[IssueName]) -> list[IssueName]:
    """Return the issues of which words between two places name a part that no other has: `on price`."""
    words = (word for word in context.scan.tokens_in(*place) if word not in context.lexicon.units)
    owners = [[issue for issue in issues if word in issue.split("_")] for word in words]
    return [found[0] for found in owners if len(found) == 1]


def _may_count(counted: str, unit: str) -> bool:
    if unit and not counted:
        return False
    return akin(counted, unit) or {counted, unit} <= _SPANS or (unit == "cent" and counted in CURRENCIES)
