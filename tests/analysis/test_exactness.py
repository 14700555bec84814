"""Is a solver told what the guards judge? Comparisons of every form, ties of doubles, and what cannot be said at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from orchestrator.analysis.asking import SolverOracle
from orchestrator.analysis.boxsearch import BoxSearch
from orchestrator.analysis.conflict import Conflict, find_conflict, is_minimal
from orchestrator.analysis.counting import Count, count
from orchestrator.analysis.demands import Problem, problem_of
from orchestrator.analysis.relaxing import relaxations
from orchestrator.analysis.smt import script_of
from orchestrator.analysis.sweeping import Sweep
from orchestrator.analysis.verdict import Found, Impossible
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, Negotiation, NumberIssue, Rule
from orchestrator.messages.value import IssueName
from orchestrator.report.feasible import named_demand
from orchestrator.solving.smtlib import open_solver
from tests.analysis.pairs import easy

AMOUNT, OTHER = IssueName("amount"), IssueName("other")
HERE, THERE, FIRST, LAST, FAST = map(IssueName, ("here", "there", "first", "last", "fast"))
ISSUES: tuple[Issue, ...] = (
    NumberIssue(name=AMOUNT, min=Decimal(0), max=Decimal(5), step=Decimal("0.1")),
    NumberIssue(name=OTHER, min=Decimal(0), max=Decimal(3), step=Decimal("0.1")),
    ChoiceIssue(name=HERE, options=("rome", "oslo")),
    ChoiceIssue(name=THERE, options=("oslo", "bern", "rome")),
    DateIssue(name=FIRST, min=date(2027, 1, 4), max=date(2027, 1, 8)),
    DateIssue(name=LAST, min=date(2027, 1, 6), max=date(2027, 1, 11)),
    FlagIssue(name=FAST),
)
SOLVER = SolverOracle(open_solver())
SWEEP = Sweep(2_000_000)


def _with(*policies: str, issues: tuple[Issue, ...] = ISSUES) -> Negotiation:
    rules = tuple(Rule(id=f"p{number}", rule=policy) for number, policy in enumerate(policies))
    return easy().model_copy(update={"issues": issues, "policies": rules, "roles": ()})


def _problem(*policies: str, issues: tuple[Issue, ...] = ISSUES) -> Problem:
    return problem_of(_with(*policies, issues=issues))


@pytest.mark.parametrize(
    ("policies", "is_possible"),
    [
        (("amount + other == 0.3", "amount == 0.1", "other == 0.2"), False),  # 0.1 + 0.2 is not 0.3 to a guard
        (("amount + other != 0.3", "amount == 0.1", "other == 0.2"), True),
        (("amount + other > 0.3", "amount == 0.1", "other == 0.2"), True),
        (("amount + other >= 0.3", "amount <= 0.1", "other <= 0.2"), True),
        (("amount + other < 0.3", "amount >= 0.1", "other >= 0.2"), False),
        (("amount * other <= 0.4", "amount >= 2", "other >= 0.3"), False),
        (("amount - other >= 4.9", "other > 0"), True),
        (("-amount <= -4.9", "amount / 2 <= 2.4"), False),
        (("here == there", "here > 'oslo'", "there <= 'oslo'"), False),
        (("here < there",), True),
        (("first > last", "first < '2027-01-08'"), True),
        (("first >= last", "first < '2027-01-06'"), False),
        (("(fast ? here : there) == 'bern'", "fast"), False),
        (("(fast ? here : there) != 'bern'", "!fast", "there < 'c'"), False),
        (("fast ? amount > 4 : amount < 1", "amount > 2", "amount < 3"), False),
        (("fast == (amount > 2)", "amount > 3", "!fast"), False),
        (("(fast ? amount : other) > 3", "!fast"), False),
        (("'2027-01-05' <= first", "'2027-01-05' > first"), False),
        (("here in ['rome']", "there in ['bern', 'oslo']", "here == there"), False),
        (("'a' < 'b'",), True),
        (("amount / other > 3",), True),  # divides by what may be 0: the solver is not told, and its outcome is judged
    ],
)
def test_solver_and_sweep_agree(policies: tuple[str, ...], is_possible: bool) -> None:  # noqa: FBT001 - a column of the table
    """Each form of comparison, and ties that doubles decide, come out as when every outcome is judged."""
    problem = _problem(*policies)
    assert isinstance(SWEEP(problem), Found if is_possible else Impossible)
    assert isinstance(SOLVER(problem), Found if is_possible else Impossible)


def test_what_cannot_be_said_is_left_out() -> None:
    """A division by what may be zero, and two issues of many options, are not told to a solver."""
    many = tuple(f"o{number}" for number in range(25))
    wide = (ChoiceIssue(name=HERE, options=many), ChoiceIssue(name=THERE, options=many))
    script = script_of(_problem("here < there", issues=wide))
    assert [each.rule.id for each in script.unsaid if each.kind == "policy"] == ["p0"]
    assert script_of(_problem("amount / other > 3")).demands == ()
    assert script.excluding((((0, 1), (1, 2)),)).endswith("(assert (not (and true (= p0 1) (= p1 2))))")


def test_question_without_time_is_undecided() -> None:
    """What the solver cannot answer in its time has no answer."""
    wide = tuple(NumberIssue(name=name, min=Decimal(2), max=Decimal(10**7), step=Decimal(1)) for name in (AMOUNT, OTHER))
    problem = _problem("amount * other == 1000036000099", issues=wide)  # the product of two primes
    verdict = SolverOracle(open_solver(1))(problem)
    assert not isinstance(verdict, Found | Impossible)
    assert verdict.why.startswith("z3 gave up after 0.001 s: ")


def test_hurry_is_admitted() -> None:
    """Without time for another question, the contradiction is given as it is, and not called minimal."""
    problem = _problem("amount > 4", "amount < 1", "fast")
    everything = problem.demands
    assert find_conflict(problem, everything, SWEEP, lambda: False) == Conflict(everything, minimal=False, smallest=False)
    assert find_conflict(problem, everything, SWEEP, lambda: True).demands == everything[:2]
    assert not is_minimal(problem, everything[1:], SWEEP)


def test_oracle_that_cannot_tell_proves_nothing_minimal() -> None:
    """Where leaving a member out is undecided, the contradiction is not called minimal."""
    problem = _problem("amount + other > 7.95", "amount + other < 7.95", "fast")
    conflict = find_conflict(problem, problem.demands, BoxSearch(0), lambda: True)
    assert (conflict.demands, conflict.minimal) == (problem.demands, False)


@pytest.mark.parametrize(
    ("policies", "eased"),
    [
        (("amount >= 2.5", "amount <= 1.5"), ["p0 2.5 1.5", "p1 1.5 2.5"]),
        (("!(amount < 2.5)", "amount <= 1.5"), ["p0 2.5 1.5", "p1 1.5 2.5"]),
        (("2.5 <= amount", "amount / 2 <= 1"), ["p0 2.5 2", "p1 1 1.25"]),
        (("amount > 2.5", "amount <= 1.5"), ["p0 2.5 1.4", "p1 1.5 2.6"]),
        (("fast ? amount > 4 : amount > 3", "amount <= 2"), ["p0 4 1.9", "p0 3 1.9", "p1 2 3.1"]),
        (("first >= '2027-01-06'", "first < '2027-01-05'"), ["p0 2027-01-06 2027-01-04", "p1 2027-01-05 2027-01-07"]),
        (("fast", "!fast"), ["p0 dropped", "p1 dropped"]),
        (("amount * other >= 7.03", "amount <= 2"), ["p0 7.03 6", "p1 2 2.4"]),
    ],
)
def test_nearest_bound_is_found(policies: tuple[str, ...], eased: list[str]) -> None:
    """The figure or day that is named is the nearest one that opens a deal, on the grid where there is one."""
    problem = _problem(*policies)
    found = [each for demand in problem.demands for each in relaxations(problem, demand, SWEEP, lambda: True)]
    told = [f"{each.before} {each.after}" if each.after else each.kind for each in found]
    names = [named_demand(each.demand).removeprefix("policy ") for each in found]
    assert [f"{name} {each}" for name, each in zip(names, told, strict=True)] == eased


def test_number_is_bounded_where_it_cannot_be_counted() -> None:
    """Groups that are too large are drawn from, issues that are too long give a bound, and the words say which."""
    long = (*ISSUES, NumberIssue(name=IssueName("wide"), min=Decimal(0), max=Decimal(10**9), step=Decimal(1)))
    assert count(_problem("wide > 3", issues=long)).kind == "at most"
    wide = tuple(NumberIssue(name=IssueName(f"n{at}"), min=Decimal(0), max=Decimal(199), step=Decimal(1)) for at in range(3))
    drawn = count(_problem("n0 + n1 + n2 <= 199", issues=wide))
    exact = 200 * 201 * 202 // 6
    assert (drawn.kind, drawn.low < exact < drawn.high, drawn.outcomes) == ("estimate", True, 200**3)
    assert count(_problem("n0 + n1 + n2 <= -1", issues=wide)).kind == "at most"
    assert count(_problem("n0 > 300", "n0 + n1 + n2 <= 9", issues=wide)) == Count("exact", 0, 0, 0, 200**3)
    assert count(replace(_problem(), demands=())).number == count(_problem()).outcomes
