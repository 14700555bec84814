"""Which negotiations are small enough to look at every outcome? Strategies for them, and the outcomes judged by the guards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations, product

from hypothesis import strategies as st

from guards.cel import rule_book
from orchestrator.analysis.demands import Demand, Kept, Problem, problem_of
from orchestrator.analysis.ranges import Places
from orchestrator.messages.negotiation import (
    Agreement,
    ByOption,
    ChoiceIssue,
    DateIssue,
    FlagIssue,
    Issue,
    LinearDay,
    LinearNumber,
    Mandate,
    Negotiation,
    NumberIssue,
    Role,
    Rule,
    Stop,
    Worth,
)
from orchestrator.messages.utility import reaches_reserve
from orchestrator.messages.value import IssueName, RoleName
from tests.analysis.rules import rules

__all__ = ["agreed_in", "easy", "fewest", "negotiations", "outcomes_of"]

PRICE, COUNT, SHARE = IssueName("price"), IssueName("count"), IssueName("share")
REGION, START, EXPRESS = IssueName("region"), IssueName("start"), IssueName("express")
ISSUES: tuple[Issue, ...] = (
    NumberIssue(name=PRICE, min=Decimal("0.10"), max=Decimal("0.50"), step=Decimal("0.10")),
    NumberIssue(name=COUNT, min=Decimal(-1), max=Decimal(1), step=Decimal(1)),
    ChoiceIssue(name=SHARE, options=("60", "2.5"), numeric=True),
    ChoiceIssue(name=REGION, options=("us", "eu-west", "eu-central")),
    DateIssue(name=START, min=date(2026, 12, 31), max=date(2027, 1, 2)),
    FlagIssue(name=EXPRESS),
)
_WORTHS: tuple[Worth, ...] = (
    LinearNumber(issue=PRICE, weight=0.3, best=Decimal("0.1"), worst=Decimal("0.4")),
    ByOption(issue=REGION, weight=0.3, values=(("us", 0.1), ("eu-west", 0.7), ("eu-central", 1.0))),
    LinearDay(issue=START, weight=0.4, best=date(2027, 1, 2), worst=date(2026, 12, 31)),
    LinearNumber(issue=PRICE, weight=0.6, best=Decimal("0.5"), worst=Decimal("0.2")),
    ByOption(issue=EXPRESS, weight=0.1, values=(("true", 1.0), ("false", 0.0))),
    LinearNumber(issue=SHARE, weight=0.3, best=Decimal("2.5"), worst=Decimal(60)),
)
_MEASURES = (_WORTHS[:3], _WORTHS[3:])


def negotiations() -> st.SearchStrategy[Negotiation]:
    """Return negotiations of two roles with a few random rules; most have reserves that bite, some a quorum of one."""
    listed = st.lists(rules(), max_size=2).map(tuple)
    reserve = st.integers(0, 20).map(lambda twentieth: twentieth / 20)
    return st.builds(
        _negotiation,
        st.lists(rules(), max_size=2).map(tuple),
        st.tuples(listed, listed),
        st.tuples(reserve, reserve),
        st.sampled_from((2, 2, 1)),
    )


def easy() -> Negotiation:
    """Return a negotiation with two reserves that are easily reached."""
    return _negotiation((), ((), ()), (0.1, 0.1), 2)


def _negotiation(
    policies: tuple[str, ...], limits: tuple[tuple[str, ...], ...], reserves: tuple[float, ...], quorum: int
) -> Negotiation:
    roles = tuple(
        Role(
            name=RoleName(name),
            prompt=f"{name}.md",
            mandate=Mandate(limits=_rules(own, name), reserve=reserve, worths=measures),
        )
        for name, own, reserve, measures in zip(("a", "b"), limits, reserves, _MEASURES, strict=True)
    )
    agreement = Agreement() if quorum == len(roles) else Agreement(needs="quorum", quorum=quorum, always=(RoleName("a"),))
    return Negotiation(
        name="small",
        title="Small",
        pattern="concession",
        issues=ISSUES,
        roles=roles,
        policies=_rules(policies, "p"),
        agreement=agreement,
        stop=Stop(rounds=5),
    )


def _rules(sources: tuple[str, ...], prefix: str) -> tuple[Rule, ...]:
    return tuple(Rule(id=f"{prefix}{number}", rule=source) for number, source in enumerate(sources))


def outcomes_of(problem: Problem) -> Iterator[Places]:
    """Yield every outcome."""
    yield from product(*(range(each.size) for each in problem.ranges))


def agreed_in(negotiation: Negotiation, demands: tuple[Demand, ...]) -> frozenset[Places]:
    """Return the outcomes that keep these demands as guards and engine judge them, one by one, without any tree."""
    problem = problem_of(negotiation)
    book = rule_book(negotiation.issues, tuple(each.rule for each in demands if isinstance(each, Kept)))
    reserves = {each.role for each in demands if not isinstance(each, Kept)}
    found: set[Places] = set()
    for places in outcomes_of(problem):
        terms = problem.terms(places)
        backing = frozenset(
            role.name for role in negotiation.roles if role.name not in reserves or reaches_reserve(role.mandate, terms)
        )
        if all(reading.answer == "holds" for reading in book.read(terms)) and problem.quorum.is_enough(backing):
            found.add(places)
    return frozenset(found)


def fewest(negotiation: Negotiation, demands: tuple[Demand, ...]) -> int:
    """Return how many of the demands suffice for a contradiction, by trying all sets of them."""
    sizes = range(len(demands) + 1)
    return next(size for size in sizes for some in combinations(demands, size) if not agreed_in(negotiation, some))
