"""By how little must a demand be eased, all others kept, for a deal to be there? The nearest bound or reserve for it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from orchestrator.analysis.bounds import DayBound, FigureBound, bounds_of, grain_of
from orchestrator.analysis.conflict import Patience
from orchestrator.analysis.demands import Demand, Kept, Problem, Reached
from orchestrator.analysis.ranges import Places, Range
from orchestrator.analysis.rule_spans import Spans, number_span
from orchestrator.analysis.smt_numbers import grains_of
from orchestrator.analysis.verdict import Found, Oracle
from orchestrator.messages.negotiation import DateIssue
from orchestrator.messages.utility import utility

__all__ = ["Relaxation", "relaxations"]

_MOST_STEPS = 40
_FINE = 1_000
"""Reserves are given in thousandths."""
_ROUGH = 4
"""Digits of a bound that has no grain."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One demand eased so far that a deal is there."""

    demand: Demand
    kind: Literal["figure", "day", "reserve", "dropped"]
    before: str
    after: str
    """Empty where the demand must be dropped."""
    nearest: bool
    """Whether nothing nearer would do."""
    places: Places
    """An outcome that is open then."""


def relaxations(problem: Problem, demand: Demand, oracle: Oracle, patience: Patience) -> tuple[Relaxation, ...]:
    """Return each way of easing one demand that opens a deal; none where it takes more than this demand."""
    rest = tuple(other for other in problem.demands if other != demand)
    found = oracle(replace(problem, demands=rest))
    if not isinstance(found, Found):
        return ()
    search = _Search(problem, demand, oracle, patience)
    eased = tuple(search.reserve(demand, found)) if isinstance(demand, Reached) else tuple(search.bounds(demand))
    return eased or (Relaxation(demand, "dropped", "", "", nearest=True, places=found.places),)


@dataclass(frozen=True, slots=True)
class _Search:
    problem: Problem
    demand: Demand
    oracle: Oracle
    patience: Patience

    def reserve(self, demand: Reached, found: Found) -> Iterator[Relaxation]:
        """Find the highest reserve in thousandths that leaves a deal."""

        def with_reserve(thousandths: int) -> Found | None:
            mandate = demand.mandate.model_copy(update={"reserve": thousandths / _FINE})
            return self._ask(replace(demand, mandate=mandate))

        def worth(outcome: Found) -> int:
            return int(utility(demand.mandate, self.problem.terms(outcome.places)) * _FINE)

        low, high = worth(found), math.ceil(demand.mandate.reserve * _FINE)
        steps = 0
        while high - low > 1 and steps < _MOST_STEPS and self.patience():
            middle, steps = (low + high) // 2, steps + 1
            better = with_reserve(middle)
            if better is None:
                high = middle
            else:
                found, low = better, min(max(middle, worth(better)), high - 1)
        before = f"{demand.mandate.reserve:g}"
        yield Relaxation(demand, "reserve", before, f"{low / _FINE:g}", nearest=high - low <= 1, places=found.places)

    def bounds(self, demand: Kept) -> Iterator[Relaxation]:
        """Find for each bound of a rule the nearest that leaves a deal."""
        for bound in bounds_of(demand.tree):
            eased = self._day(demand, bound) if isinstance(bound, DayBound) else self._figure(demand, bound)
            if eased is not None:
                yield eased

    def _figure(self, demand: Kept, bound: FigureBound) -> Relaxation | None:
        span = number_span(bound.of, _spans(self.problem.ranges))
        if span is None or math.isinf(span.low) or math.isinf(span.high):
            return None
        grain = grain_of(bound.of, grains_of(self.problem.ranges))
        near, far = bound.figure, Fraction(span.high if bound.upwards else span.low)
        found = self._ask(replace(demand, tree=bound.moved(far)))
        if found is None:
            return None
        fine = grain or abs(far - near) / 10**_ROUGH
        for _ in range(_MOST_STEPS):
            if abs(far - near) <= fine or not self.patience():
                break
            middle = _between(near, far, grain)
            nearer = self._ask(replace(demand, tree=bound.moved(middle)))
            if nearer is None:
                near = middle
            else:
                found, far = nearer, middle
        exactly = grain is not None and abs(far - near) <= grain
        far = far if exactly else _outwards(far, upwards=bound.upwards)
        return Relaxation(demand, "figure", _said(bound.figure), _said(far), nearest=exactly, places=found.places)

    def _day(self, demand: Kept, bound: DayBound) -> Relaxation | None:
        days = next(each for each in self.problem.ranges if each.issue.name == bound.issue)
        if not isinstance(days.issue, DateIssue):
            return None
        here = days.first(bound.day)
        near, far = (here, days.size) if bound.upwards else (here, -1)
        found = None
        while abs(far - near) > 1 and self.patience():
            middle = (near + far) // 2
            nearer = self._ask(replace(demand, tree=bound.moved(str(days.plain(middle)))))
            if nearer is None:
                near = middle
            else:
                found, far = nearer, middle
        if found is None:
            return None
        return Relaxation(demand, "day", bound.day, str(days.plain(far)), nearest=abs(far - near) <= 1, places=found.places)

    def _ask(self, eased: Demand) -> Found | None:
        demands = tuple(eased if each == self.demand else each for each in self.problem.demands)
        verdict = self.oracle(replace(self.problem, demands=demands))
        return verdict if isinstance(verdict, Found) else None


def _spans(ranges: tuple[Range, ...]) -> Spans:
    return {each.issue.name: (each.plain(0), each.plain(each.size - 1)) for each in ranges}


def _between(near: Fraction, far: Fraction, grain: Fraction | None) -> Fraction:
    """Return a figure half-way, on the grain where there is one."""
    middle = (near + far) / 2
    if grain is None:
        return middle
    snapped = round(middle / grain) * grain
    return snapped if min(near, far) < snapped < max(near, far) else middle


def _outwards(figure: Fraction, *, upwards: bool) -> Fraction:
    """Return a short figure next to one, on the side that asks for less."""
    if not figure:
        return figure
    unit = Fraction(10) ** (math.floor(math.log10(abs(figure))) - _ROUGH + 1)
    return (math.ceil(figure / unit) if upwards else math.floor(figure / unit)) * unit


def _said(figure: Fraction) -> str:
    return f"{float(figure):.12g}"
