"""Do all who decide whether there is an agreement say the same? Search, sweep and solver, beside every outcome judged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orchestrator.analysis.asking import Answer, SolverOracle, Stepwise
from orchestrator.analysis.boxes import Measures
from orchestrator.analysis.boxsearch import BoxSearch
from orchestrator.analysis.conflict import find_conflict, is_minimal
from orchestrator.analysis.counting import count
from orchestrator.analysis.demands import problem_of
from orchestrator.analysis.relaxing import relaxations
from orchestrator.analysis.sweeping import Sweep
from orchestrator.analysis.verdict import Found, Impossible, Oracle, Undecided, Verdict
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.terms import Terms
from orchestrator.solving.smtlib import open_solver
from tests.analysis.pairs import agreed_in, easy, fewest, negotiations, outcomes_of

ORACLES: dict[str, Oracle] = {
    "search": BoxSearch(4_000),
    "sweep": Sweep(10_000),
    "solver": SolverOracle(open_solver()),
}


@pytest.mark.parametrize("name", ORACLES)
@given(negotiation=negotiations())
@settings(max_examples=25)
def test_oracle_agrees_with_the_guards(name: str, negotiation: Negotiation) -> None:
    """An oracle finds an outcome just where the guards would let one pass, and it is one of these."""
    problem = problem_of(negotiation)
    truth = agreed_in(negotiation, problem.demands)
    verdict = ORACLES[name](problem)
    if isinstance(verdict, Undecided):
        assert name == "solver"  # divisions by zero are in the way of many outcomes; nothing is claimed then
        return
    assert verdict.places in truth if isinstance(verdict, Found) else not truth


@pytest.mark.parametrize("name", ORACLES)
@given(negotiation=negotiations())
@settings(max_examples=25)
def test_refutation_names_a_contradiction(name: str, negotiation: Negotiation) -> None:
    """The demands that an oracle names when it says no cannot be kept together."""
    problem = problem_of(negotiation)
    verdict = ORACLES[name](problem)
    assume(isinstance(verdict, Impossible))
    assert isinstance(verdict, Impossible)
    assert not agreed_in(negotiation, verdict.among)


@given(negotiation=negotiations())
def test_count_is_exact(negotiation: Negotiation) -> None:
    """On a small space the count is that of the outcomes which the guards would let pass."""
    problem = problem_of(negotiation)
    counted = count(problem)
    assert (counted.kind, counted.number) == ("exact", len(agreed_in(negotiation, problem.demands)))
    assert counted.outcomes == len(list(outcomes_of(problem)))


@given(negotiation=negotiations())
@settings(max_examples=20)
def test_conflict_is_a_smallest_one(negotiation: Negotiation) -> None:
    """The contradiction that is named is one, no member can be left out, and none has fewer members."""
    problem = problem_of(negotiation)
    sweep = Sweep(10_000)
    verdict = sweep(problem)
    assume(isinstance(verdict, Impossible))
    conflict = find_conflict(problem, problem.demands, sweep, lambda: True)
    assert (conflict.minimal, conflict.smallest) == (True, True)
    assert is_minimal(problem, conflict.demands, sweep)
    assert not agreed_in(negotiation, conflict.demands)
    assert len(conflict.demands) == fewest(negotiation, problem.demands)
    for way in conflict.ways_out:
        assert agreed_in(negotiation, tuple(each for each in problem.demands if each not in way))


@given(negotiation=negotiations())
@settings(max_examples=20)
def test_relaxation_opens_a_deal(negotiation: Negotiation) -> None:
    """With one demand eased as told, the outcome that is named keeps all others."""
    problem = problem_of(negotiation)
    sweep = Sweep(10_000)
    assume(isinstance(sweep(problem), Impossible))
    for demand in problem.demands:
        others = tuple(each for each in problem.demands if each != demand)
        eased = relaxations(problem, demand, sweep, lambda: True)
        open_ = agreed_in(negotiation, others)
        assert bool(eased) == bool(open_)
        assert all(each.places in open_ for each in eased)


@given(negotiation=negotiations(), data=st.data())
def test_box_is_read_soundly(negotiation: Negotiation, data: st.DataObject) -> None:
    """What is said of a box holds of every outcome in it."""
    problem = problem_of(negotiation)
    ends = [sorted(data.draw(st.tuples(*[st.integers(0, each.size - 1)] * 2))) for each in problem.ranges]
    box = tuple((low, high) for low, high in ends)
    truth = agreed_in(negotiation, problem.demands)
    inside = [
        places
        for places in outcomes_of(problem)
        if all(low <= place <= high for place, (low, high) in zip(places, box, strict=True))
    ]
    answer = Measures(problem).read(box).answer
    assert answer is None or {places in truth for places in inside} == {answer}


def test_undecided_is_neither_yes_nor_no(negotiation: Negotiation) -> None:
    """Where an oracle has too little to go by it says so, and the next one is asked."""
    problem = problem_of(negotiation)
    none = BoxSearch(0)
    assert none(problem) == Undecided("looked at 0 parts of the space")
    assert Sweep(10)(problem) == Undecided("540 outcomes are too many to look at one by one")
    assert isinstance(Stepwise((none, Sweep(10), Sweep(1_000)))(problem), Found)
    assert Stepwise((none, Sweep(10)))(problem) == Undecided("540 outcomes are too many to look at one by one")


def test_solver_that_gives_up_is_undecided(negotiation: Negotiation) -> None:
    """What a solver says of its own failure is passed on."""

    def tired(text: str, assumed: tuple[str, ...], asked: tuple[str, ...], /) -> Answer:
        return Answer("unknown", why=f"tired of {len(assumed)} assumptions and {len(asked)} places in {bool(text)} text")

    assert SolverOracle(tired)(problem_of(negotiation)) == Undecided("tired of 2 assumptions and 6 places in True text")


def _never(terms: Terms) -> bool:
    return not terms


def test_outcome_of_a_solver_is_judged(negotiation: Negotiation) -> None:
    """An outcome that keeps not all demands is no answer, however often a solver gives it."""
    problem = replace(problem_of(negotiation), also=_never)

    def wrong(text: str, assumed: tuple[str, ...], asked: tuple[str, ...], /) -> Answer:
        return Answer("sat", values=(0,) * len(asked), why=f"{len(text)} {assumed}")

    lost = Undecided("every outcome that it found is lost by the rounding of doubles or by a rule that it cannot be told")
    assert SolverOracle(wrong)(problem) == lost
    verdicts: list[Verdict] = [BoxSearch(2_000)(problem), Sweep(1_000)(problem)]
    assert verdicts == [Undecided("rules that cannot be expressed are in the way")] * 2


def test_solver_does_not_hear_of_earlier_questions(negotiation: Negotiation) -> None:
    """What is asked in between changes nothing: the same question has the same outcome for an answer."""
    solver = SolverOracle(open_solver())
    problem = problem_of(negotiation)
    first = solver(problem)
    for least in range(5):
        solver(replace(problem, demands=problem.demands[least % 2 :]))
        assert solver(problem) == first


@pytest.fixture
def negotiation() -> Negotiation:
    """Return a small negotiation in which a deal is easy."""
    return easy()
