"""Was an agreement fair by its own rules? Told in plain Python, beside the rules' texts: no engine, no guards, no CEL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from orchestrator.engine import Session
from orchestrator.messages.negotiation import (
    ByOption,
    ChoiceIssue,
    DateIssue,
    FlagIssue,
    Issue,
    LinearDay,
    LinearNumber,
    Mandate,
    NumberIssue,
    Worth,
)
from orchestrator.messages.pattern import Coalition, TradeSpace
from orchestrator.messages.terms import Term, Terms
from orchestrator.messages.value import RoleName

__all__ = ["HOLDS", "Meaning", "complaints"]

Scalar: TypeAlias = Decimal | str | date | bool
Said: TypeAlias = Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A rule as the files write it, and what it means."""

    text: str
    issues: frozenset[str]
    holds: Callable[[Said], bool]


def _number(said: Said, issue: str) -> Decimal:
    value = said[issue]
    assert isinstance(value, Decimal)
    return value


HOLDS: dict[str, Meaning] = {
    meaning.text: meaning
    for meaning in (
        Meaning("price <= 50", frozenset({"price"}), lambda said: _number(said, "price") <= 50),
        Meaning("price >= 30", frozenset({"price"}), lambda said: _number(said, "price") >= 30),
        Meaning("price > 40", frozenset({"price"}), lambda said: _number(said, "price") > 40),
        Meaning('colour != "red"', frozenset({"colour"}), lambda said: said["colour"] != "red"),
        Meaning(
            'colour == "red" || price >= 40',
            frozenset({"colour", "price"}),
            lambda said: said["colour"] == "red" or _number(said, "price") >= 40,
        ),
        Meaning('start >= "2026-03-03"', frozenset({"start"}), lambda said: said["start"] >= date(2026, 3, 3)),  # type: ignore[operator]
        Meaning("seats >= 2", frozenset({"seats"}), lambda said: _number(said, "seats") >= 2),
        Meaning(
            "price * seats <= 100.0",
            frozenset({"price", "seats"}),
            lambda said: _number(said, "price") * _number(said, "seats") <= 100,
        ),
        Meaning(
            "haste || price < 50",
            frozenset({"haste", "price"}),
            lambda said: said["haste"] is True or _number(said, "price") < 50,
        ),
    )
}


def complaints(session: Session) -> list[str]:
    """Return everything that is wrong with the agreement of a session that agreed."""
    said: Said = {str(term.issue): term.value for term in session.terms}
    negotiation = session.settings.negotiation
    found = [f"{issue.name} is off its grid" for issue in negotiation.issues if not _fits(issue, session.terms)]
    if found or len(session.terms) != len(negotiation.issues):
        return found or ["there are values for what is no issue"]
    found += [f"policy {rule.rule} is broken" for rule in negotiation.policies if not HOLDS[rule.rule].holds(said)]
    for role in negotiation.roles:
        found += [
            f"limit {rule.rule} of {role.name} is broken" for rule in role.mandate.limits if not HOLDS[rule.rule].holds(said)
        ]
        if role.name in session.backers and _worth(role.mandate, session.terms) < role.mandate.reserve - 1e-6:
            found.append(f"{role.name} backs it below its reserve")
    return [*found, *_of_backing(session), *_of_gates(session, said)]


def _fits(issue: Issue, terms: Terms) -> bool:
    values = [term.value for term in terms if term.issue == issue.name]
    if len(values) != 1:
        return False
    value = values[0]
    match issue:
        case NumberIssue():
            return isinstance(value, Decimal) and issue.min <= value <= issue.max and (value - issue.min) % issue.step == 0
        case ChoiceIssue():
            return isinstance(value, Decimal if issue.numeric else str) and str(value) in issue.options
        case DateIssue():
            return isinstance(value, date) and issue.min <= value <= issue.max
        case FlagIssue():
            return isinstance(value, bool)


