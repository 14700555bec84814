"""Which figures follow from others by plain arithmetic? Units, sums, products, shares, and how a figure may be rounded."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from math import isnan
from operator import sub

from guards.claims.known import KnownFigure, Offered
from guards.claims.lexicon import CURRENCIES, Lexicon
from guards.claims.saying import Quantity
from orchestrator.messages.value import IssueName

__all__ = [
    "SPANNED",
    "SPANS",
    "TURNED",
    "akin",
    "alike",
    "days_in_span",
    "fits",
    "in_unit",
    "is_among",
    "is_same_as_one",
    "made_day",
    "near",
    "parts_in",
    "products_of",
    "quotients",
    "ratios",
    "readings",
    "same",
    "steps_of",
    "sums_of",
    "totals_of",
]

_TIMES = {
    ("year", "month"): 12.0, ("year", "week"): 52.0, ("year", "day"): 365.0, ("quarter", "month"): 3.0, ("month", "day"): 30.0,
    ("week", "day"): 7.0, ("day", "hour"): 24.0, ("hour", "minute"): 60.0, ("month", "week"): 4.0, ("quarter", "week"): 13.0,
    ("second", "millisecond"): 1000.0, ("minute", "second"): 60.0,
}  # fmt: skip


_MONEY = frozenset(("", *CURRENCIES))


SPANNED = frozenset(("thousand", *(unit for pair in _TIMES for unit in pair)))
"""Units that others may be turned into."""
TURNED = {unit: frozenset(("thousand", *(one for pair in _TIMES if unit in pair for one in pair))) - {unit} for unit in SPANNED}
"""Which units may be turned into each of them."""
_NOISE = 1e-6
"""So much of the larger one two equal figures may differ; of one, where both are smaller."""
SPANS = (7.0, 12.0, 52.0, 4.0, 10.0, 24.0)


_PART_WORDS = (
    ("half", 0.5), ("halve", 0.5), ("third", 1 / 3), ("third", 2 / 3), ("quarter", 0.25), ("quarter", 0.75), ("twice", 2.0), ("double", 2.0),
    ("doubl", 2.0), ("times", 3.0), ("tenth", 0.1), ("tenth", 0.9), ("fifth", 0.2), ("fifth", 0.8), ("fifth", 0.6), ("three times", 3.0), ("four times", 4.0),
    ("each", 0.5), ("each", 1 / 3), ("both", 2.0), ("all three", 3.0), ("per cent", 0.1), ("per quarter", 3.0), ("half as much", 1.5), ("pair", 2.0),
)  # fmt: skip


def same(one: float, other: float) -> bool:
    """Return whether two figures are equal but for the noise of floats."""
    gap = one - other if one > other else other - one
    return gap <= _NOISE or gap <= _NOISE * abs(one) or gap <= _NOISE * abs(other)


def is_same_as_one(said: Sequence[float], values: Sequence[float]) -> bool:
    """Return whether a figure is equal to one of the values, which are in order, but for the noise of floats."""
    for one in said:
        about = 2 * _NOISE * max(1.0, abs(one))
        for value in values[bisect_left(values, one - about) : bisect_right(values, one + about)]:
            if same(one, value):
                return True
    return False


def near(said: float, meant: float) -> bool:
    """Return whether a rounded figure may be said for the exact one."""
    return abs(said - meant) <= 0.06 * abs(meant) + 1e-9


def readings(found: Quantity) -> tuple[float, ...]:
    """Return every value that a figure may mean, with the thousands that were left out."""
    values = found.values
    if not found.is_bare:
        return values
    return (values[0], values[0] * 1000) if len(values) == 1 else (*values, *[value * 1000 for value in values])


def fits(said: Sequence[float], values: Iterable[float], is_near: bool, *, rounded: bool = False) -> bool:  # noqa: FBT001 - one question
    """Return whether one of the values may be said so; the bounds are worked out once, because there are thousands."""
    said = [one for one in said if not isnan(one)]
    exact = [(one - 1e-6 * max(1.0, abs(one)), one + 1e-6 * max(1.0, abs(one))) for one in said]
    loose = [(one / 1.06 - 1e-9, one / 0.94 + 1e-9) for one in said] if is_near else []
    cut = [(one - half, one + half) for one in said for half in (_half_a_place(one),)] if rounded else []
    bounds = (*exact, *loose, *cut)
    least, most = min([low for low, _ in bounds], default=0.0), max([high for _, high in bounds], default=0.0)
    for value in values:
        if not least <= value <= most:
            continue
        for low, high in exact:
            if low <= value <= high:
                return True
        for low, high in loose:
            if low <= value <= high:
                return True
        for low, high in cut:
            if low <= value <= high and value >= 1 and abs(value - round(value, 2)) >= 1e-9:
                return True
    return False


def is_among(said: Sequence[float], values: Sequence[float], is_near: bool) -> bool:  # noqa: FBT001 - one question
    """Return whether one of the values, which are in order, may be said so: exactly, rounded, or nearly."""
    for one in said:
        slack = 1e-6 * max(1.0, abs(one))
        half = max(slack, _half_a_place(one))
        place, most = bisect_left(values, one - half), one + half
        while place < len(values) and (value := values[place]) <= most:
            if abs(value - one) <= slack or (value >= 1 and abs(value - round(value, 2)) >= 1e-9):
                return True
            place += 1
        if is_near and bisect_left(values, one / 1.06 - 1e-9) < bisect_right(values, one / 0.94 + 1e-9):
            return True
    return False


@lru_cache(maxsize=4096)
def _half_a_place(said: float) -> float:
    places = 2 if not same(said * 10, round(said * 10)) else 1 if not same(said, round(said)) else 0
    return float(0.5 * 10.0**-places + 1e-9)


def parts_in(words: str) -> Iterator[float]:
    """Yield the shares and multiples that words name: `half`, `a third`, `twice`."""
    return (part for word, part in _PART_WORDS if word in words)


def in_unit(figure: KnownFigure, unit: str) -> Iterator[float]:
    """Yield what a known figure is in another unit; a bare figure may be in any."""
    own = figure.unit
    if unit in ("", own) or not own or akin(unit, own):
        yield figure.value
    if own == "thousand":
        yield figure.value * 1000
    if unit and own:
        if (own, unit) in _TIMES:
            yield figure.value * _TIMES[own, unit]
        if (unit, own) in _TIMES:
            yield figure.value / _TIMES[unit, own]


def akin(one: str, other: str) -> bool:
    """Return whether figures in two units may count the same; a bare figure may count anything."""
    return one == other or not one or not other or {one, other} <= {"percent", "point"}


def sums_of(offer: Offered, unit: str, lexicon: Lexicon) -> Iterator[float]:
    """Yield the sums of the terms of one offer that are counted alike."""
    groups: dict[str, list[float]] = {}
    for issue, value in offer.figures.items():
        if issue in lexicon.issues:
            groups.setdefault(lexicon.counted[issue], []).append(value)
    for own, values in groups.items():
        if akin(own, unit):
            for size in range(2, min(len(values), 5) + 1):
                yield from map(sum, combinations(values, size))


def products_of(offer: Offered, facts: Sequence[float], lexicon: Lexicon) -> Iterator[float]:
    """Yield what the terms of one offer come to, multiplied, over a year, and less a discount."""
    values = list(offer.figures.values())[:8]
    shares = [
        value for issue, value in offer.figures.items() if issue in lexicon.issues and lexicon.counted[issue] == "percent"
    ]
    for value in values:
        yield from [value * share / 100 for share in shares]
        yield from [value * (1 - share / 100) for share in shares]
        yield from [value * fact for fact in facts]
    products = [one * other for one, other in combinations(values, 2)]
    products += [product * span for product in products for span in SPANS]
    products += [one * other * third for one, other, third in combinations(values, 3)]
    yield from products
    yield from [product * (1 - share / 100) for share in shares for product in products]
    for one, other in combinations(values, 2):
        if one and other:
            yield from (one / other, other / one)


def _over_time(offer: Offered, unit: str, lexicon: Lexicon) -> Iterator[float]:
    """Yield how many of something an offer holds in all: so many a week, for so many weeks."""
    counted = lexicon.counted
    spans = [value for issue, value in offer.figures.items() if counted.get(issue) in SPANNED]
    for issue, value in offer.figures.items():
        if counted.get(issue) == unit and unit not in SPANNED:
            yield from (value * span for span in spans)


@lru_cache(maxsize=2048)
def totals_of(offer: Offered, facts: tuple[float, ...], unit: str, lexicon: Lexicon) -> tuple[float, ...]:
    """Return the sums and products of one offer's terms that may be said in a unit, in order."""
    products = products_of(offer, facts, lexicon) if unit in _MONEY else _over_time(offer, unit, lexicon)
    return tuple(sorted({*sums_of(offer, unit, lexicon), *products}))


