"""Can a partial plan be completed? Each row of the table is; a plan that is found keeps what the role must keep."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.permits import permits_of
from orchestrator.analysis.completing import plan_search
from orchestrator.messages.completing import Completion
from orchestrator.messages.utility import reaches_reserve
from orchestrator.messages.value import RoleName
from tests.corpus import negotiation_of, terms_of

THEATRE = negotiation_of(Path("tests/corpora/scenarios/theatre.yaml"))
SEARCH = plan_search(THEATRE)
ROWS = [json.loads(line) for line in Path("tests/tables/partial-plans.jsonl").read_text(encoding="utf-8").splitlines()]


def _obstacles(completion: Completion) -> list[str]:
    return [f"{each.kind} {each.rule.id}" if each.rule else each.kind for each in completion.obstacles]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_partial_plan_is_answered(row: dict[str, Any]) -> None:
    """Partial terms can be completed, or a smallest set of rules that the role may know leaves no room."""
    completion = SEARCH(row["role"], terms_of(THEATRE, row["terms"]))
    assert (completion.answer, _obstacles(completion)) == (row["answer"], row["obstacles"])


@given(
    role=st.sampled_from([role.name for role in THEATRE.roles]),
    cases=st.integers(20, 120),
    weekend=st.booleans(),
    beds=st.integers(10, 60),
)
@settings(max_examples=30)
def test_plan_contains_the_terms_and_keeps_what_it_must(role: RoleName, cases: int, weekend: bool, beds: int) -> None:  # noqa: FBT001 - drawn
    """A plan that is found has all issues, the terms as they were, and the policies and mandate of the role behind it."""
    partial = terms_of(THEATRE, {"elective_cases": cases, "weekend_list": weekend, "beds_reserved": beds})
    completion = SEARCH(role, partial)
    assert completion == SEARCH(role, partial)
    if completion.answer == "possible":
        mandate = next(each.mandate for each in THEATRE.roles if each.name == role)
        assert set(partial) <= set(completion.terms)
        assert [term.issue for term in completion.terms] == [issue.name for issue in THEATRE.issues]
        assert permits_of(THEATRE)(role, completion.terms)
        assert reaches_reserve(mandate, completion.terms)
    else:
        assert completion.obstacles or completion.why


def test_value_off_the_grid_is_undecided() -> None:
    """A value that its issue cannot take is for the guard of policies to refuse."""
    completion = SEARCH(RoleName("surgery"), terms_of(THEATRE, {"theatre_hours": 61}))
    assert completion == Completion(answer="undecided", why="a value is none that its issue takes")
