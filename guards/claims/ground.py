"""Does a figure follow from what is known? Exact, in another unit, by plain arithmetic, or by rounding that is announced."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import combinations, islice

from guards.claims.arithmetic import (
    SPANS,
    TURNED,
    akin,
    alike,
    fits,
    in_unit,
    is_among,
    parts_in,
    quotients,
    ratios,
    readings,
    same,
    steps_of,
    sums_of,
    totals_of,
)
from guards.claims.cues import CHANGES, RATES, WORKDAYS, WORKED, is_rounded
from guards.claims.known import Known, Offered
from guards.claims.lexicon import CURRENCIES, Lexicon
from guards.claims.reached import spans_in
from guards.claims.saying import Quantity, Scan

__all__ = ["MOST", "Ground"]

_DIGITS = re.compile(r"\d+")
MOST = 48
"""How many figures of one text are worked out; what comes after them is only compared with what is laid to somebody."""

_LAST = 13
"""Offers on record that are reckoned with; older ones are rarely spoken of."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The figures on record in one unit of view, and what follows from them."""

    known: Known
    lexicon: Lexicon
    scan: Scan
    results: dict[int, bool] = field(default_factory=dict, compare=False, repr=False)
    """Whether the figure at each place holds, as far as it was asked."""
    exacts: dict[tuple[int, str], bool] = field(default_factory=dict, compare=False, repr=False)
    """Whether the figure at each place is on record as it is said, as far as it was asked."""
    bases: dict[str, frozenset[float]] = field(default_factory=dict, compare=False, repr=False)
    """The figures on record by unit, as far as they were asked."""

    def is_announced(self, found: Quantity) -> bool:
        """Return whether the words around a figure say that it is rounded."""
        return is_rounded(self.scan.text, found.start, found.end)

    def holds(self, found: Quantity) -> bool:
        """Return whether a figure is on record or follows from what is by plain arithmetic; worked out once for each."""
        if found.unit and found.unit not in self.lexicon.countable and not self.is_exact(found):
            found = found._replace(unit="")
        place = found.start
        if place not in self.results:
            self.results[place] = len(self.results) >= MOST or self._follows(found)
        return self.results[place]

    def _follows(self, found: Quantity) -> bool:
        if self.is_exact(found):
            return True
        is_near = self.is_announced(found)
        said = readings(found)
        if is_near and fits(said, self.base(found.unit), is_near):
            return True
        if self.is_total(found, is_near=is_near):
            return True
        if not self.is_worked_out(found):
            return self._is_product(found, said)
        return self._is_beside(found, said) or fits(said, self._derived(found), is_near, rounded=True)

    def _is_beside(self, found: Quantity, said: tuple[float, ...]) -> bool:
        """Return whether a figure and one beside it differ by a known one, or two beside it come to it; the usual case."""
        here = self._here(found)
        typed = self._exact(found.unit).union([round(one, 6) for one in here])
        for one in said:
            for other in here:
                if round(one - other, 6) in typed or round(one + other, 6) in typed or round(other - one, 6) in typed:
                    return found.unit != "percent"
        return self._is_product(found, said)

    def _is_product(self, found: Quantity, said: tuple[float, ...]) -> bool:
        """Return whether two figures of the text come to one, multiplied: `130 screens at 310 dollars are 40,300`."""
        values = list(dict.fromkeys(value for other in self._around(found, 9)[:9] for value in other.values))[:12]
        products = {round(one * other, 6) for one, other in combinations(values, 2)}
        return found.unit != "percent" and any(round(one, 6) in products for one in said)

    def is_total(self, found: Quantity, *, is_near: bool = False) -> bool:
        """Return whether an offer on record comes to a figure, or two of them are so far apart."""
        said, unit, offers = readings(found), found.unit, self._offers()
        return any(is_among(said, totals_of(offer, self.known.facts, unit, self.lexicon), is_near) for offer in offers) or any(
            is_among(said, steps_of(one, other, unit, self.lexicon), is_near) for one, other in combinations(offers, 2)
        )

    def is_worked_out(self, found: Quantity) -> bool:
        """Return whether the words around a figure say that it is the result of a sum, a change or a comparison."""
        start = self.scan.clauses[max(0, found.clause - 1)].start
        end = self.scan.clauses[min(len(self.scan.clauses) - 1, found.clause + 1)].end
        near_by = max(start, found.start - 70), min(end, found.end + 50)
        return self.scan.text.startswith(RATES, found.end) or WORKED.search(self.scan.text, *near_by) is not None

    def is_exact(self, found: Quantity) -> bool:
        """Return whether a figure is on record just as it is said; looked up once for each."""
        asked = (found.start, found.unit)
        known = self.exacts.get(asked)
        if known is None:
            said = readings(found)
            known = self._is_stated(said, found.unit) or self._are_among(said, self._exact(found.unit))
            self.exacts[asked] = known
        return known

    def is_stated(self, found: Quantity) -> bool:
        """Return whether a figure is one of the terms that the words report, as it is said."""
        return self._is_stated(readings(found), found.unit)

    def _is_stated(self, said: tuple[float, ...], unit: str) -> bool:
        """Return whether a figure is one of the terms that the words report: the usual case, for which nothing else is read."""
        units = alike(unit)
        for figure in self.known.stated:
            if not unit or figure.unit in units:
                value = figure.value
                for one in said:
                    if value == one or same(value, one):
                        return True
        return False

    @staticmethod
    def _are_among(said: tuple[float, ...], values: AbstractSet[float]) -> bool:
        return any(one in values or round(one, 6) in values for one in said)

    def _exact(self, unit: str) -> frozenset[float]:
        exact = self.bases.get(unit)
        if exact is None:
            exact = self.bases[unit] = frozenset(self.base(unit))
        return exact

    def base(self, unit: str) -> list[float]:
        """Return the known figures that may be said in a unit; the ends of an issue's range only with that unit."""
        if not unit:
            bare = [figure.value for figure in self.known.figures if figure.origin != "agenda"]
            return bare + [figure.value * 1000 for figure in self.known.figures if figure.unit == "thousand"]
        units = alike(unit)
        values = [figure.value for figure in self.known.figures if figure.unit in units]
        turned = TURNED.get(unit, frozenset())
        figures = self.known.figures if turned else ()
        return values + [value for figure in figures if figure.unit in turned for value in in_unit(figure, unit)]

    def _derived(self, found: Quantity) -> Iterator[float]:
        unit = found.unit
        here = self._here(found)
        if unit in ("percent", "point"):
            yield from self._parts(found, here)
            return
        sentence = self.scan.sentence_of(found.start)
        words = self.scan.text[sentence.start : sentence.end]
        typed = [*dict.fromkeys([*self._typed(unit), *islice(self._own_sums(unit), 40)])][:90]
        yield from (abs(one - other) for one in here for other in typed)
        yield from (one + other for one in here for other in typed)
        if CHANGES.search(words):
            yield from (abs(one - other) for one, other in combinations(typed[:40], 2))
        for part in parts_in(words):
            yield from (value * part for value in (*typed, *here))
        yield from self._worked(found)
        if unit not in CURRENCIES and found.values[0] % 1 and found.values[0] < 1000:
            bare = list(dict.fromkeys(figure.value for figure in self.known.figures if figure.origin != "agenda"))[:60]
            yield from (one / other for one in bare for other in bare if other)
        if not unit and "percent" in words:
            yield from self._shares(found)
        if unit in ("day", "week", "month", ""):
            yield from spans_in(self.known, self.scan, unit)

    def _parts(self, found: Quantity, here: list[float]) -> Iterator[float]:
        """Yield the shares that figures make, and how far shares are apart."""
        typed = list(dict.fromkeys([*here, *(figure.value for figure in self.known.figures if figure.unit == "percent")]))[:40]
        yield from (abs(one - other) for one, other in combinations(typed, 2))
        yield from (one + other for one in here for other in typed)
        yield from (100 - one for one in typed)
        sentence = self.scan.sentence_of(found.start)
        for part in parts_in(self.scan.text[sentence.start : sentence.end]):
            yield from (value * part for value in typed)
        yield from self._shares(found)

    def _here(self, found: Quantity) -> list[float]:
        """Return the other figures of the text that may count the same, those nearest first."""
        others = [other for other in self._around(found, 14) if akin(other.unit, found.unit)]
        spans = [365.0] if found.unit == "day" and "year" in self.scan.words else []
        return list(dict.fromkeys([*spans, *(value for other in others[:10] for value in readings(other))]))

    def _around(self, found: Quantity, most: int) -> list[Quantity]:
        """Return the figures nearest to one in the text, the nearest first."""
        place = bisect_left(self.scan.quantities, found)
        others = [
            other for other in self.scan.quantities[max(0, place - most) : place + most + 1] if other.start != found.start
        ]
        return sorted(others, key=lambda other: (abs(other.start - found.start), other.start))

    def _typed(self, unit: str) -> Iterator[float]:
        """Yield the known figures of exactly a unit; all of them for a bare figure."""
        for figure in self.known.figures:
            if (
                figure.unit == unit or not unit or (akin(figure.unit, unit) and figure.origin != "said")
            ) and figure.origin != "agenda":
                yield from in_unit(figure, unit)

    def _own_sums(self, unit: str) -> Iterator[float]:
        return (value for offer in self._offers() for value in sums_of(offer, unit, self.lexicon))

    def _totals(self, unit: str) -> Iterator[float]:
        return (value for offer in self._offers() for value in totals_of(offer, self.known.facts, unit, self.lexicon))

    def worked_from(self, offer: Offered, unit: str) -> Iterator[float]:
        """Yield the sums and products of one offer's terms."""
        yield from totals_of(offer, self.known.facts, unit, self.lexicon)
        yield from (float(value) for option in offer.options.values() for value in _DIGITS.findall(option))

    def _offers(self) -> tuple[Offered, ...]:
        """Return the terms that the words report and the last offers."""
        own = (self.known.own,) if self.known.own else ()
        return (*own, *self.known.offers[-_LAST:])

    def _worked(self, found: Quantity) -> Iterator[float]:
        """Yield what the figures that the text itself names come to, whatever they count."""
        around = self._around(found, 9)[:9]
        said = list(dict.fromkeys(value for other in around for value in other.values))[:12]
        for one, other in combinations(said, 2):
            product = one * other
            yield product
            yield product / 100
            yield one + other
            yield abs(one - other)
            yield (one + other) / 2
            yield from (product * span for span in SPANS)
            if one and other:
                yield from (one / other, other / one)
            yield from (abs(one - other) * third for third in said)
            yield from (product * third for third in said)
            yield from (product * third / 100 for third in said)
            yield from (product / third for third in said if third)
        for one in said:
            yield from (one * span for span in SPANS)
            yield from (one / 5, one * 5) if not self.scan.words.isdisjoint(WORKDAYS) else ()
            yield from (one * (100 - other.values[0]) / 100 for other in around if other.unit == "percent")
        yield from quotients(found, said, [figure.value for figure in self.known.figures if figure.origin == "fact"])
        yield from self._running(found)
        if found.values[0] >= 1000 or found.unit in CURRENCIES or found.values[0] % 1:
            typed = list(
                dict.fromkeys(figure.value for figure in self.known.figures if figure.origin in ("own", "offer", "fact"))
            )[:60]
            for one in said[:8]:
                for other in typed:
                    yield one * other
                    yield one * other / 100
                    if one and other:
                        yield from (one / other, other / one)

    def _running(self, found: Quantity) -> Iterator[float]:
        """Yield the sums of the figures that stand in a row before or behind one."""
        place = bisect_left(self.scan.quantities, found)
        for row in (self.scan.quantities[max(0, place - 6) : place][::-1], self.scan.quantities[place + 1 : place + 7]):
            total = 0.0
            for other in row:
                if akin(other.unit, found.unit) and other.values[0] > 12:
                    total += other.values[0]
                    yield total

    def _shares(self, found: Quantity) -> Iterator[float]:
        """Yield the shares between figures of a sentence or the one before, of one with what is on record, or of two offers."""
        sentence = self.scan.clauses[found.clause].sentence
        start = self.scan.sentences[max(0, sentence - 1)].start
        beside = [
            other
            for other in self.scan.quantities_from(start, self.scan.sentences[sentence].end)
            if other.start != found.start and other.unit not in ("percent", "point")
        ]
        said = [value for other in beside for value in readings(other)][:16]
        if len(beside) > 1:
            yield from ratios(said, said)
        known = [figure for figure in self.known.figures if figure.origin not in ("agenda", "said")][:60]
        if len(beside) < 6:
            yield from ratios(said, [figure.value for figure in known])
            yield from ratios(said, list(self._totals("")))
        groups: dict[tuple[str, str], list[float]] = {}
        for figure in known:
            groups.setdefault((figure.issue or "", figure.unit), []).append(figure.value)
        for values in groups.values() if not beside else ():
            yield from ratios(values, values)