@lru_cache(maxsize=4096)
def steps_of(one: Offered, other: Offered, unit: str, lexicon: Lexicon) -> tuple[float, ...]:
    """Return how far two offers are apart on each issue and in sum, and the middles between them, in order."""
    return tuple(sorted(frozenset(_steps(one, other, unit, lexicon))))


@lru_cache(maxsize=2048)
def _all_sums(offer: Offered, unit: str, lexicon: Lexicon) -> tuple[float, ...]:
    return tuple(sums_of(offer, unit, lexicon))


def _steps(one: Offered, other: Offered, unit: str, lexicon: Lexicon) -> Iterator[float]:
    shared = [issue for issue in one.figures if issue in other.figures and issue in lexicon.issues]
    for issue in shared:
        if akin(lexicon.counted[issue], unit):
            yield abs(one.figures[issue] - other.figures[issue])
            yield (one.figures[issue] + other.figures[issue]) / 2
    yield from map(abs, map(sub, _all_sums(one, unit, lexicon), _all_sums(other, unit, lexicon)))
    if unit in _MONEY:
        yield from _steps_in_money(one, other, shared)


def _steps_in_money(one: Offered, other: Offered, shared: Sequence[IssueName]) -> Iterator[float]:
    """Yield what the steps between two offers come to, times a term of either, and the distance of their products."""
    for issue in shared:
        step = abs(one.figures[issue] - other.figures[issue])
        if step:
            times = [step * count for count in {*one.figures.values(), *other.figures.values()}]
            yield from times
            yield from [each * 12.0 for each in times]
            yield from [each * 52.0 for each in times]
    for first, second in combinations(shared, 2):
        yield abs(one.figures[first] * one.figures[second] - other.figures[first] * other.figures[second])


