"""Does a schema allow what is legal now, and nothing else? For each moment of a small talk."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from guards.shape import read
from orchestrator.engine import view_of
from orchestrator.messages.draft import ACTS
from orchestrator.messages.negotiation import Fact
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View
from orchestrator.models.draftschema import draft_schema, exact_schema, legal_acts
from orchestrator.testing.samples import sample_entries, sample_interruption, sample_session
from tests.roles.stalls import full_terms, offer, propose
from tests.roles.stalls import view as stall_view


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


def _form(view: View, act: str) -> Any:
    return next(form for form in _at(exact_schema(view, 200), "anyOf") if form["properties"]["act"] == {"const": act})


def test_an_exact_schema_has_a_form_for_each_legal_act() -> None:
    """Each act has what it needs and nothing that it may not have; words fit the answer's tokens."""
    view = _view("seller", offered=True)
    acts = [_at(form, "properties", "act", "const") for form in _at(exact_schema(view, 200), "anyOf")]
    assert tuple(acts) == legal_acts(view)
    assert _form(view, "accept") == {
        "type": "object",
        "properties": {
            "notes": {"type": "string", "maxLength": 200},
            "act": {"const": "accept"},
            "offer": {"type": "string", "enum": ["m1-0001"]},
            "text": {"type": "string", "maxLength": 300},
            "evidence": {"type": "array", "items": {"type": "string"}, "maxItems": 0},
        },
        "required": ["act", "offer", "text"],
        "additionalProperties": False,
    }
    assert _at(_form(view, "propose"), "required") == ["act", "terms", "text"]
    assert list(_at(_form(view, "inform"), "properties")) == ["notes", "act", "text", "evidence"]


def test_only_the_own_offer_can_be_withdrawn() -> None:
    """An exact schema names for each act the offers that it may be about."""
    assert _at(_form(_view("buyer", offered=True), "withdraw"), "properties", "offer", "enum") == ["m1-0001"]


def test_few_figures_are_listed_and_many_have_a_range() -> None:
    """An exact schema keeps a model to the steps of a figure, as long as they are few."""
    view = _view("seller", offered=True)
    assert _at(_form(view, "propose"), "properties", "terms", "properties", "price", "maximum") == 100
    (price,) = view.agenda.issues
    issue = price.model_copy(update={"step": Decimal(25)})
    coarse = replace(view, agenda=replace(view.agenda, issues=(issue,)))
    assert _at(_form(coarse, "propose"), "properties", "terms", "properties", "price", "enum") == [0, 25, 50, 75, 100]


def test_a_fact_that_must_not_be_told_is_no_evidence() -> None:
    """No schema offers it as one; an offer may rest on it."""
    secret = Fact(
        name="purse",
        value="80",
        kind="number",
        says="the most",
        visible_to=(RoleName("buyer"),),
        source="plan",
        as_of=date(2027, 1, 1),
        disclose="never",
    )
    open_one = secret.model_copy(update={"name": "list_price", "disclose": "may"})
    view = replace(_view("buyer", offered=False), facts=(secret, open_one))
    schema = draft_schema(view, ranges=True)
    assert _at(schema, "properties", "evidence", "items", "enum") == ["list_price"]
    assert _at(schema, "properties", "assumes", "items", "enum") == ["purse", "list_price"]
    assert _at(_form(view, "propose"), "properties", "evidence", "items", "enum") == ["list_price"]


def _values(schema: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one for each kind of schema
    """Return what a schema of the kind used here allows."""
    match schema:
        case {"const": value}:
            return st.just(value)
        case {"enum": values}:
            return st.sampled_from(values)
        case {"maxLength": most}:
            return st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=most)
        case {"type": "array"}:
            return st.lists(_values(schema["items"]), max_size=schema["maxItems"])
        case {"type": "integer"}:
            return st.integers(schema["minimum"], schema["maximum"])
        case {"type": "boolean"}:
            return st.booleans()
        case {"properties": keys, "required": needed}:
            parts = {key: _values(part) for key, part in keys.items()}
            optional = {key: parts[key] for key in parts if key not in needed}
            return st.fixed_dictionaries({key: parts[key] for key in needed}, optional=optional)
        case _:
            return st.just("2027-03-10")


@given(st.data())
def test_what_an_exact_schema_allows_has_no_fault_of_shape(data: st.DataObject) -> None:
    """Every draft of such a form is read without a finding, whatever the act."""
    move = propose(0, full_terms(40))
    seen = stall_view([move], [offer(move)], role="seller")
    draft = data.draw(st.sampled_from(_at(exact_schema(seen, 50), "anyOf")).flatmap(_values))
    assert read(json.dumps(draft), seen).findings == ()
