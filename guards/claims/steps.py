"""Is a step as large as it is called? Figures that are said as steps, held against how far the record is apart."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

from guards.claims.arithmetic import akin, is_among, readings, same, totals_of
from guards.claims.context import Context, finding
from guards.claims.known import Offered
from guards.claims.lexicon import CURRENCIES, SPANS
from guards.claims.reached import spans_in
from guards.claims.saying import Quantity
from guards.claims.stepping import Step, steps_in
from guards.claims.words import YOU
from orchestrator.messages.finding import Finding, Kind
from orchestrator.messages.value import IssueName

__all__ = ["steps_on_record"]

_TIMES = SPANS - {"hour"} | {""}
_SPANS = SPANS | {"quarter"}
_MONEY = CURRENCIES | {"cent"}
_SCALES: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "day": (24.0, 1 / 7),
        "week": (7.0,),
        "hour": (1 / 24,),
        "month": (1 / 12, 30.0),
        "year": (12.0, 365.0),
        "cent": (0.01,),
        "quarter": (3.0,),
    }
)
_LAST = 13
"""Offers on record from which steps are reckoned."""


def steps_on_record(context: Context) -> Iterator[Finding]:
    """Find a step that is no distance between figures on record: `twenty thousand less`, where it is ten."""
    for step in steps_in(context) if context.view.moves else ():
        if not context.known.offers or _is_so(context, step):
            continue
        found = step.found
        kind: Kind = "terms" if context.reports else "history"
        yield finding(
            context, f"{kind}.step", kind, found.start, found.end,
            f"{context.scan.quote(found.start, found.end)!r} is not how far the figures on record are apart", "the step as it is",
        )  # fmt: skip


def _is_so(context: Context, step: Step) -> bool:
    """Return whether a step is right, or no step at all but a term or a total: `122 more than 120`."""
    found = step.found
    is_small = found.is_word and found.values[0] < 4 and step.unit in _MONEY
    if step.is_bare and (is_small or (step.unit in _SPANS and not context.reports)):
        return True
    if not any(_may_count(unit, step.unit) for unit in context.lexicon.counted.values()) or _is_sum(context, step):
        return True
    said = [one for value in readings(found) for one in (value, *(value * scale for scale in _SCALES.get(step.unit, ())))]
    said += [found.values[0] / 100] if not step.unit and _is_after_cents(context, found) else []
    if step.figure is not None:
        base = step.figure
        is_other = base.unit and not _may_count(base.unit, step.unit)
        return (
            bool(is_other) or (base.is_word and not base.unit and base.values[0] <= 12) or _is_led_to(context, step, base, said)
        )
    slack = 0.06 if context.ground.is_announced(found) else 0.0
    if any(abs(one - span) <= max(1e-6, slack * abs(span)) for span in _distances(context, step) for one in said):
        return True
    return _is_between_totals(context, step, readings(found), slack > 0)


def _is_after_cents(context: Context, found: Quantity) -> bool:
    """Return whether the figure before one was said in cents, as it then may be, too."""
    before = context.scan.quantities_from(context.sentence(found.clause).start, found.start)
    return bool(before) and "cent" in context.scan.text[before[-1].start : before[-1].end]


def _offers(context: Context) -> tuple[Offered, ...]:
    own = (context.known.own,) if context.known.own else ()
    return (*own, *context.known.offers[-_LAST:])


def _is_led_to(context: Context, step: Step, base: Quantity, said: Sequence[float]) -> bool:
    """Return whether a step from a figure that is named leads to one on record."""
    held = [figure.value for figure in context.known.figures if _may_count(figure.unit, step.unit)]
    others = (one for one in context.scan.quantities if one.start not in (step.found.start, base.start))
    held += (value for one in others if akin(one.unit, step.unit) for value in readings(one))
    said = [*said, *(one / 100 for one in said if base.values[0] % 1)]
    ends = [end for value in readings(base) for one in said for end in (value + one, value - one)]
    if any(same(end, value) for end in ends for value in held):
        return True
    facts, unit = context.known.facts, base.unit or step.unit
    return any(is_among(ends, totals_of(offer, facts, unit, context.lexicon), is_near=False) for offer in _offers(context))


def _is_sum(context: Context, step: Step) -> bool:
    """Return whether a figure is a term, the line of a rule, or what terms come to."""
    known, said = context.known, readings(step.found)
    if known.own and any(
        same(one, value) for one in said for value in known.own.figures.values() if step.found.unit or one >= 20
    ):
        return True
    if step.found.values[0] < 1000:
        return False
    if any(figure.origin == "rule" and same(figure.value, one) for figure in known.figures for one in said):
        return True
    return any(
        is_among(said, totals_of(offer, known.facts, step.unit, context.lexicon), is_near=False) for offer in _offers(context)
    )


def _pairs(context: Context, step: Step) -> list[tuple[Offered, Offered]]:
    """Return between which offers a step may lie."""
    known = context.known
    if step.offers and not context.reports:
        return [(one, other) for one in step.offers for other in known.offers[-_LAST:]]
    if known.own and (step.offers or _is_own(context, step)):
        return [(known.own, other) for other in step.offers or known.offers[-_LAST:]]
    return list(combinations(_offers(context), 2))


def _distances(context: Context, step: Step) -> Iterator[float]:
    """Yield how far apart the figures are of which one may say the step."""
    issues = _issues(context, step)
    for one, other in _pairs(context, step):
        for issue in issues:
            if issue in one.figures and issue in other.figures:
                yield abs(one.figures[issue] - other.figures[issue])
        if step.unit in _TIMES:
            yield from (abs((day - other.days[issue]).days) for issue, day in one.days.items() if issue in other.days)
    if not step.offers and not (_is_elliptic(context, step) and step.unit not in _MONEY):
        yield from _others(context, step, issues)


def _is_elliptic(context: Context, step: Step) -> bool:
    return step.is_bare and context.known.own is not None and _is_own(context, step)


def _is_between_totals(context: Context, step: Step, said: Sequence[float], is_near: bool) -> bool:  # noqa: FBT001 - one question
    """Return whether what offers come to is so far apart."""
    unit, facts, lexicon = step.unit, context.known.facts, context.lexicon
    if said[0] < 20 or not (unit in CURRENCIES or said[0] >= 1000 or step.offers):
        return False
    for one, other in _pairs(context, step):
        theirs = totals_of(other, facts, unit, lexicon)
        for value in said:
            ends = [end for total in totals_of(one, facts, unit, lexicon) for end in (total + value, total - value)]
            if is_among(ends, theirs, is_near and value >= 1000):
                return True
    return False


def _others(context: Context, step: Step, issues: Sequence[IssueName]) -> Iterator[float]:
    """Yield how far figures of facts, rules and the sentence are from each other and from those of the issues."""
    known, unit = context.known, step.unit
    sentence = context.sentence(step.found.clause)
    around = context.scan.quantities_from(sentence.start, sentence.end)
    here = [value for one in around if one.start != step.found.start and _may_count(one.unit, unit) for value in readings(one)]
    firm = [
        figure.value for figure in known.figures if figure.origin in ("fact", "rule", "said") and _may_count(figure.unit, unit)
    ]
    ours = [figure.value for figure in known.figures if figure.issue in issues and figure.origin in ("own", "offer")]
    yield from (abs(one - other) for one in here for other in (*firm, *ours, *here))
    yield from (abs(one - other) for one in firm for other in (*ours, *firm))
    if unit in _TIMES:
        yield from spans_in(known, context.scan, unit)


def _is_own(context: Context, step: Step) -> bool:
    """Return whether a step can only be the sender's own, to the terms that it offers."""
    clause = context.clause(step.found.clause)
    if not context.reports or clause.bits & YOU:
        return False
    return all(named.sort not in ("role", "offer") for named in context.scan.named_from(clause.start, clause.end))