def _worth(mandate: Mandate, terms: Terms) -> float:
    return sum(
        measure.weight * _share(measure, term) for measure in mandate.worths for term in terms if term.issue == measure.issue
    )


def _share(measure: Worth, term: Term) -> float:
    match measure:
        case LinearNumber():
            assert isinstance(term.value, Decimal)
            share = float((term.value - measure.worst) / (measure.best - measure.worst))
        case LinearDay():
            assert isinstance(term.value, date)
            share = (term.value - measure.worst) / (measure.best - measure.worst)
        case ByOption():
            share = dict(measure.values)[str(term.value).lower()]
    return min(1.0, max(0.0, share))


def _of_backing(session: Session) -> list[str]:
    """Return what is wrong with who backs it: each backer's last act that backs anything must back this offer."""
    agreement = session.agenda.agreement
    last: dict[RoleName, str] = {}
    for move in session.moves:
        if move.act in {"propose", "accept"}:
            last[move.sender] = move.id if move.act == "propose" else str(move.offer)
    offers = {last.get(role) for role in session.backers}
    found = [] if len(offers) == 1 else [f"the backers back {sorted(map(str, offers))}"]
    if session.reason == "person":
        return found + _of_person(session)
    if _weight(session, session.backers) < _needed(session) or not set(agreement.always) <= set(session.backers):
        found.append(f"{list(session.backers)} are not enough")
    return found + _of_vetoes(session)


def _weight(session: Session, roles: Iterable[str]) -> int:
    rules = session.settings.negotiation.pattern_rules
    weights = {entry.role: entry.weight for entry in rules.weights} if isinstance(rules, Coalition) else {}
    mediator = rules.mediator if isinstance(rules, TradeSpace) else None
    return sum(weights.get(RoleName(role), 1) for role in roles if role != mediator)


def _needed(session: Session) -> int:
    """Return how much backing was needed at the end: the last quorum of the ladder that was reached, or the file's."""
    agreement, rules = session.agenda.agreement, session.settings.negotiation.pattern_rules
    reached = {step.number for step in session.course.steps}
    rungs = enumerate(rules.ladder, 1) if isinstance(rules, Coalition) else ()
    lowered = [rung.quorum for number, rung in rungs if number in reached and rung.quorum]
    named = agreement.quorum if agreement.needs == "quorum" else None
    return (lowered or [named or _weight(session, [role.name for role in session.roles])])[-1]


def _of_person(session: Session) -> list[str]:
    rules = session.settings.negotiation.pattern_rules
    people = {f"ladder_{n}": rung.person for n, rung in enumerate(rules.ladder, 1)} if isinstance(rules, Coalition) else {}
    approved = [ruling for ruling in session.rulings if ruling.approved and ruling.digest == session.digest]
    has_all = set(session.agenda.agreement.always) <= set(session.backers)
    is_fair = session.backers and has_all and any(people.get(ruling.gate) == ruling.by for ruling in approved)
    return [] if is_fair else ["no person of the ladder took it"]


def _of_vetoes(session: Session) -> list[str]:
    rules = session.settings.negotiation.pattern_rules
    vetoes = rules.vetoes if isinstance(rules, Coalition) else ()
    felled = {fall.offer for fall in session.falls if fall.why == "rejected" and fall.by in vetoes}
    vetoed = any(move.id in felled and move.digest == session.digest for move in session.moves)
    return ["its terms were vetoed"] if vetoed else []


def _of_gates(session: Session, said: Said) -> list[str]:
    found: list[str] = []
    for gate in session.agenda.gates:
        if gate.when == "true" or (gate.when != "false" and HOLDS[gate.when].holds(said)):
            rulings = [ruling for ruling in session.rulings if ruling.gate == gate.id and ruling.offer == session.settled]
            if [(ruling.by, ruling.approved, ruling.digest) for ruling in rulings] != [(gate.approver, True, session.digest)]:
                found.append(f"gate {gate.id} was not approved once, by {gate.approver}, for these terms")
    return found
