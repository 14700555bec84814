"""Which drafts may a role write now? A JSON Schema for its moment, in steps for services that know less of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, TypeAlias, assert_never

from orchestrator.messages.auction import Auction
from orchestrator.messages.draft import Act
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.pattern import TradeSpace
from orchestrator.messages.view import View

__all__ = ["SHAPES", "Schema", "Shape", "draft_schema", "exact_schema", "legal_acts"]

Schema: TypeAlias = dict[str, object]

Shape: TypeAlias = Literal["exact", "strict", "plain", "object", "text"]
"""How an answer's form is asked for: a schema for each act; one schema with ranges; without them; any JSON object; only by
the prompt."""

SHAPES: tuple[Shape, ...] = ("exact", "strict", "plain", "object", "text")
"""From the closest to none. The guards hold whatever the service makes of it."""

_NULL: Schema = {"type": "null"}

_MOST_VALUES = 64
"""Steps of a figure that are listed one by one."""

_MOST_CHARACTERS = 1_500
"""Of words in an exact schema: servers that make a grammar of it refuse long repetitions."""


def draft_schema(view: View, *, ranges: bool) -> Schema:
    """Return the schema of the drafts that are legal for the role now; with `ranges`, figures have their bounds."""
    acts = legal_acts(view)
    offers = [offer.id for offer in view.offers]
    facts = [fact.name for fact in view.facts]
    rounds = _rounds(view)
    share: Schema = {"type": "number", "minimum": 0, "maximum": 1}
    return _closed(
        {
            "notes": {"type": "string", "description": "private reasoning; nobody else reads it"},
            "act": {"type": "string", "enum": list(acts)},
            "terms": _or_null(_terms(view, ranges=ranges), "for propose: a value for every issue; else null"),
            "offer": _or_null(_one_of(offers), "for accept, reject and withdraw: the offer's id; else null")
            if offers
            else _NULL,
            "text": {"type": "string", "description": "what the other roles read"},
            "evidence": _some_of(_citable(view), "facts that the text cites"),
            "assumes": _some_of(facts, "facts that the offer rests on"),
            "expires": _or_null(rounds if ranges else {"type": "integer"}, "rounds that the offer stands"),
            "confidence": _or_null(share if ranges else {"type": "number"}, "from 0 to 1"),
            **_package(view),
        }
    )


def exact_schema(view: View, reply: int) -> Schema:
    """Return a schema with one form for each legal act, and words short enough for an answer of so many tokens.

    Services with forms of their own take no choice at the top; servers that make a grammar of a schema do.
    """
    return {"anyOf": [_exact(act, view, reply) for act in legal_acts(view)]}


def legal_acts(view: View) -> tuple[Act, ...]:
    """Return the acts that the rules of the table, or of its auction, leave to the role now."""
    auction = view.agenda.pattern_rules
    if isinstance(auction, Auction):
        return auction.acts_of(view.role)
    others = [offer for offer in view.offers if offer.sender != view.role]
    acts: list[Act] = ["propose"]
    if any(len(offer.terms) == len(view.agenda.issues) for offer in others):
        acts.append("accept")
    if others:
        acts.append("reject")
    if view.own_offer() is not None:
        acts.append("withdraw")
    return (*acts, "inform", "query", "escalate")


def _exact(act: Act, view: View, reply: int) -> Schema:
    needed: dict[str, Schema] = {"act": {"const": act}}
    more: dict[str, Schema] = {"evidence": _few_of(_citable(view))}
    if act == "propose":
        values: dict[str, Schema] = {issue.name: _listed(issue) for issue in view.agenda.issues}
        needed["terms"] = _closed(values)
        more |= {"assumes": _few_of([fact.name for fact in view.facts]), "expires": _rounds(view), **_exact_package(view)}
    elif act in ("accept", "reject", "withdraw"):
        needed["offer"] = _one_of(_offers_for(act, view))
    needed["text"] = _words(reply * 3 // 2)
    return {**_closed({"notes": _words(reply), **needed, **more}), "required": list(needed)}


def _package(view: View) -> dict[str, Schema]:
    """Return what a package has besides its terms, where packages are talked about."""
    if not isinstance(view.agenda.pattern_rules, TradeSpace):
        return {}
    issues: list[str] = [issue.name for issue in view.agenda.issues]
    offers: list[str] = [offer.id for offer in view.offers]
    revises = _or_null(_one_of(offers), "for propose: the offer that this is a new version of; else null") if offers else _NULL
    return {"conditions": _some_of(issues, "for propose: terms asked of the others in return for the rest"), "revises": revises}


def _exact_package(view: View) -> dict[str, Schema]:
    if not isinstance(view.agenda.pattern_rules, TradeSpace):
        return {}
    offers: list[str] = [offer.id for offer in view.offers]
    issues: list[str] = [issue.name for issue in view.agenda.issues]
    return {"conditions": _few_of(issues), **({"revises": _one_of(offers)} if offers else {})}


def _offers_for(act: Act, view: View) -> list[str]:
    """Return the offers that an act may name."""
    whole = len(view.agenda.issues) if act == "accept" else 0
    return [
        offer.id for offer in view.offers if (offer.sender == view.role) == (act == "withdraw") and len(offer.terms) >= whole
    ]


def _citable(view: View) -> list[str]:
    return [fact.name for fact in view.facts if fact.disclose == "may"]


def _rounds(view: View) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": view.agenda.stop.offer_ttl_rounds}


def _words(most: int) -> Schema:
    return {"type": "string", "maxLength": min(most, _MOST_CHARACTERS)}


def _few_of(options: Sequence[str]) -> Schema:
    return {"type": "array", "items": _one_of(options) if options else {"type": "string"}, "maxItems": len(options)}


def _listed(issue: Issue) -> Schema:
    """Return an issue's values one by one where they are few, else its range."""
    if isinstance(issue, NumberIssue) and (issue.max - issue.min) / issue.step < _MOST_VALUES:
        return {"type": "number", "enum": [_figure(value) for value in _grid(issue)]}
    return _value(issue, ranges=True)


