"""Which negotiations may there be? Small ones of all kinds of issues, with mandates that nobody has thought about."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from orchestrator.messages.gate import Gate
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
from orchestrator.messages.value import IssueName, RoleName

__all__ = ["negotiations"]

_FIRST_DAY = date(2026, 9, 1)
_OPTIONS = ("red", "green", "blue")


@st.composite
def negotiations(draw: st.DrawFn) -> Negotiation:
    """Draw a negotiation of two to four roles about one to four issues, with limits, policies, gates and a quorum or none."""
    issues = tuple(draw(_issue(number)) for number in range(draw(st.integers(1, 4))))
    names = tuple(RoleName(name) for name in ("ada", "ben", "cleo", "dan")[: draw(st.integers(2, 4))])
    return Negotiation(
        name="drawn",
        title="Drawn",
        pattern="trade_space",
        issues=issues,
        roles=tuple(Role(name=name, prompt=f"{name}.md", mandate=draw(_mandate(issues))) for name in names),
        policies=draw(_rules(issues, "policy")),
        gates=tuple(Gate(id=rule.id, when=rule.rule, approver="Ada") for rule in draw(_rules(issues, "gate"))),
        agreement=draw(_agreement(names)),
        stop=Stop(
            rounds=draw(st.integers(1, 12)), offer_ttl_rounds=draw(st.integers(1, 4)), unchanged_rounds=draw(st.integers(1, 6))
        ),
    )


@st.composite
def _issue(draw: st.DrawFn, number: int) -> Issue:
    name = IssueName(f"{draw(st.sampled_from(('price', 'launch', 'shape')))}_{number}")
    match draw(st.sampled_from(("number", "numeric", "choice", "date", "flag"))):
        case "number":
            low = draw(st.integers(-50, 50))
            step = draw(st.sampled_from((Decimal(1), Decimal(5), Decimal("0.5"))))
            return NumberIssue(name=name, unit="EUR", min=Decimal(low), max=Decimal(low + draw(st.integers(0, 500))), step=step)
        case "numeric":
            return ChoiceIssue(name=name, options=("14", "30", "60"), numeric=True)
        case "choice":
            return ChoiceIssue(name=name, options=_OPTIONS)
        case "date":
            return DateIssue(name=name, min=_FIRST_DAY, max=_FIRST_DAY + timedelta(days=draw(st.integers(0, 60))))
        case _:
            return FlagIssue(name=name)


@st.composite
def _mandate(draw: st.DrawFn, issues: tuple[Issue, ...]) -> Mandate:
    weights = draw(st.lists(st.integers(0, 4), min_size=len(issues), max_size=len(issues)))
    total = sum(weights)
    worths = tuple(draw(_worth(issue, weight / total)) for issue, weight in zip(issues, weights, strict=True) if weight)
    return Mandate(
        limits=draw(_rules(issues, "limit")),
        reserve=draw(st.sampled_from((0.0, 0.2, 0.4, 0.7))) if worths else 0.0,
        worths=worths,
    )


@st.composite
def _worth(draw: st.DrawFn, issue: Issue, weight: float) -> Worth:
    if isinstance(issue, NumberIssue):
        best, worst = draw(st.permutations((issue.min, issue.max)))
        return LinearNumber(issue=issue.name, weight=weight, best=best, worst=worst)
    if isinstance(issue, DateIssue):
        first, last = draw(st.permutations((issue.min, issue.max)))
        return LinearDay(issue=issue.name, weight=weight, best=first, worst=last)
    options = issue.options if isinstance(issue, ChoiceIssue) else ("true", "false")
    return ByOption(
        issue=issue.name, weight=weight, values=tuple((option, draw(st.sampled_from((0.0, 0.5, 1.0)))) for option in options)
    )


@st.composite
def _rules(draw: st.DrawFn, issues: tuple[Issue, ...], name: str) -> tuple[Rule, ...]:
    chosen = draw(st.lists(st.sampled_from(issues), max_size=2))
    return tuple(Rule(id=f"{name}-{number}", rule=draw(_rule(issue))) for number, issue in enumerate(chosen))


@st.composite
def _rule(draw: st.DrawFn, issue: Issue) -> str:
    match issue:
        case NumberIssue():
            bound = float(issue.min) + draw(st.integers(0, 10)) / 10 * float(issue.max - issue.min)
            return f"{issue.name} {draw(st.sampled_from(('<=', '>=')))} {bound:.2f}"
        case ChoiceIssue(numeric=True):
            return f"{issue.name} {draw(st.sampled_from(('<=', '>=')))} 30.0"
        case ChoiceIssue():
            return f'{issue.name} != "{draw(st.sampled_from(_OPTIONS))}"'
        case DateIssue():
            return f'{issue.name} {draw(st.sampled_from(("<=", ">=")))} "2026-09-15"'
        case _:
            return f"{draw(st.sampled_from(('', '!')))}{issue.name}"


@st.composite
def _agreement(draw: st.DrawFn, names: tuple[RoleName, ...]) -> Agreement:
    if draw(st.booleans()):
        return Agreement()
    quorum = draw(st.integers(1, len(names)))
    return Agreement(needs="quorum", quorum=quorum, always=names[: draw(st.integers(0, 1))])