def _issues(context: Context, step: Step) -> list[IssueName]:
    """Return the issues of which a step may be: all that are counted so, but of others' only those that the clause names."""
    fitting = [issue for issue, unit in context.lexicon.counted.items() if _may_count(unit, step.unit)]
    return fitting if context.reports else _named(context, step.found, fitting) or fitting


def _named(context: Context, found: Quantity, issues: Sequence[IssueName]) -> list[IssueName]:
    """Return the issues that are named beside a figure, or of which words beside it are a part that no other has."""
    clause, said = context.clause(found.clause), context.scan
    start, end = max(clause.start, found.start - 32), min(clause.end, found.end + 14)
    near_by = [
        one
        for one in said.named_from(start, end)
        if one.sort == "issue" and not said.quantities_from(*sorted((one.end, found.end)))
    ]
    named = [one.issue for one in near_by if one.issue in issues and one.issue]
    words = [word for word in said.tokens_in(start, end) if word not in context.lexicon.units]
    owners = [[issue for issue in issues if word in issue.split("_")] for word in words]
    return named or [found[0] for found in owners if len(found) == 1]


def _may_count(counted: str, unit: str) -> bool:
    """Return whether a figure in a unit may count what is counted in another."""
    if unit and not counted:
        return False
    return akin(counted, unit) or {counted, unit} <= _SPANS or (unit == "cent" and counted in CURRENCIES)
