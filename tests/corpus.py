"""What does a role see in a labelled case? Views and negotiations made from scenario files and corpus lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias, cast

import yaml

from orchestrator.messages.draft import Draft
from orchestrator.messages.gate import Gate
from orchestrator.messages.move import Fall, Move, Offer, WhyFallen
from orchestrator.messages.negotiation import (
    Agreement,
    ByOption,
    ChoiceIssue,
    DateIssue,
    Fact,
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
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms, digest_of_terms
from orchestrator.messages.value import IssueName, OfferId, RoleName, SessionId
from orchestrator.messages.view import View, agenda_of

__all__ = ["Record", "draft_of", "negotiation_of", "terms_of", "view_of"]

Record: TypeAlias = Mapping[str, object]


@lru_cache(maxsize=64)
def negotiation_of(path: Path) -> Negotiation:
    """Load a scenario that is known to be right."""
    content = cast("Record", yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # noqa: S506 - texts only
    roles = _records(content["roles"])
    issues = tuple(_issue(name, record) for name, record in _records(content["issues"]).items())
    return Negotiation.model_validate(
        {
            "name": content["name"],
            "title": content["title"],
            "pattern": content["pattern"],
            "currency": content.get("currency", ""),
            "issues": issues,
            "facts": tuple(_fact(name, record, tuple(roles)) for name, record in _records(content.get("facts", {})).items()),
            "roles": tuple(_role(name, record, issues) for name, record in roles.items()),
            "policies": tuple(Rule.model_validate(rule) for rule in _list(content.get("policies", ()))),
            "gates": tuple(Gate.model_validate(gate) for gate in _list(content.get("gates", ()))),
            "agreement": Agreement.model_validate(content.get("agreement", {})),
            "stop": Stop.model_validate(content["stop"]),
        }
    )


def terms_of(negotiation: Negotiation, values: Record) -> Terms:
    """Return the typed terms of plain values, in the order of the agenda."""
    return tuple(_term(issue, values[issue.name]) for issue in negotiation.issues if issue.name in values)


def draft_of(negotiation: Negotiation, record: Record) -> Draft:
    """Return the typed draft of a case."""
    return Draft.model_validate({**record, "terms": terms_of(negotiation, _record(record.get("terms") or {}))})


def view_of(negotiation: Negotiation, sender: str, history: Sequence[Record]) -> View:
    """Return what the sender sees after the history: moves, the offers that stand, and how the others fell."""
    seat = next(role for role in negotiation.roles if role.name == sender)
    moves = tuple(_move(negotiation, record, turn) for turn, record in enumerate(history))
    offers, falls = _table(moves)
    return View(
        session=SessionId("corpus-0001"),
        role=seat.name,
        agenda=agenda_of(negotiation),
        mandate=seat.mandate,
        words=seat.words,
        facts=tuple(fact for fact in negotiation.facts if sender in fact.visible_to),
        turn=len(moves),
        round=1 + len(moves) // len(negotiation.roles),
        offers=offers,
        moves=moves,
        falls=falls,
    )


def _table(moves: tuple[Move, ...]) -> tuple[tuple[Offer, ...], tuple[Fall, ...]]:
    standing: dict[OfferId, Offer] = {}
    falls: list[Fall] = []
    for move in moves:
        for offer, why in _fallen(standing, move):
            del standing[offer.id]
            falls.append(Fall(offer=offer.id, sender=offer.sender, why=why, by=move.sender, turn=move.turn))
        if move.act == "propose" and move.digest is not None:
            standing[move.id] = Offer(
                id=move.id, sender=move.sender, terms=move.terms, digest=move.digest, turn=move.turn, falls=1000
            )
    return tuple(standing.values()), tuple(falls)


def _fallen(standing: Mapping[OfferId, Offer], move: Move) -> list[tuple[Offer, WhyFallen]]:
    if move.act == "propose":
        return [(offer, "superseded") for offer in standing.values() if offer.sender == move.sender]
    if move.act not in ("reject", "withdraw"):
        return []
    why: WhyFallen = "rejected" if move.act == "reject" else "withdrawn"
    return [(offer, why) for offer in standing.values() if offer.id == move.offer]


def _move(negotiation: Negotiation, record: Record, turn: int) -> Move:
    terms = terms_of(negotiation, _record(record.get("terms") or {}))
    return Move.model_validate(
        {
            "id": record["id"],
            "sender": record["sender"],
            "turn": turn,
            "round": 1 + turn // len(negotiation.roles),
            "act": record["act"],
            "terms": terms,
            "offer": record.get("offer"),
            "digest": digest_of_terms(terms) if terms else None,
            "text": record.get("text", ""),
            "evidence": record.get("evidence", ()),
        }
    )


def _issue(name: str, record: Record) -> Issue:
    given = {"name": name, **record}
    match record["kind"]:
        case "number":
            return NumberIssue.model_validate(given)
        case "choice":
            numeric = all(str(option).isdecimal() for option in _list(record["options"]))
            return ChoiceIssue.model_validate({**given, "numeric": numeric})
        case "date":
            return DateIssue.model_validate(given)
        case _:
            return FlagIssue.model_validate(given)


def _fact(name: str, record: Record, roles: tuple[str, ...]) -> Fact:
    value = str(record["value"])
    kind = "date" if value[4:5] == "-" else "number"
    seen = roles if record["visible_to"] == "all" else record["visible_to"]
    return Fact.model_validate({**record, "name": name, "kind": kind, "visible_to": seen})


def _role(name: str, record: Record, issues: tuple[Issue, ...]) -> Role:
    utility = _record(record["utility"])
    named = {issue.name: issue for issue in issues}
    worths = tuple(_worth(named[IssueName(issue)], worth) for issue, worth in _records(utility["issues"]).items())
    reserve, limits = utility.get("reserve", "0"), record.get("limits", ())
    mandate = Mandate.model_validate({"limits": limits, "reserve": reserve, "worths": worths})
    return Role(name=RoleName(name), prompt=str(record["prompt"]), mandate=mandate)


def _worth(issue: Issue, record: Record) -> Worth:
    if "values" in record:
        values = tuple((option, float(str(worth))) for option, worth in _record(record["values"]).items())
        return ByOption.model_validate({"issue": issue.name, "weight": record["weight"], "values": values})
    given = {"issue": issue.name, **record}
    return LinearDay.model_validate(given) if isinstance(issue, DateIssue) else LinearNumber.model_validate(given)


def _term(issue: Issue, value: object) -> Term:
    match issue:
        case NumberIssue():
            return Number(issue=issue.name, value=Decimal(str(value)))
        case ChoiceIssue() if issue.numeric:
            return Number(issue=issue.name, value=Decimal(str(value)))
        case ChoiceIssue():
            return Choice(issue=issue.name, value=str(value))
        case DateIssue():
            return Day(issue=issue.name, value=date.fromisoformat(str(value)))
        case FlagIssue():
            return Flag(issue=issue.name, value=bool(value))


def _record(value: object) -> Record:
    return cast("Record", value)


def _records(value: object) -> Mapping[str, Record]:
    return cast("Mapping[str, Record]", value)


def _list(value: object) -> list[object]:
    return cast("list[object]", value)