def days_in_span(unit: str, value: float) -> Iterator[float]:
    """Yield how many days a span of time takes."""
    per = {"day": 1, "week": 7, "month": 30, "year": 365}.get(unit)
    if per and value <= 400:
        yield value * per


def made_day(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def alike(unit: str) -> tuple[str, ...]:
    """Return the units of which a figure in a unit may be."""
    return ("", unit, "point", "percent") if unit in ("percent", "point") else ("", unit)


def ratios(ones: list[float], others: list[float]) -> Iterator[float]:
    """Yield every share of one figure in another, and by how much they differ, in percent."""
    for one in dict.fromkeys(ones):
        for other in dict.fromkeys(others):
            if one and other and one != other:
                yield from (one / other * 100, other / one * 100, abs(one - other) / other * 100, abs(one - other) / one * 100)


def quotients(found: Quantity, said: Sequence[float], facts: Sequence[float]) -> Iterator[float]:
    """Yield how often a figure goes into one that is said, up or down to a whole: so many days at so much a day."""
    if found.values[0] % 1 or found.values[0] > 400 or found.unit not in ("", "day", "week", "month", "hour"):
        return
    for one in said[:8]:
        for other in (*facts[:20], *said):
            if other and 4 < one / other < 400 and (one >= 1000 or found.unit):
                yield from (float(one // other), float(-(-one // other)))
    yield from (one * other / 60 for one, other in combinations(said, 2))
