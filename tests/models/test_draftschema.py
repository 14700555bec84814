"""Does a schema allow what is legal now, and nothing else? For each moment of a small talk."""

from __future__ import annotations

from typing import Any, cast

from orchestrator.engine import view_of
from orchestrator.messages.draft import ACTS
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View
from orchestrator.models.draftschema import draft_schema, legal_acts
from orchestrator.testing.samples import sample_entries, sample_interruption, sample_session


def _view(role: str, *, offered: bool) -> View:
    return view_of(sample_session(sample_interruption() if offered else sample_entries(1)), RoleName(role))


def _at(schema: object, *path: str | int) -> Any:
    for step in path:
        schema = cast("Any", schema)[step]
    return schema


def test_without_offers_nothing_can_be_accepted() -> None:
    """At the beginning a role may propose, inform, ask and escalate."""
    assert legal_acts(_view("buyer", offered=False)) == ("propose", "inform", "query", "escalate")


def test_acts_follow_from_whose_offer_stands() -> None:
    """Who offered may withdraw; the other may accept and reject."""
    assert legal_acts(_view("buyer", offered=True)) == ("propose", "withdraw", "inform", "query", "escalate")
    assert legal_acts(_view("seller", offered=True)) == ("propose", "accept", "reject", "inform", "query", "escalate")


def test_schema_names_issues_offers_and_ranges() -> None:
    """The terms have every issue with its range, and the offer is one of those that stand."""
    schema = draft_schema(_view("seller", offered=True), ranges=True)
    assert _at(schema, "properties", "terms", "anyOf", 0) == {
        "type": "object",
        "properties": {
            "price": {"type": "integer", "minimum": 0, "maximum": 100, "description": "EUR from 0 to 100 in steps of 1"}
        },
        "required": ["price"],
        "additionalProperties": False,
    }
    assert _at(schema, "properties", "offer", "anyOf", 0, "enum") == ["m1-0001"]


def test_schema_is_closed_and_all_required() -> None:
    """Strict services want every key required and no other allowed."""
    schema = draft_schema(_view("buyer", offered=False), ranges=True)
    assert (schema["additionalProperties"], schema["required"]) == (False, list(_at(schema, "properties")))
    assert set(_at(schema, "properties", "act", "enum")) <= set(ACTS)


def test_without_ranges_no_figure_is_bounded() -> None:
    """Services that know no ranges get none; words still name them."""
    text = str(draft_schema(_view("buyer", offered=True), ranges=False))
    assert [word for word in ("minimum", "maximum") if word in text] == []
    assert "from 0 to 100" in text
