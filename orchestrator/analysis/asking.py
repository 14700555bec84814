"""What does a solver say to a problem? Its no is taken; its outcome is judged as the guards would, and asked anew."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import Literal, Protocol

from orchestrator.analysis.boxes import Box
from orchestrator.analysis.demands import Kept, Problem, failing, is_kept
from orchestrator.analysis.ranges import Places, Range
from orchestrator.analysis.smt import Part, Script, script_of
from orchestrator.analysis.verdict import Found, Impossible, Oracle, Undecided, Verdict

__all__ = ["MOST_TRIES", "Answer", "Solver", "SolverOracle", "Stepwise"]

MOST_TRIES = 20
"""How many outcomes that are none after all a solver is asked to leave out."""

_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)

_WENT_ASTRAY = "every outcome that it found is lost by the rounding of doubles or by a rule that it cannot be told"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a solver answered."""

    kind: Literal["sat", "unsat", "unknown"]
    values: tuple[int, ...] = ()
    """Where it is `sat`, of the names that were asked for."""
    core: tuple[str, ...] = ()
    """Where it is `unsat`, the assumptions among which the contradiction is."""
    why: str = ""


class Solver(Protocol):
    """Decide SMT-LIB text under assumptions."""

    def __call__(self, text: str, assumed: tuple[str, ...], asked: tuple[str, ...], /) -> Answer:
        """Return whether the text can be true with all that is assumed, and then the values of what is asked."""
        ...


@dataclass(frozen=True, slots=True)
class SolverOracle:
    """An oracle that asks a solver."""

    solver: Solver

    def __call__(self, problem: Problem, /) -> Verdict:
        """Return what the solver says, its outcome judged."""
        script = script_of(problem)
        tried: list[Part] = []
        while len(tried) < MOST_TRIES:
            answer = self._asked(problem, script, tuple(tried))
            if answer.kind == "unknown":
                return Undecided(answer.why)
            if answer.kind == "unsat":
                return _refuted(problem, script, answer, is_strained=bool(tried))
            if is_kept(problem, problem.terms(answer.values)):
                return Found(answer.values)
            tried.append(_at_fault(problem, answer.values))
        return Undecided(_WENT_ASTRAY)

    def _asked(self, problem: Problem, script: Script, tried: tuple[Part, ...]) -> Answer:
        """Return an answer for an outcome that is far from those tried, where there is one; else for any other."""
        text, assumed = script.excluding(tried), tuple(name for name, _ in script.demands)
        if tried:
            answer = self.solver(text + script.within(_elsewhere(problem.ranges, len(tried))), assumed, script.places)
            if answer.kind == "sat":
                return answer
        return self.solver(text, assumed, script.places)


@dataclass(frozen=True, slots=True)
class Stepwise:
    """An oracle that asks the next one where the one before is undecided."""

    oracles: tuple[Oracle, ...]

    def __call__(self, problem: Problem, /) -> Verdict:
        """Return the first answer, or why the last has none."""
        verdict: Verdict = Undecided("nobody was asked")
        for oracle in self.oracles:
            verdict = oracle(problem)
            if not isinstance(verdict, Undecided):
                return verdict
        return verdict


def _elsewhere(ranges: tuple[Range, ...], at: int) -> Box:
    """Return half of each issue's values, around the point of Halton's sequence at this place."""
    box: list[tuple[int, int]] = []
    for each, prime in zip(ranges, cycle(_PRIMES), strict=False):
        middle = int(_halton(at, prime) * each.size)
        reach = (each.size + 3) // 4
        box.append((max(0, middle - reach), min(each.size - 1, middle + reach)))
    return tuple(box)


def _halton(at: int, prime: int) -> float:
    share, digit = 0.0, 1.0
    while at:
        digit /= prime
        share += digit * (at % prime)
        at //= prime
    return share


def _at_fault(problem: Problem, places: Places) -> Part:
    """Return the part of an outcome that no other outcome may have either: the values that break a rule, or all."""
    failed = (demand.issues for demand in failing(problem, problem.terms(places)) if isinstance(demand, Kept))
    names = next(failed, frozenset(problem.names))
    return tuple((axis, place) for axis, place in enumerate(places) if problem.names[axis] in names)


def _refuted(problem: Problem, script: Script, answer: Answer, *, is_strained: bool) -> Verdict:
    """Return a no. Where outcomes were ruled out one by one, each judged, it takes all demands to say it."""
    if not is_strained:
        return Impossible(tuple(demand for name, demand in script.demands if name in answer.core))
    return Impossible(problem.demands) if problem.also is None else Undecided(_WENT_ASTRAY)
