"""Is the amount of an offer exact? Rows of a table, and against CEL, which counts in floats."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.amount import MAX_DEPTH, CannotRead, read_amount
from guards.celenv import Program, compile_source, environment
from guards.rulesource import with_doubles
from guards.takes import take_book
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Negotiation, NumberIssue
from orchestrator.messages.pot import Budgets, Pot, Take, Taken
from orchestrator.messages.terms import Choice, Day, Flag, Number
from orchestrator.messages.value import IssueName
from orchestrator.testing.samples import sample_negotiation

_ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "tables" / "amounts.jsonl").read_text(encoding="utf-8").splitlines()
]
_ISSUES = (
    NumberIssue(name=IssueName("price"), min=Decimal(0), max=Decimal(100)),
    NumberIssue(name=IssueName("hours"), min=Decimal(0), max=Decimal(100)),
    ChoiceIssue(name=IssueName("colour"), options=("red", "blue")),
    FlagIssue(name=IssueName("rush")),
    DateIssue(name=IssueName("start"), min=date(2026, 1, 1), max=date(2026, 12, 31)),
)
_TERMS = (
    Number(issue=IssueName("price"), value=Decimal(40)),
    Choice(issue=IssueName("colour"), value="red"),
    Flag(issue=IssueName("rush"), value=True),
    Day(issue=IssueName("start"), value=date(2026, 1, 15)),
)


def _negotiation(amount: str, step: str = "0.01") -> Negotiation:
    pot = Pot(name="purse", title="money", size=Decimal(1000), step=Decimal(step))
    budgets = Budgets(file="budgets.yaml", pots=(pot,), takes=(Take(pot="purse", amount=amount),))
    return sample_negotiation().model_copy(update={"issues": _ISSUES, "budgets": budgets})


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["id"])
def test_amount(row: dict[str, str]) -> None:
    """Each expression gives what its row says, or the reason why it gives nothing."""
    book = take_book(_negotiation(row["amount"]))
    assert book is not None
    amount = Decimal(row["gives"]) if "gives" in row else None
    assert book(_TERMS) == (Taken("purse", amount, row.get("problem", "")),)


def test_a_negotiation_without_pots_takes_nothing() -> None:
    """There is nothing to read where no budgets are."""
    assert take_book(sample_negotiation()) is None


@pytest.mark.parametrize(("step", "gives"), [("1", "34"), ("5", "35"), ("0.5", "33.5"), ("0.001", "33.334")])
def test_amounts_are_rounded_up_to_the_step_of_their_pot(step: str, gives: str) -> None:
    """A part of a step takes the whole of it."""
    book = take_book(_negotiation("(price + 60) / 3", step))
    assert book is not None
    assert book(_TERMS) == (Taken("purse", Decimal(gives)),)


def test_a_pot_without_a_step_gives_nothing() -> None:
    """Files cannot say it; where it is so all the same, no amount is known."""
    book = take_book(_negotiation("price", "0"))
    assert book is not None
    assert book(_TERMS) == (Taken("purse", None, "its pot has no step"),)


@pytest.mark.parametrize("source", ["(" * (MAX_DEPTH + 2) + "price" + ")" * (MAX_DEPTH + 2), "-" * 60 + "1"])
def test_depth_is_bounded(source: str) -> None:
    """Whatever is nested too deeply is refused before it can take long."""
    with pytest.raises(CannotRead, match=r"^it is nested too deeply$"):
        read_amount(source)


def test_what_is_added_is_known_by_its_names() -> None:
    """Issues that stand as plain addends must have the unit of the pot; factors and conditions need not."""
    amount = read_amount("price - hours + (rush ? price : spare * 3)")
    assert (amount.names, amount.units) == ({"price", "hours", "rush", "spare"}, {"price", "hours"})


_SOURCES = st.recursive(
    st.one_of(st.integers(0, 50).map(str), st.sampled_from(["price", "hours", "0.25", "1.5"])),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"{parts[0]} {parts[1]} {parts[2]}"),
        inner.map(lambda part: f"-({part})"),
        st.tuples(inner, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), inner, inner, inner).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]} ? {parts[3]} : {parts[4]})"
        ),
        st.tuples(inner, inner, inner).map(lambda parts: f"(rush && {parts[0]} > 3 || !rush ? {parts[1]} : {parts[2]})"),
    ),
    max_leaves=8,
)


@given(source=_SOURCES, price=st.integers(0, 100), hours=st.integers(1, 100), rush=st.booleans())
def test_amounts_are_what_cel_says(source: str, price: int, hours: int, *, rush: bool) -> None:
    """Exact values lie where CEL's floats lie, whatever the expression: both read the same language."""
    try:
        value = read_amount(source).of({"price": Fraction(price), "hours": Fraction(hours), "rush": rush})
    except CannotRead as error:
        assert str(error) == "it divides by 0"  # noqa: PT017 - the only reason that such a source can have
        return
    program = compile_source(environment(_ISSUES), with_doubles(source))
    assert isinstance(program, Program)
    result = program.run({"price": float(price), "hours": float(hours), "rush": rush})
    if "?" not in source:
        # A comparison of nearly equal values may go either way in floats.
        assert isinstance(result, float)
        assert isclose(result, float(value), rel_tol=1e-9, abs_tol=1e-9)
