"""What can be settled, what is it worth, and where does a role begin? Axes, the ground and the ideal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from guards.gates import gate_book
from guards.permits import permits_of
from orchestrator.messages.gate import Gate
from orchestrator.messages.negotiation import (
    ByOption,
    ChoiceIssue,
    DateIssue,
    FlagIssue,
    Issue,
    LinearNumber,
    Mandate,
    Negotiation,
    NumberIssue,
    Role,
    Rule,
    Stop,
)
from orchestrator.messages.terms import Choice, Day, Flag, Number, Terms, spoken
from orchestrator.messages.utility import utility
from orchestrator.messages.value import IssueName, RoleName
from orchestrator.models.strategy.axes import OPEN, axes_of, outcome_of, terms_of
from orchestrator.models.strategy.ground import Ground, Standing
from orchestrator.models.strategy.ideal import freed, ideal
from tests.models.talks import bargain, offer

A, B, C, D, E = (IssueName(name) for name in "abcde")

ISSUES: tuple[Issue, ...] = (
    NumberIssue(name=A, min=Decimal("1.50"), max=Decimal("2.00"), step=Decimal("0.25")),
    ChoiceIssue(name=B, options=("60", "14", "30"), numeric=True),
    ChoiceIssue(name=C, options=("static", "video")),
    DateIssue(name=D, min=date(2026, 9, 1), max=date(2026, 9, 3)),
    FlagIssue(name=E),
)


def _ground(
    *,
    limits: tuple[str, ...] = (),
    policies: tuple[str, ...] = (),
    gates: tuple[str, ...] = (),
    worths: tuple[LinearNumber | ByOption, ...],
) -> Ground:
    issues = (
        NumberIssue(name=A, min=Decimal(0), max=Decimal(120)),
        NumberIssue(name=B, min=Decimal(0), max=Decimal(120)),
        ChoiceIssue(name=C, options=("one", "two", "three")),
    )
    mandate = Mandate(limits=tuple(Rule(id=f"l{n}", rule=rule) for n, rule in enumerate(limits)), reserve=0.2, worths=worths)
    talk = Negotiation(
        name="ground",
        title="Ground",
        pattern="concession",
        issues=issues,
        roles=(Role(name=RoleName("role"), prompt="role.md", mandate=mandate),),
        policies=tuple(Rule(id=f"p{n}", rule=rule) for n, rule in enumerate(policies)),
        gates=tuple(Gate(id=f"g{n}", when=when, approver="Ada") for n, when in enumerate(gates)),
        stop=Stop(rounds=10),
    )
    book = gate_book(talk)

    def reaches(terms: Terms) -> frozenset[str]:
        return frozenset(gate.id for gate in book(terms).reached)

    return Ground(RoleName("role"), issues, mandate, permits_of(talk), reaches)


def _more(issue: IssueName, weight: float) -> LinearNumber:
    return LinearNumber(issue=issue, weight=weight, best=Decimal(120), worst=Decimal(0))


def test_every_issue_has_its_values_in_order() -> None:
    """Figures and dates stand in their order, numeric options too; named options as in the file; a no before a yes."""
    assert [tuple(spoken(term) for term in axis.terms) for axis in axes_of(ISSUES)] == [
        ("1.5", "1.75", "2"),
        ("14", "30", "60"),
        ("static", "video"),
        ("2026-09-01", "2026-09-02", "2026-09-03"),
        ("false", "true"),
    ]


def test_terms_and_outcomes_say_the_same() -> None:
    """Terms become places and the same terms again; an issue without a term is open."""
    axes = axes_of(ISSUES)
    terms = (
        Number(issue=A, value=Decimal("1.750")),
        Number(issue=B, value=Decimal(60)),
        Choice(issue=C, value="video"),
        Day(issue=D, value=date(2026, 9, 3)),
        Flag(issue=E, value=False),
    )
    assert outcome_of(axes, terms) == (1, 2, 1, 2, 0)
    assert [spoken(term) for term in terms_of(axes, (1, 2, 1, 2, 0))] == [spoken(term) for term in terms]
    assert outcome_of(axes, terms[1:2]) == (OPEN, 2, OPEN, OPEN, OPEN)
    assert terms_of(axes, (OPEN, 2, OPEN, OPEN, OPEN)) == terms[1:2]


def test_a_value_beside_the_axis_takes_the_next_place() -> None:
    """Figures between places are placed at the nearest; what is of another type or no option is open."""
    axes = axes_of(ISSUES)
    terms = (Number(issue=A, value=Decimal("1.6")), Choice(issue=C, value="audio"), Flag(issue=D, value=True))
    assert outcome_of(axes, terms) == (0, OPEN, OPEN, OPEN, OPEN)


@pytest.mark.parametrize(("most", "size"), [(400, 401), (401, 202), (10**12, 401)])
def test_fine_grids_are_thinned(most: int, size: int) -> None:
    """However many values an issue has, its axis has a few hundred, both ends among them."""
    (axis,) = axes_of((NumberIssue(name=A, min=Decimal(0), max=Decimal(most)),))
    values = [spoken(term) for term in axis.terms]
    assert (len(values), values[0], values[-1]) == (size, "0", str(most))


def test_the_worth_of_an_outcome_is_the_utility_of_its_terms() -> None:
    """Places and terms are worth the same."""
    ground = _ground(
        worths=(_more(A, 0.75), ByOption(issue=C, weight=0.25, values=(("one", 0.0), ("two", 0.5), ("three", 1.0))))
    )
    assert ground.worth((60, 5, 1)) == pytest.approx(0.5)
    assert utility(ground.mandate, terms_of(ground.axes, (60, 5, 1))) == pytest.approx(0.5)
    assert [ground.matters(axis) for axis in range(3)] == [True, False, True]


def test_the_ideal_keeps_limits_and_policies() -> None:
    """Where rules bind several issues, the role gives up what is worth least to it."""
    ground = _ground(limits=("a + b <= 150.0",), policies=('c != "three" || a <= 90.0',), worths=(_more(A, 0.7), _more(B, 0.3)))
    found = ideal(ground)
    assert found is not None
    assert (found[:2], ground.permits(found)) == ((120, 30), True)


def test_the_ideal_of_an_issue_that_is_flat_is_nearest_to_the_middle() -> None:
    """A role asks for no more than what is best for it already."""
    ground = _ground(worths=(LinearNumber(issue=A, weight=1.0, best=Decimal(40), worst=Decimal(110)),))
    found = ideal(ground)
    assert found is not None
    assert found[0] == 40


def test_there_is_no_ideal_where_nothing_may_be_signed() -> None:
    """Rules that contradict each other leave nothing."""
    assert ideal(_ground(limits=("a > 50.0", "a < 50.0"), worths=(_more(A, 1.0),))) is None


def test_a_narrow_space_is_still_found() -> None:
    """Even rules that only few outcomes keep are met, and then as well as they can be."""
    ground = _ground(limits=("a == b + 7.0", 'c == "three"', "b <= 30.0"), worths=(_more(A, 0.5), _more(B, 0.5)))
    found = ideal(ground)
    assert found is not None
    assert found == (37, 30, 2)


def test_an_ideal_is_freed_of_gates_at_the_least_cost() -> None:
    """The outcome nearest in worth that reaches no gate is found, also where two issues reach one each."""
    ground = _ground(gates=("a + b > 150.0", 'c != "two"'), worths=(_more(A, 0.7), _more(B, 0.3)))
    both = frozenset(("g0", "g1"))
    found = freed(ground, (120, 120, 0), both)
    assert found is not None
    assert (found, ground.is_free(found, both)) == ((120, 30, 1), True)
    assert freed(ground, (120, 120, 0), frozenset(("g1",))) == (120, 120, 1)


def test_nothing_is_freed_where_gates_are_everywhere() -> None:
    """If every outcome reaches a gate there is none without."""
    assert freed(_ground(gates=("a >= 0.0",), worths=(_more(A, 1.0),)), (120, 0, 0), frozenset(("g0",))) is None


def test_an_offer_is_judged_exactly_and_once() -> None:
    """What an offer is worth and whether it may be signed is asked once for its digest."""
    talk = bargain("low", "high", reserve=0.2, limits={"low": "price <= 70.0"})
    asked: list[RoleName] = []
    permits = permits_of(talk)

    def counted(role: RoleName, terms: tuple[object, ...]) -> bool:
        asked.append(role)
        return permits(role, terms)  # pyright: ignore[reportArgumentType] - terms are terms

    ground = Ground(RoleName("low"), talk.issues, talk.roles[0].mandate, counted, lambda _terms: frozenset())
    made = offer("high", 75, 0)
    judged = [ground.standing(made), ground.standing(made), ground.standing(offer("high", 60, 1))]
    assert judged[0] == judged[1] == Standing(0.25, is_permitted=False, is_signable=False)
    assert judged[2] == Standing(0.4, is_permitted=True, is_signable=True)
    assert asked == ["low", "low"]
