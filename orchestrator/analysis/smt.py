"""How is a problem said to a solver? As SMT-LIB text over exact fractions, which any solver of that standard reads.

What is said is never stricter than what the guards will judge: where doubles may round a comparison either way, both
ways are open, reserves are asked for a hair less than in full, and what cannot be said is left out. So a solver's no is
a no; its outcome is judged again, as the guards would.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias, assert_never

from orchestrator.analysis.boxes import Box
from orchestrator.analysis.demands import Demand, Kept, Problem, Reached
from orchestrator.analysis.rule_tree import (
    Arithmetic,
    Constant,
    Every,
    Figure,
    FlagOf,
    Literally,
    Minus,
    Negation,
    NumberOf,
    NumbersCompared,
    Numeric,
    Order,
    PickedNumber,
    PickedText,
    PickedTruth,
    Some,
    TextOf,
    TextsCompared,
    Textual,
    Truth,
    TruthsCompared,
)
from orchestrator.analysis.smt_numbers import fraction, grains_of, is_exact, largest
from orchestrator.analysis.smt_terms import Placed, beside, figure, in_order, texts_in_order, two_issues, weighed
from orchestrator.messages.utility import ROUNDING
from orchestrator.messages.value import IssueName

__all__ = ["Part", "Script", "script_of"]

_HAIR = Fraction(1, 10**12)
"""More than doubles can go astray in a utility, and far less than a step of it."""
_ROOM = Fraction(1, 2**44)
"""Of the largest number in a comparison: more than doubles can go astray in it."""
_MIRRORED: dict[Order, Order] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


Part: TypeAlias = tuple[tuple[int, int], ...]
"""Some issues, by their numbers, each with a place."""


@dataclass(frozen=True, slots=True)
class Script:
    """A problem as text, and what its names stand for."""

    text: str
    places: tuple[str, ...]
    """The names of the places of all issues."""
    demands: tuple[tuple[str, Demand], ...]
    """Each demand under the name of the truth that switches it on."""
    unsaid: tuple[Demand, ...]
    """Demands that cannot be said, and were left out."""

    def excluding(self, parts: tuple[Part, ...]) -> str:
        """Return the text with all outcomes ruled out that have one of these parts."""
        said = (" ".join(f"(= {self.places[axis]} {place})" for axis, place in part) for part in parts)
        lines = (f"(assert (not (and true {each})))" for each in said)
        return "\n".join((self.text, *lines))

    def within(self, box: Box) -> str:
        """Return what to add to the text where only outcomes of a box are asked for."""
        return "".join(f"\n(assert (<= {low} {name} {high}))" for name, (low, high) in zip(self.places, box, strict=True))


def script_of(problem: Problem) -> Script:
    """Return what a solver is told of a problem."""
    return _Writer(problem).script()


class _Unsaid(Exception):
    """Part of a rule has no words."""


@dataclass(slots=True)
class _Writer:
    problem: Problem
    lines: list[str] = field(default_factory=list[str])
    ties: int = 0

    def script(self) -> Script:
        ranges = self.problem.ranges
        for axis, each in enumerate(ranges):
            self.lines += [f"(declare-const p{axis} Int)", f"(assert (<= 0 p{axis} {each.size - 1}))"]
        switches: list[tuple[str, Demand]] = []
        unsaid: list[Demand] = []
        self._backing()
        for demand in self.problem.demands:
            said = self._demand(demand)
            if said is None:
                unsaid.append(demand)
                continue
            name = f"d{len(switches)}"
            self.lines += [f"(declare-const {name} Bool)", f"(assert (=> {name} {said}))"]
            switches.append((name, demand))
        places = tuple(f"p{axis}" for axis in range(len(ranges)))
        return Script("\n".join(self.lines), places, tuple(switches), tuple(unsaid))

    def _backing(self) -> None:
        """Say who must back an agreement: all, or so many of them."""
        quorum = self.problem.quorum
        for place, role in enumerate(quorum.roles):
            self.lines.append(f"(declare-const b{place} Bool)")
            if quorum.needs_all or role in quorum.always:
                self.lines.append(f"(assert b{place})")
        votes = " ".join(f"(ite b{place} {weight} 0)" for place, weight in enumerate(quorum.weights))
        self.lines.append(f"(assert (<= {quorum.needed} (+ 0 0 {votes})))")

    def _demand(self, demand: Demand) -> str | None:
        try:
            if isinstance(demand, Kept):
                return self._truth(demand.tree)
            return f"(=> b{self.problem.quorum.roles.index(demand.role)} {self._reserve(demand)})"
        except _Unsaid:
            return None

    def _reserve(self, demand: Reached) -> str:
        least = Fraction(str(demand.mandate.reserve)) - Fraction(str(ROUNDING)) - _HAIR
        worths = " ".join(weighed(measure, self._placed(measure.issue)) for measure in demand.mandate.worths)
        return f"(<= {fraction(least)} (+ 0.0 0.0 {worths}))"

    def _truth(self, rule: Truth) -> str:  # noqa: PLR0911 - a case for each kind of node
        match rule:
            case Constant():
                return "true" if rule.value else "false"
            case FlagOf():
                return f"(= {self._placed(rule.issue)[0]} 1)"
            case Negation():
                return f"(not {self._truth(rule.of)})"
            case Every():
                return f"(and true {' '.join(map(self._truth, rule.parts))})"
            case Some():
                return f"(or false {' '.join(map(self._truth, rule.parts))})"
            case NumbersCompared():
                return self._numbers(rule)
            case TextsCompared():
                return self._texts(rule)
            case TruthsCompared():
                return f"(= {self._truth(rule.left)} {self._truth(rule.right)})"
            case PickedTruth():
                return f"(ite {self._truth(rule.when)} {self._truth(rule.then)} {self._truth(rule.otherwise)})"
            case _:
                assert_never(rule)

    def _numbers(self, rule: NumbersCompared) -> str:
        left, right = self._number(rule.left), self._number(rule.right)
        spans = {each.issue.name: (each.plain(0), each.plain(each.size - 1)) for each in self.problem.ranges}
        sizes = (largest(rule.left, spans), largest(rule.right, spans))
        if None in sizes:
            raise _Unsaid
        size = max(size or 0.0 for size in sizes)
        if is_exact(rule, grains_of(self.problem.ranges), size):
            return in_order(rule.order, left, right)
        return self._nearly(rule.order, left, right, Fraction(size) * _ROOM)

    def _nearly(self, order: Order, left: str, right: str, room: Fraction) -> str:
        """Say a comparison that may go either way where both sides are as good as equal."""
        tie = f"t{self.ties}"
        self.ties += 1
        self.lines.append(f"(declare-const {tie} Bool)")
        gap = f"(- {left} {right})"
        near = f"(and {tie} (<= {fraction(-room)} {gap} {fraction(room)}))"
        match order:
            case "==":
                return near
            case "!=":
                return f"(not {near})"
            case "<" | "<=":
                return f"(or (< {gap} {fraction(-room)}) {near})"
            case ">" | ">=":
                return f"(or (< {fraction(room)} {gap}) {near})"
            case _:
                assert_never(order)

    def _number(self, tree: Numeric) -> str:
        match tree:
            case Figure():
                return fraction(tree.value)
            case NumberOf():
                return figure(self._placed(tree.issue))
            case Minus():
                return f"(- {self._number(tree.of)})"
            case Arithmetic():
                return f"({tree.sign} {self._number(tree.left)} {self._number(tree.right)})"
            case PickedNumber():
                return f"(ite {self._truth(tree.when)} {self._number(tree.then)} {self._number(tree.otherwise)})"
            case _:
                assert_never(tree)

    def _texts(self, rule: TextsCompared) -> str:
        """Say a comparison of texts, for each of the texts that a choice on either side may give."""
        ways = (
            f"(and {left_when} {right_when} {self._plain_texts(rule.order, left, right)})"
            for left_when, left in self._ways(rule.left, "true")
            for right_when, right in self._ways(rule.right, "true")
        )
        return f"(or false {' '.join(ways)})"

    def _ways(self, tree: Textual, when: str) -> Iterator[tuple[str, Literally | TextOf]]:
        if isinstance(tree, PickedText):
            picks = self._truth(tree.when)
            yield from self._ways(tree.then, f"(and {when} {picks})")
            yield from self._ways(tree.otherwise, f"(and {when} (not {picks}))")
        else:
            yield when, tree

    def _plain_texts(self, order: Order, left: Literally | TextOf, right: Literally | TextOf) -> str:
        match left, right:
            case Literally(), Literally():
                return "true" if texts_in_order(order, left.value, right.value) else "false"
            case TextOf(), Literally():
                return beside(order, self._placed(left.issue), right.value)
            case Literally(), TextOf():
                return beside(_MIRRORED[order], self._placed(right.issue), left.value)
            case TextOf(), TextOf():
                return self._two_issues(order, left, right)

    def _two_issues(self, order: Order, left: TextOf, right: TextOf) -> str:
        said = two_issues(order, self._placed(left.issue), self._placed(right.issue))
        if said is None:
            raise _Unsaid
        return said

    def _placed(self, name: IssueName) -> Placed:
        axis = self.problem.names.index(name)
        return f"p{axis}", self.problem.ranges[axis]
