"""Which values are right in a talk, and which are near but wrong? Of terms, of messages and of facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal, TypeAlias

from pydantic import JsonValue

from evals.planted.spelling import in_digits, in_words, of_a_day, with_unit
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, Fact, FlagIssue, Issue, Negotiation, NumberIssue
from orchestrator.messages.value import Value
from orchestrator.roles.corpus import Case, Message

__all__ = ["Kind", "Planted", "Way", "planted"]

Kind: TypeAlias = Literal["number", "range", "date", "option", "flag", "theirs", "own", "role", "fact"]
"""What is said: a value of the terms, what a message of another, of the sender or of a named role held, or a fact."""

_TRIES = 40
_APART = 0.12
"""So much of the right figure a wrong one is off at least."""
_MOST_IN_WORDS = 1_000_000
_DAYS = (-21, -14, -9, -5, 3, 6, 8, 12, 20, 33)


class Way(Value):
    """A way to say something: a template, and for a flag that is off another one."""

    kind: Kind
    says: str
    denies: str = ""


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence in a talk, as a case to judge."""

    way: Way
    case: Case
    is_wrong: bool


def planted(way: Way, case: Case, negotiation: Negotiation, chance: Random) -> Iterator[Planted]:
    """Yield a right sentence and a wrong one for a talk; nothing where the talk has nothing to say so."""
    pair = _pair(way, case, negotiation, chance)
    if pair is None:
        return
    keeps_terms = way.kind in ("number", "range", "date", "option", "flag")
    for text, is_wrong in zip(pair, (False, True), strict=True):
        said = f"{text[:1].upper()}{text[1:]}"
        draft = {**case.draft, "text": said} if keeps_terms else {"act": "inform", "text": said}
        draft.pop("evidence", None)
        changes = {"draft": draft, "kinds": (), "spans": (), "approvals": case.approvals if keeps_terms else ()}
        yield Planted(way, case.model_copy(update=changes), is_wrong)


def _pair(way: Way, case: Case, negotiation: Negotiation, chance: Random) -> tuple[str, str] | None:
    match way.kind:
        case "number" | "range" | "date" | "option" | "flag":
            terms = case.draft.get("terms") if case.draft.get("act") == "propose" else None
            return _of_terms(way, terms, negotiation, chance) if isinstance(terms, dict) else None
        case "theirs" | "own" | "role":
            return _of_message(way, case, negotiation, chance)
        case "fact":
            return _of_fact(way, case, negotiation, chance)


def _of_terms(way: Way, terms: Mapping[str, JsonValue], negotiation: Negotiation, chance: Random) -> tuple[str, str] | None:
    sorts = {"number": NumberIssue, "range": NumberIssue, "date": DateIssue, "option": ChoiceIssue, "flag": FlagIssue}
    issues = [one for one in negotiation.issues if type(one) is sorts[way.kind] and one.name in terms]
    issues = [one for one in issues if not (isinstance(one, ChoiceIssue) and one.numeric)]
    if not issues:
        return None
    issue = chance.choice(issues)
    called = _called(issue, chance)
    value = terms[issue.name]
    match issue:
        case NumberIssue():
            taken = {float(one) for one in terms.values() if isinstance(one, int | float)}
            wrong = _wrong(issue, float(str(value)), taken, chance)
            return _of_figure(way.says, issue, float(str(value)), wrong, called)
        case DateIssue():
            return _of_day(way.says, issue, date.fromisoformat(str(value)), called, chance)
        case ChoiceIssue():
            other = chance.choice([option for option in issue.options if option != value])
            return _filled(way.says, called, str(value).replace("_", " ")), _filled(way.says, called, other.replace("_", " "))
        case _:
            both = way.says.format(name=called), way.denies.format(name=called)
            return both if value else (both[1], both[0])


def _of_figure(says: str, issue: NumberIssue, value: float, wrong: float | None, called: str) -> tuple[str, str] | None:
    if wrong is None or value <= 0 or ("{words}" in says and value + wrong != int(value) + int(wrong)):
        return None
    return _figured(says, issue, value, called), _figured(says, issue, wrong, called)