def _grid(issue: NumberIssue) -> Iterable[Decimal]:
    value = issue.min
    while value <= issue.max:
        yield value
        value += issue.step


def _terms(view: View, *, ranges: bool) -> Schema:
    return _closed({issue.name: _value(issue, ranges=ranges) for issue in view.agenda.issues})


def _value(issue: Issue, *, ranges: bool) -> Schema:
    match issue:
        case NumberIssue():
            figure: Schema = {"type": "integer" if _whole(issue) else "number"}
            words = f"{issue.unit} from {issue.min} to {issue.max} in steps of {issue.step}".strip()
            bounds: Schema = {"minimum": _figure(issue.min), "maximum": _figure(issue.max)} if ranges else {}
            return {**figure, **bounds, "description": words}
        case ChoiceIssue():
            if issue.numeric:
                return {"type": "number", "enum": [_figure(Decimal(option)) for option in issue.options]}
            return _one_of(list(issue.options))
        case DateIssue():
            return {"type": "string", "description": f"a date, YYYY-MM-DD, from {issue.min} to {issue.max}"}
        case FlagIssue():
            return {"type": "boolean"}
        case _:
            assert_never(issue)


def _whole(issue: NumberIssue) -> bool:
    return all(figure == figure.to_integral_value() for figure in (issue.min, issue.step))


def _figure(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _closed(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _or_null(schema: Schema, words: str) -> Schema:
    return {"anyOf": [schema, _NULL], "description": words}


def _one_of(options: Sequence[str]) -> Schema:
    return {"type": "string", "enum": list(options)}


def _some_of(options: Sequence[str], words: str) -> Schema:
    return {"type": "array", "items": _one_of(options) if options else {"type": "string"}, "description": words}
