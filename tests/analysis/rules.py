"""Which issues, values and rules may a reader of rules meet? Strategies for them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.terms import Choice, Day, Flag, Number, Terms
from orchestrator.messages.value import IssueName

__all__ = ["AGENDA", "EDGE", "outcomes", "rules"]

PRICE, COUNT, SHARE = IssueName("price"), IssueName("count"), IssueName("share")
REGION, START, EXPRESS = IssueName("region"), IssueName("start"), IssueName("express")
AGENDA: tuple[Issue, ...] = (
    NumberIssue(name=PRICE, min=Decimal("0.10"), max=Decimal("3.00"), step=Decimal("0.05")),
    NumberIssue(name=COUNT, min=Decimal(-2), max=Decimal(40), step=Decimal(1)),
    ChoiceIssue(name=SHARE, options=("30", "60", "2.5"), numeric=True),
    ChoiceIssue(name=REGION, options=("eu-west", "eu-central", "us")),
    DateIssue(name=START, min=date(2026, 12, 28), max=date(2027, 1, 6)),
    FlagIssue(name=EXPRESS),
)
EDGE: Terms = (
    Number(issue=PRICE, value=Decimal("0.10")),
    Number(issue=COUNT, value=Decimal(0)),
    Number(issue=SHARE, value=Decimal("2.5")),
    Choice(issue=REGION, value="us"),
    Day(issue=START, value=date(2027, 1, 1)),
    Flag(issue=EXPRESS, value=False),
)
"""A price that makes sums of decimals which doubles miss, and a count that nothing can be divided by."""
_FIGURES = ("0", "1", "2", "3.0", "0.1", "0.2", "0.3", "12", "2.5", "30", "60", "1e1", ".5")
_TEXTS = ('"eu-west"', "'us'", '"2027-01-01"', '"2026-12-31"', 'r"eu-central"', '""')


def outcomes() -> st.SearchStrategy[Terms]:
    """Return full sets of terms of the agenda."""
    return st.tuples(
        st.integers(0, 58).map(lambda place: Number(issue=PRICE, value=Decimal("0.10") + place * Decimal("0.05"))),
        st.integers(-2, 40).map(lambda count: Number(issue=COUNT, value=Decimal(count))),
        st.sampled_from(("30", "60", "2.5")).map(lambda share: Number(issue=SHARE, value=Decimal(share))),
        st.sampled_from(("eu-west", "eu-central", "us")).map(lambda region: Choice(issue=REGION, value=region)),
        st.integers(0, 9).map(lambda days: Day(issue=START, value=date(2026, 12, 28) + timedelta(days=days))),
        st.booleans().map(lambda express: Flag(issue=EXPRESS, value=express)),
    )


def _numbers(depth: int) -> st.SearchStrategy[str]:
    plain = st.sampled_from((PRICE, COUNT, SHARE, *_FIGURES))
    if not depth:
        return plain
    part = _numbers(depth - 1)
    reckoned = st.tuples(part, st.sampled_from((" + ", "-", " * ", "/")), part).map("".join)
    picked = st.tuples(_truths(depth - 1), part, part).map(lambda parts: f"(({parts[0]}) ? {parts[1]} : {parts[2]})")
    return plain | reckoned | reckoned.map("({})".format) | part.map("-({})".format) | picked


def _texts(depth: int) -> st.SearchStrategy[str]:
    plain = st.sampled_from((REGION, START, *_TEXTS))
    if not depth:
        return plain
    part = _texts(depth - 1)
    return plain | st.tuples(_truths(depth - 1), part, part).map(lambda parts: f"(({parts[0]}) ? {parts[1]} : {parts[2]})")


def _truths(depth: int) -> st.SearchStrategy[str]:
    orders = st.sampled_from(("==", "!=", " <", "<= ", " > ", ">="))
    plain = (
        st.sampled_from(("express", "true", "false"))
        | st.tuples(_numbers(0), orders, _numbers(0)).map("".join)
        | st.tuples(_texts(0), orders, _texts(0)).map("".join)
    )
    if not depth:
        return plain
    truth = _truths(depth - 1)
    numbers, texts = _numbers(depth - 1), _texts(depth - 1)
    return (
        plain
        | st.tuples(numbers, orders, numbers).map("".join)
        | st.tuples(texts, orders, texts).map("".join)
        | st.tuples(truth, st.sampled_from((" && ", "||")), truth).map("".join)
        | truth.map("!({})".format)
        | truth.map("({})".format)
        | st.tuples(truth, st.sampled_from((" == ", "!=")), truth).map(lambda parts: f"({parts[0]}){parts[1]}({parts[2]})")
        | st.tuples(numbers, st.lists(numbers, min_size=1, max_size=3).map(", ".join)).map(lambda of: f"{of[0]} in [{of[1]}]")
        | st.tuples(texts, st.lists(texts, min_size=1, max_size=3).map(", ".join)).map(lambda of: f"{of[0]} in [{of[1]},]")
        | st.tuples(truth, truth, truth).map(lambda parts: f"({parts[0]}) ? ({parts[1]}) : {parts[2]}")
    )


def rules() -> st.SearchStrategy[str]:
    """Return texts of rules over the agenda, of all that a tree can hold."""
    return _truths(2)
