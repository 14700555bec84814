"""What of spaces too large for everything? Sums over many issues, rules that nothing holds, grids that are too fine."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from orchestrator.analysis.aims import Aim
from orchestrator.analysis.appraisal import appraise
from orchestrator.analysis.prospect import prospect
from orchestrator.analysis.summit import Sought
from orchestrator.analysis.survey import best_by, survey
from orchestrator.messages.negotiation import LinearNumber, Mandate, Negotiation, NumberIssue, Rule
from orchestrator.messages.terms import Number
from orchestrator.messages.value import IssueName
from tests.analysis.spaces import asking_of, keeps, negotiation_of

NAMES = [IssueName(f"spend{number}") for number in range(6)]


def _spends(rule: str, step: str = "1", most: int = 80) -> Negotiation:
    """Return six amounts of which one role wants much, the other little, under a rule over all of them."""
    issues = tuple(NumberIssue(name=name, min=Decimal(0), max=Decimal(most), step=Decimal(step)) for name in NAMES)
    shares = (0.3, 0.2, 0.2, 0.1, 0.1, 0.1)
    much, little = (
        Mandate(
            reserve=0.1,
            worths=tuple(
                LinearNumber(issue=name, weight=share, best=Decimal(best), worst=Decimal(worst))
                for name, share in zip(NAMES, order, strict=True)
            ),
        )
        for best, worst, order in ((most, 0, shares), (0, most, shares[::-1]))
    )
    return negotiation_of(issues, [rule], [much, little])


def test_a_cap_on_a_sum_is_counted_exactly() -> None:
    """Of six amounts with a cap on their sum the permitted ones are counted, and the points are exact."""
    negotiation = _spends(" + ".join(NAMES) + " <= 240")
    ground = survey(negotiation, asking_of(negotiation))
    counts = [1]
    for _ in NAMES:
        counts = [sum(counts[max(0, total - 80) : total + 1]) for total in range(len(counts) + 80)]
    assert (ground.unread, ground.permitted) == ((), sum(counts[:241]))
    seen = prospect(ground)
    assert {point.best.how for point in seen.points} == {"bounds"}
    assert all(keeps(negotiation)(point.best.terms) for point in seen.points)


def test_a_rule_that_nothing_can_hold_is_asked_of_what_is_found() -> None:
    """A product of six issues is named as unread; whatever is shown keeps it all the same."""
    rule = " * ".join(f"(1.0 + {name} / 80.0)" for name in NAMES) + " <= 11.0"
    negotiation = _spends(rule)
    ground = survey(negotiation, asking_of(negotiation))
    seen = prospect(ground)
    assert (seen.unread, seen.front.how) == (("r0",), "search")
    assert all(keeps(negotiation)(point.best.terms) for point in seen.points)
    assert seen.point("nash") is not None


def test_rules_that_tie_everything_to_everything_are_left_out_and_asked() -> None:
    """Where the rules together make a diagram too large, some are left out of it; what is shown keeps them all."""
    laws = [f"{one} * {other} <= {3000 + 7 * number}.0" for number, (one, other) in enumerate(product(NAMES[:3], NAMES[3:]))]
    negotiation = _spends(laws[0]).model_copy(
        update={"policies": tuple(Rule(id=f"r{n}", rule=law) for n, law in enumerate(laws))}
    )
    ground = survey(negotiation, asking_of(negotiation))
    assert 0 < len(ground.unread) < len(laws)
    best = best_by(ground, Sought.above(Aim.of("sum", 2), ground.space.reserves))
    assert best is not None
    assert keeps(negotiation)(best.terms)


def test_more_outcomes_than_floats_can_count_are_counted() -> None:
    """Of 10^24 outcomes under a cap the permitted ones are counted to the last one."""
    names = [IssueName(f"part{number}") for number in range(8)]
    issues = tuple(NumberIssue(name=name, min=Decimal(0), max=Decimal(1_000)) for name in names)
    negotiation = negotiation_of(issues, [f"{names[0]} + {names[1]} <= 1000"], [Mandate()])
    assert survey(negotiation, asking_of(negotiation)).permitted == 1001 * 1002 // 2 * 1001**6


@pytest.mark.slow
def test_grids_that_are_too_fine_are_named_and_nothing_is_called_exact() -> None:
    """10^29 outcomes are thinned; every figure says that it was found by search and that no bound is known."""
    negotiation = _spends(f"{NAMES[0]} + {NAMES[1]} <= 80", "0.001")
    ground = survey(negotiation, asking_of(negotiation))
    seen = prospect(ground)
    assert (seen.outcomes, seen.thinned) == (80_001**6, tuple(NAMES))
    assert {(point.best.how, point.best.bound) for point in seen.points} == {("search", None)}
    deal = tuple(Number(issue=name, value=Decimal("0.001")) for name in NAMES)
    found = appraise(ground, seen, deal)
    assert (found.left_at_most, found.how) == (None, "search")


def test_a_front_of_one_point_and_a_role_that_can_gain_nothing() -> None:
    """Where one outcome is left it is every point; who gains nothing there has no share, and nobody is least happy."""
    negotiation = _spends(" && ".join(f"{name} == 8.0" for name in NAMES))
    ground = survey(negotiation, asking_of(negotiation))
    seen = prospect(ground)
    assert (seen.permitted, seen.front.utilities) == (1, ((0.1, 0.9),))
    assert {point.best.utilities for point in seen.points} == {seen.points[0].best.utilities}
    found = appraise(ground, seen, seen.points[0].best.terms)
    assert (found.left, found.better, found.shares[0], found.least_happy) == (0.0, None, None, "role1")


def test_a_rule_that_forbids_all_leaves_nothing() -> None:
    """Without a permitted outcome there are no points, no front, and nothing better than any deal."""
    negotiation = _spends(f"{NAMES[0]} > 50 && {NAMES[0]} < 40")
    ground = survey(negotiation, asking_of(negotiation))
    seen = prospect(ground)
    assert (seen.permitted, seen.points, seen.front.utilities, seen.ideals, seen.signable) == (0, (), (), (), 0.0)
    found = appraise(ground, seen, tuple(Number(issue=name, value=Decimal(8)) for name in NAMES))
    assert (found.left, found.better, found.least_happy) == (0.0, None, None)
