"""Which negotiations are small enough to try every outcome? Strategies for them, and what trying every outcome gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from guards.cel import rule_book
from guards.rulesource import names_in
from orchestrator.analysis.tables import Asking
from orchestrator.messages.negotiation import (
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
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms
from orchestrator.messages.utility import utility
from orchestrator.messages.value import IssueName, RoleName

__all__ = ["Tried", "asking_of", "keeps", "negotiation_of", "negotiations", "tried"]

PRICE, COUNT, MONTHS = IssueName("price"), IssueName("count"), IssueName("months")
COLOUR, START, EXPRESS = IssueName("colour"), IssueName("start"), IssueName("express")
_ISSUES: tuple[Issue, ...] = (
    NumberIssue(name=PRICE, min=Decimal("1.00"), max=Decimal("2.00"), step=Decimal("0.25")),
    ChoiceIssue(name=COLOUR, options=("red", "green", "blue")),
    NumberIssue(name=COUNT, min=Decimal(0), max=Decimal(40), step=Decimal(10)),
    DateIssue(name=START, min=date(2027, 1, 4), max=date(2027, 1, 7)),
    ChoiceIssue(name=MONTHS, options=("12", "6", "24"), numeric=True),
    FlagIssue(name=EXPRESS),
)
_RULES = (
    "price * count <= 45.0",
    "price + count / 10.0 + months / 12.0 <= 5.0",
    "count >= 10",
    'colour != "red" || count <= 20',
    'colour in ["green", "blue"] || express',
    '!express || start > "2027-01-04"',
    "months == 12 || price >= 1.5",
    'start < "2027-01-06" ? price < 2.0 : count > 0',
    "count >= 10 && count <= 30",
    'months * count >= 100.0 || colour == "blue"',
)
_BEYOND = ("[6.0, 12.0].exists(m, m == months)", 'colour.startsWith("b") || count < 30')
"""Rules that no table of arrays can say."""

_WEIGHTS = st.sampled_from([0.1, 0.2, 0.25, 0.3, 0.45, 1.0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """Every permitted outcome, in the order of the file, with its utilities."""

    terms: tuple[Terms, ...]
    utilities: tuple[tuple[float, ...], ...]


def negotiations(*, roles: int | None = None, beyond: bool = False) -> st.SearchStrategy[Negotiation]:
    """Return negotiations of two to five issues, one to four roles, and a few rules."""
    return (
        st.integers(2, 5)
        .flatmap(
            lambda count: st.lists(st.sampled_from(_ISSUES), min_size=count, max_size=count, unique_by=lambda issue: issue.name)
        )
        .flatmap(lambda issues: _negotiations(tuple(issues), roles, beyond=beyond))
    )


def _negotiations(issues: tuple[Issue, ...], roles: int | None, *, beyond: bool) -> st.SearchStrategy[Negotiation]:
    names = {issue.name for issue in issues}
    known = [text for text in (*_RULES, *(_BEYOND if beyond else ())) if names_in(text) & _NAMES <= names]
    texts = st.lists(st.sampled_from(known), max_size=4, unique=True) if known else st.just([])
    seats = st.integers(1, 4) if roles is None else st.just(roles)
    mandates = seats.flatmap(lambda count: st.lists(_mandates(issues), min_size=count, max_size=count))
    return st.builds(negotiation_of, st.just(issues), texts, mandates)


_NAMES = frozenset(issue.name for issue in _ISSUES)


def negotiation_of(issues: tuple[Issue, ...], rules: list[str], mandates: list[Mandate]) -> Negotiation:
    """Return a negotiation; every second rule is a limit of the first role."""
    laws = [Rule(id=f"r{number}", rule=text) for number, text in enumerate(rules)]
    seats = [
        Role(
            name=RoleName(f"role{number}"),
            prompt="x.md",
            mandate=mandate.model_copy(update={"limits": tuple(laws[1::2])}) if number == 0 else mandate,
        )
        for number, mandate in enumerate(mandates)
    ]
    return Negotiation(
        name="small",
        title="A small one",
        pattern="concession",
        issues=issues,
        roles=tuple(seats),
        policies=tuple(laws[::2]),
        stop=Stop(rounds=5),
    )


def _mandates(issues: tuple[Issue, ...]) -> st.SearchStrategy[Mandate]:
    worths = st.lists(st.sampled_from(issues), max_size=4, unique_by=lambda issue: issue.name).flatmap(
        lambda own: st.tuples(*(_worth(issue) for issue in own))
    )
    return st.builds(Mandate, reserve=st.sampled_from([0.0, 0.1, 0.3]), worths=worths)


def _worth(issue: Issue) -> st.SearchStrategy[Worth]:
    match issue:
        case NumberIssue():
            ends = st.integers(-1, 5).map(lambda place: issue.min + place * issue.step)
            return st.builds(LinearNumber, issue=st.just(issue.name), weight=_WEIGHTS, best=ends, worst=ends)
        case DateIssue():
            days = st.integers(-1, 4).map(lambda place: issue.min + timedelta(days=place))
            return st.builds(LinearDay, issue=st.just(issue.name), weight=_WEIGHTS, best=days, worst=days)
        case _:
            options = issue.options if isinstance(issue, ChoiceIssue) else ("true", "false")
            values = st.tuples(*(st.tuples(st.just(option), st.sampled_from([0.0, 0.3, 0.7, 1.0])) for option in options))
            return st.builds(ByOption, issue=st.just(issue.name), weight=_WEIGHTS, values=values)


def tried(negotiation: Negotiation) -> Tried:
    """Return all outcomes that no rule forbids, tried one by one as the guards would."""
    permits = keeps(negotiation)
    terms = tuple(found for found in product(*(_terms(issue) for issue in negotiation.issues)) if permits(found))
    mandates = [role.mandate for role in negotiation.roles]
    return Tried(terms=terms, utilities=tuple(tuple(utility(mandate, found) for mandate in mandates) for found in terms))


def keeps(negotiation: Negotiation) -> Callable[[Terms], bool]:
    """Return the question whether complete terms keep all policies and limits."""
    limits = tuple(limit for role in negotiation.roles for limit in role.mandate.limits)
    book = rule_book(negotiation.issues, (*negotiation.policies, *limits))
    return lambda terms: all(reading.answer == "holds" for reading in book.read(terms))


def asking_of(negotiation: Negotiation) -> Asking:
    """Return how rules are read one by one."""
    return Asking(
        names=lambda rule: names_in(rule.rule),
        holds=lambda rule, terms: rule_book(negotiation.issues, (rule,)).read(terms)[0].answer == "holds",
    )


def _terms(issue: Issue) -> list[Term]:
    match issue:
        case NumberIssue():
            count = int((issue.max - issue.min) / issue.step) + 1
            return [Number(issue=issue.name, value=issue.min + place * issue.step) for place in range(count)]
        case ChoiceIssue():
            if issue.numeric:
                return [Number(issue=issue.name, value=Decimal(option)) for option in issue.options]
            return [Choice(issue=issue.name, value=option) for option in issue.options]
        case DateIssue():
            days = (issue.max - issue.min).days + 1
            return [Day(issue=issue.name, value=issue.min + timedelta(days=place)) for place in range(days)]
        case FlagIssue():
            return [Flag(issue=issue.name, value=value) for value in (False, True)]
