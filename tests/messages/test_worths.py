"""What is an agreement worth to a role? Straight lines, options, and the worst for what is left open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from pydantic import TypeAdapter

from orchestrator.messages.negotiation import Mandate, Worth
from orchestrator.messages.terms import Term, Terms
from orchestrator.messages.utility import reaches_reserve, utility, worth
from tests.messages.anything import any_of

TABLE = Path(__file__).parents[1] / "tables" / "messages" / "worths.jsonl"
ROWS = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
MEASURE: TypeAdapter[Worth] = TypeAdapter(Worth)
TERM: TypeAdapter[Term] = TypeAdapter(Term)
TERMS: TypeAdapter[Terms] = TypeAdapter(Terms)

MANDATE = Mandate.model_validate(
    {
        "reserve": 0.4,
        "worths": [
            {"kind": "number", "issue": "spend", "weight": 0.5, "best": 0, "worst": 100},
            {"kind": "date", "issue": "launch", "weight": 0.2, "best": "2026-10-11", "worst": "2026-10-01"},
            {"kind": "options", "issue": "format", "weight": 0.3, "values": [["static", 0.2], ["video", 1.0]]},
        ],
    }
)
SPEND = {"kind": "number", "issue": "spend", "value": 40}
LAUNCH = {"kind": "date", "issue": "launch", "value": "2026-10-06"}
VIDEO = {"kind": "choice", "issue": "format", "value": "video"}
OTHER = {"kind": "number", "issue": "hours", "value": 40}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_term_is_worth_what_its_table_says(row: dict[str, Any]) -> None:
    """One term by one measure is worth what the table says, from 0 to 1."""
    assert worth(MEASURE.validate_python(row["measure"]), TERM.validate_python(row["term"])) == pytest.approx(row["worth"])


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        pytest.param([SPEND, LAUNCH, VIDEO], 0.3 + 0.1 + 0.3, id="all"),
        pytest.param([VIDEO, SPEND, LAUNCH], 0.3 + 0.1 + 0.3, id="all-in-another-order"),
        pytest.param([SPEND, LAUNCH], 0.3 + 0.1 + 0.06, id="an-open-choice-counts-as-its-worst-option"),
        pytest.param([VIDEO], 0.3, id="open-lines-count-as-nothing"),
        pytest.param([], 0.06, id="all-open"),
        pytest.param([SPEND, LAUNCH, VIDEO, OTHER], 0.7, id="what-it-does-not-value-counts-as-nothing"),
    ],
)
def test_utility_is_the_weighted_sum(terms: list[dict[str, Any]], expected: float) -> None:
    """The utility of terms is the sum of weight times worth over the issues that the role values."""
    assert utility(MANDATE, TERMS.validate_python(terms)) == pytest.approx(expected)


def test_role_that_values_nothing_gets_nothing_from_anything() -> None:
    """Without worths every agreement is worth 0, and a reserve of 0 is reached by it."""
    terms = TERMS.validate_python([SPEND])
    assert (utility(Mandate(), terms), reaches_reserve(Mandate(), terms)) == (0, True)


@pytest.mark.parametrize(("spend", "reached"), [(61, False), (60, True), (59, True)])
def test_reserve_is_reached_where_it_is_met(spend: int, reached: bool) -> None:  # noqa: FBT001 - a column of a table
    """Terms that are worth exactly the reserve reach it, whatever floating point makes of the sum."""
    terms = TERMS.validate_python([{**SPEND, "value": spend}, LAUNCH, {**VIDEO, "value": "nothing"}])
    mandate = MANDATE.model_copy(update={"reserve": 0.1 + 0.2})
    assert reaches_reserve(mandate, terms) is reached


@given(any_of(Worth), any_of(Term))
def test_worth_of_a_line_stays_between_nothing_and_all(measure: Worth, term: Term) -> None:
    """Whatever is offered, a line never leaves 0 to 1, and options give only what they list."""
    found = worth(measure, term)
    listed = [value for _, value in measure.values] if measure.kind == "options" else []
    assert found in {0.0, *listed} if listed else 0.0 <= found <= 1.0