def _figured(says: str, issue: NumberIssue, value: float, called: str) -> str:
    step = float(issue.step)
    low, high = value - 2 * step, min(value + 2 * step, float(issue.max))
    is_one = value == 1
    in_full = in_words(int(value)) if "{words}" in says and value < _MOST_IN_WORDS else in_digits(value)
    return says.format(
        name=called,
        value=with_unit(in_digits(value), issue.unit, is_one=is_one),
        bare=in_digits(value),
        words=with_unit(in_full, issue.unit, is_one=is_one),
        low=in_digits(low),
        high=with_unit(in_digits(high), issue.unit, is_one=False),
    )


def _of_day(says: str, issue: DateIssue, value: date, called: str, chance: Random) -> tuple[str, str] | None:
    wrong = value + timedelta(days=chance.choice(_DAYS))
    if not issue.min <= wrong <= issue.max:
        return None
    seed = chance.random()
    first, second = (_filled(says, called, of_a_day(day, Random(seed))) for day in (value, wrong))  # noqa: S311 - one way for both
    return first, second


def _of_message(way: Way, case: Case, negotiation: Negotiation, chance: Random) -> tuple[str, str] | None:
    offers = [move for move in case.history if move.act == "propose" and move.terms]
    last = {move.sender: move for move in offers}
    found = [move for move in last.values() if (move.sender == case.sender) == (way.kind == "own")]
    is_named = "{id}" in way.says
    if not found or (way.kind == "theirs" and not is_named and len(negotiation.roles) > 2):
        return None
    move = chance.choice(found)
    issues = [one for one in negotiation.issues if isinstance(one, NumberIssue) and one.name in (move.terms or {})]
    if not issues:
        return None
    issue = chance.choice(issues)
    value, taken = _held(move, issue), {_held(other, issue) for other in (*offers, case) if _has(other, issue)}
    wrong = _wrong(issue, value, taken, chance)
    if wrong is None or value <= 0:
        return None
    called, role = _called(issue, chance), move.sender.replace("_", " ").capitalize()
    first, second = (
        way.says.format(name=called, id=move.id, role=role, value=with_unit(in_digits(one), issue.unit, is_one=one == 1))
        for one in (value, wrong)
    )
    return first, second


def _terms_in(said: Message | Case) -> Mapping[str, JsonValue]:
    terms = said.draft.get("terms") if isinstance(said, Case) else said.terms
    return terms if isinstance(terms, dict) else {}


def _has(said: Message | Case, issue: Issue) -> bool:
    return issue.name in _terms_in(said)


def _held(said: Message | Case, issue: Issue) -> float:
    return float(str(_terms_in(said)[issue.name]))


def _of_fact(way: Way, case: Case, negotiation: Negotiation, chance: Random) -> tuple[str, str] | None:
    facts = [fact for fact in negotiation.facts if _may_tell(fact, case.sender) and float(fact.value) > 0]
    if not facts:
        return None
    fact = chance.choice(facts)
    value = float(fact.value)
    wrong = value * chance.choice((0.6, 0.7, 0.8, 1.2, 1.3, 1.5))
    wrong = float(round(wrong)) if value == int(value) else round(wrong, 1)
    if abs(wrong - value) < _APART * value:
        return None
    first, second = (
        way.says.format(
            says=fact.says,
            source=f"the {fact.source.replace('-', ' ')}",
            value=with_unit(in_digits(one), fact.unit, is_one=one == 1),
        )
        for one in (value, wrong)
    )
    return first, second


def _may_tell(fact: Fact, role: str) -> bool:
    return fact.kind == "number" and fact.disclose == "may" and role in fact.visible_to


def _wrong(issue: NumberIssue, value: float, taken: set[float], chance: Random) -> float | None:
    """Return another value that the issue may have, well off the right one and none that stands already; None without one."""
    low, step = float(issue.min), float(issue.step)
    last = round((float(issue.max) - low) / step)
    tried = (round(low + step * chance.randint(0, last), 6) for _ in range(_TRIES))
    far = (one for one in tried if abs(one - value) >= max(_APART * abs(value), 3 * step) and one > 0)
    return next((one for one in far if one not in taken), None)


def _called(issue: Issue, chance: Random) -> str:
    """Return a name of an issue: its own, or one of those that it is also called by."""
    return chance.choice((issue.name.replace("_", " "), *issue.aka))


def _filled(says: str, called: str, value: str) -> str:
    return says.format(name=called, value=value)
