"""Are figures said in their own unit and currency? Each one that stands on record in another is found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from guards.claims.arithmetic import readings, same
from guards.claims.called import split_words
from guards.claims.context import Context, finding
from guards.claims.lexicon import CURRENCIES, unit_of
from guards.claims.saying import Named, Quantity
from orchestrator.messages.finding import Finding, Kind
from orchestrator.messages.value import IssueName

__all__ = ["rates_of_the_terms", "units_of_the_terms"]

_PER = frozenset(("a", "an", "per", "each", "every"))


def units_of_the_terms(context: Context) -> Iterator[Finding]:
    """Find a figure of the terms or of a fact that is said in another unit or currency."""
    for found in context.scan.quantities:
        if not found.unit or found.sign or context.is_open(found) or _is_at_home(context, found) or _has(context, found):
            continue
        if _is_foreign(context, found):
            yield _unit_finding(context, found, "terms" if context.reports else "fact", context.lexicon.currency.upper())
            continue
        inside = next((named for named in context.scan.named_from(found.start + 1, found.end) if named.issue), None)
        if inside and context.reports and _is_other_unit(context, inside, found):
            yield _unit_finding(context, found, "terms", context.lexicon.counted[inside.issue] if inside.issue else "")
            continue
        if _is_far_off(context, found):
            yield _unit_finding(context, found, "fact", "millisecond" if found.unit == "second" else "")
            continue
        for figure in context.known.figures:
            is_other = figure.unit not in ("", found.unit, "thousand") and {figure.unit, found.unit} != {"percent", "point"}
            if (
                is_other
                and figure.origin in ("own", "fact")
                and found.values[0] > 12
                and any(same(value, figure.value) for value in found.values)
            ) and not context.ground.holds(found):
                yield _unit_finding(context, found, "terms" if figure.origin == "own" else "fact", figure.unit)
                break


def rates_of_the_terms(context: Context) -> Iterator[Finding]:
    """Find a price of the terms that is said for another thing than the one it is for: `71 a tonne`, where pallets are paid."""
    own, said = context.known.own, context.scan
    if own is None or not context.reports or said.words.isdisjoint(_PER):
        return
    for found in said.quantities:
        behind = said.tokens[bisect_left(said.places, found.end) :][:3]
        if len(behind) < 2 or behind[0] not in _PER or (found.unit and found.unit not in CURRENCIES) or context.is_open(found):
            continue
        thing = behind[1]
        prices = [
            issue
            for issue, value in own.figures.items()
            if context.lexicon.counted[issue] in CURRENCIES and any(same(one, value) for one in readings(found))
        ]
        if len(prices) == 1 and _is_strange_to(context, prices[0], thing):
            yield _unit_finding(context, found._replace(end=found.end + len(behind[0]) + len(thing) + 2), "terms", prices[0])


def _is_strange_to(context: Context, issue: IssueName, thing: str) -> bool:
    """Return whether a thing or a span of time is counted, but is none of which the words of a price speak."""
    unit = context.lexicon.units.get(thing)
    if unit is None or unit in CURRENCIES or unit in ("percent", "point", "cent"):
        return False
    priced = context.lexicon.issues[issue]
    words = {word for name in (priced.name, *priced.aka) for word in split_words(name)}
    counted = {context.lexicon.units.get(word, word) for word in words} | words
    return unit not in counted and bool(counted & context.lexicon.units.keys() - CURRENCIES)


def _is_at_home(context: Context, found: Quantity) -> bool:
    """Return whether a figure is on record as it is said, and in no foreign currency."""
    return not _is_foreign(context, found) and context.ground.is_exact(found)


def _is_foreign(context: Context, found: Quantity) -> bool:
    """Return whether a figure is said in a currency in which nothing here is counted."""
    return found.unit in CURRENCIES and found.unit not in context.lexicon.home


def _unit_finding(context: Context, found: Quantity, kind: Kind, unit: str) -> Finding:
    quoted = context.scan.quote(found.start, found.end)
    return finding(
        context, f"{kind}.unit", kind, found.start, found.end, f"{quoted!r} is in another unit than what is on record", unit
    )


def _has(context: Context, found: Quantity) -> bool:
    """Return whether a figure is on record in its own unit."""
    said, unit = readings(found), found.unit
    for figure in context.known.figures:
        if figure.unit == unit or (figure.unit == "" and figure.origin == "said"):
            for one in said:
                if same(one, figure.value):
                    return True
    return False


def _is_far_off(context: Context, found: Quantity) -> bool:
    """Return whether a figure is said in seconds where all that is on record is a thousandth of that."""
    units = {figure.unit for figure in context.known.figures}
    return found.unit == "second" and "second" not in units and "millisecond" in units and found.values[0] >= 5


def _is_other_unit(context: Context, named: Named, found: Quantity) -> bool:
    """Return whether a figure says the term of the issue that is named within it, in another unit."""
    own = context.known.own
    issue = context.lexicon.issues.get(named.issue) if named.issue else None
    if own is None or issue is None or not unit_of(issue) or unit_of(issue) == found.unit:
        return False
    return any(same(value, own.figures.get(issue.name, -1)) for value in found.values)
