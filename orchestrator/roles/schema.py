"""Which JSON Schema do editors check a negotiation file with? One made from the forms that read it."""

from __future__ import annotations

import ast
import json
from inspect import getsource
from itertools import pairwise
from textwrap import dedent
from typing import TypeAlias

from orchestrator.messages.value import Value
from orchestrator.roles.breakerform import BreakersForm
from orchestrator.roles.budgetform import BudgetsForm, TakeForm
from orchestrator.roles.form import (
    AgreementForm,
    ChoiceIssueForm,
    ContextForm,
    DateIssueForm,
    FactForm,
    FlagIssueForm,
    HeadForm,
    NumberIssueForm,
    RoleForm,
    RuleForm,
    SpendForm,
    StopForm,
    UtilityForm,
    WordPolicyForm,
    WorthForm,
)
from orchestrator.roles.gateform import GateForm
from orchestrator.roles.handoverform import HandOverForm
from orchestrator.roles.sectiontable import SECTION_FORMS
from orchestrator.roles.triggerform import TriggerForm

__all__ = ["SCHEMA_FILE", "Json", "Schema", "schema", "schema_text"]

_ISSUES = (NumberIssueForm, ChoiceIssueForm, DateIssueForm, FlagIssueForm)
SCHEMA_FILE = "negotiation.schema.json"

Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Schema: TypeAlias = dict[str, Json]
"""A schema, or a part of one."""


def schema() -> Schema:
    """Return the schema of `negotiation.yaml`. What it can't say, `handfast validate` says."""
    parts: Schema = {
        "issues": _named(_any_of(*_ISSUES), "What is negotiable.", least=1),
        "facts": _named(_form(FactForm), "What may be cited, by whom, and where it comes from."),
        "roles": _named(_role(), "Who negotiates, in the order of their turns.", least=2),
        "policies": _listed(
            {"oneOf": [_form(RuleForm), _form(WordPolicyForm)]},
            "Rules that all roles know and no offer and no words may break.",
        ),
        "gates": _listed(_form(GateForm), "What a person must approve before it binds."),
        "agreement": _form(AgreementForm),
        "stop": _form(StopForm),
        "spend": _form(SpendForm),
        "breakers": _form(BreakersForm),
        "budgets": _budgets(),
        "triggers": _listed(_form(TriggerForm), "What reopens an agreement by itself: a fact's bound, a day, a time."),
        **{name: _form(form) for name, form in SECTION_FORMS.items()},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A negotiation",
        **_with(_form(HeadForm), parts),
        "description": "A negotiation file of handfast: who negotiates what, under which rules.",
        "required": ["name", "title", "pattern", "issues", "roles", "stop"],
    }


def schema_text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _role() -> Schema:
    worths = _named(_form(WorthForm), "What each issue is worth.", least=1)
    limits = _listed(_form(RuleForm), "What this role may propose or accept; known to it alone.")
    utility = _with(_form(UtilityForm), {"issues": worths})
    bounds: Schema = {"spend": _form(SpendForm), "context": _form(ContextForm), "hand_over": _form(HandOverForm)}
    return _with(_form(RoleForm), {"limits": limits, **bounds, "utility": {**utility, "required": ["issues"]}})


def _budgets() -> Schema:
    takes = _listed(_form(TakeForm), "How much of which pot.")
    return {**_with(_form(BudgetsForm), {"takes": {**takes, "minItems": 1}}), "required": ["file", "takes"]}


def _with(form: Schema, parts: Schema) -> Schema:
    """Return the schema of a form that has these parts besides."""
    properties: Schema = {**_properties(form), **parts}
    return {**form, "properties": properties}


def _form(form: type[Value]) -> Schema:
    made = _whole(form.model_json_schema())
    said = _said(form)
    properties: Schema = {key: {**said.get(key, {}), **_property(value)} for key, value in _properties(made).items()}
    return {**{key: value for key, value in made.items() if key != "title"}, "properties": properties}


def _whole(made: Schema) -> Schema:
    """Return a schema with every form that it refers to in its place, so that it can stand inside another."""
    kinds = made.pop("$defs", {})

    def placed(part: Json) -> Json:
        if isinstance(part, list):
            return [placed(item) for item in part]
        if not isinstance(part, dict):
            return part
        named = str(part.get("$ref", "")).removeprefix("#/$defs/")
        kind = kinds.get(named) if isinstance(kinds, dict) else None
        if isinstance(kind, dict):
            return placed({**kind, **{key: value for key, value in part.items() if key != "$ref"}})
        return {key: placed(value) for key, value in part.items()}

    found = placed(made)
    return found if isinstance(found, dict) else {}


def _said(form: type[Value]) -> dict[str, Schema]:
    """Return what the docstrings under the fields of a form and of what it extends say, as descriptions."""
    said: dict[str, Schema] = {}
    for kind in reversed(form.__mro__[: form.__mro__.index(Value)]):
        (tree,) = ast.parse(dedent(getsource(kind))).body
        for field, below in pairwise(tree.body if isinstance(tree, ast.ClassDef) else ()):
            match field, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    said[name] = {"description": text}
                case _:
                    pass
    return said


def _property(made: Json) -> Schema:
    """Return a property without the title that repeats its key, and without the null that stands for leaving it out."""
    if not isinstance(made, dict):
        return {}
    kept = {key: value for key, value in made.items() if key not in {"title", "anyOf", "default"}}
    options = made.get("anyOf")
    values = [option for option in options if option != {"type": "null"}] if isinstance(options, list) else []
    if len(values) == 1 and isinstance(values[0], dict):
        kept = {**kept, **values[0]}
    elif values:
        kept["anyOf"] = values
    default = made.get("default")
    if default is not None:
        kept["default"] = json.loads(default) if kept.get("type") == "number" and isinstance(default, str) else default
    return kept


def _any_of(*forms: type[Value]) -> Schema:
    return {"oneOf": [_form(form) for form in forms]}


def _named(value: Schema, description: str, *, least: int = 0) -> Schema:
    bounds: Schema = {"minProperties": least} if least else {}
    return {"description": description, "type": "object", "additionalProperties": value, **bounds}


def _listed(item: Schema, description: str) -> Schema:
    return {"description": description, "type": "array", "items": item}


def _properties(form: Schema) -> Schema:
    properties = form["properties"]
    return properties if isinstance(properties, dict) else {}
