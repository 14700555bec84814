"""What may the body of a role's prompt say of the negotiation? The variables that it is rendered with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import assert_never

from orchestrator.messages.gate import Gate, span_text
from orchestrator.messages.negotiation import (
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
    WordPolicy,
    Worth,
)
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, exact, plain
from orchestrator.messages.value import IssueName
from orchestrator.roles.bidding import auction_lines
from orchestrator.roles.patternwords import agreement_words

__all__ = ["VARIABLES", "ShownFact", "ShownIssue", "middle_of", "variables"]

VARIABLES = frozenset(
    ("role", "roles", "others", "words", "name", "title", "pattern", "currency", "issues", "agenda", "limits", "reserve")
) | frozenset(
    (
        "mandate",
        "policies",
        "policy_lines",
        "facts",
        "fact_lines",
        "gates",
        "gate_lines",
        "agreement",
        "stop",
        "example",
        "auction",
    )
)
"""All names that a body may use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownIssue:
    """An issue, in words."""

    name: str
    kind: str
    owner: str
    unit: str
    aka: tuple[str, ...]
    allowed: str
    """Its range or its options."""
    json: str
    """How a draft writes its value."""
    example: str
    """A value as JSON."""
    worth: str
    """What it is worth to the role; empty where it is worth nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """A fact that the role can see, in words."""

    name: str
    value: str
    unit: str
    says: str
    source: str
    as_of: str
    confidence: str
    secret: bool
    """Whether it must not be told."""


def variables(negotiation: Negotiation, role: Role) -> dict[str, object]:
    """Return the variables of one role: what all know, and what it alone knows, as the talk opens."""
    worths = {worth.issue: _worth(worth) for worth in role.mandate.worths}
    issues = tuple(_issue(issue, worths.get(issue.name, "")) for issue in negotiation.issues)
    facts = tuple(_fact(fact) for fact in negotiation.facts if role.name in fact.visible_to)
    return {
        "role": role.name,
        "roles": tuple(seat.name for seat in negotiation.roles),
        "others": tuple(seat.name for seat in negotiation.roles if seat != role),
        "words": role.words,
        "name": negotiation.name,
        "title": negotiation.title,
        "pattern": negotiation.pattern.replace("_", " "),
        "currency": negotiation.currency,
        "issues": issues,
        "agenda": _lines(map(_issue_line, issues)),
        "limits": role.mandate.limits,
        "reserve": f"{role.mandate.reserve:g}",
        "mandate": _lines(_mandate_lines(role.mandate, worths)),
        "policies": negotiation.policies,
        "policy_lines": _lines((*map(_rule_line, negotiation.policies), *map(_word_line, negotiation.word_policies))),
        "facts": facts,
        "fact_lines": _lines(map(_fact_line, facts)),
        "gates": negotiation.gates,
        "gate_lines": _lines(map(_gate_line, negotiation.gates)),
        "agreement": agreement_words(negotiation),
        "stop": negotiation.stop,
        "example": _example(negotiation.issues),
        "auction": auction_lines(negotiation, role.name),
    }


def middle_of(issue: Issue) -> Term:
    """Return a term from the middle of what an issue allows."""
    match issue:
        case NumberIssue():
            steps = (issue.max - issue.min) // (2 * issue.step)
            return Number(issue=issue.name, value=issue.min + steps * issue.step)
        case ChoiceIssue():
            option = issue.options[len(issue.options) // 2]
            return Number(issue=issue.name, value=Decimal(option)) if issue.numeric else Choice(issue=issue.name, value=option)
        case DateIssue():
            return Day(issue=issue.name, value=issue.min + timedelta(days=(issue.max - issue.min).days // 2))
        case FlagIssue():
            return Flag(issue=issue.name, value=True)
        case _:
            assert_never(issue)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines) or "- none"


def _json(term: Term) -> str:
    return json.dumps(plain(term), ensure_ascii=False)


def _example(issues: Iterable[Issue]) -> str:
    terms = {issue.name: plain(middle_of(issue)) for issue in issues}
    draft = {"act": "propose", "terms": terms, "text": "Why this offer is good for you as well."}
    return json.dumps(draft, ensure_ascii=False)


def _issue(issue: Issue, worth: str) -> ShownIssue:
    term = middle_of(issue)
    return ShownIssue(
        name=issue.name,
        kind=issue.kind,
        owner=issue.owner or "",
        unit=issue.unit if isinstance(issue, NumberIssue | ChoiceIssue) else "",
        aka=issue.aka,
        allowed=_allowed(issue),
        json=_form(term),
        example=_json(term),
        worth=worth,
    )


def _form(term: Term) -> str:
    match term:
        case Number():
            return "a JSON number"
        case Choice():
            return "a JSON string"
        case Day():
            return "an ISO date as JSON string"
        case Flag():
            return "true or false"
        case _:
            assert_never(term)


def _allowed(issue: Issue) -> str:
    match issue:
        case NumberIssue():
            unit = f" {issue.unit}" if issue.unit else ""
            return f"{exact(issue.min)} to {exact(issue.max)}{unit} in steps of {exact(issue.step)}"
        case ChoiceIssue():
            unit = f" {issue.unit}" if issue.unit else ""
            return f"one of {', '.join(issue.options)}{unit}"
        case DateIssue():
            return f"{issue.min.isoformat()} to {issue.max.isoformat()}"
        case FlagIssue():
            return "true or false"
        case _:
            assert_never(issue)


def _issue_line(issue: ShownIssue) -> str:
    owner = f"; {issue.owner} binds it" if issue.owner else ""
    aka = f"; also called {', '.join(issue.aka)}" if issue.aka else ""
    return f"- {issue.name}: {issue.allowed}{owner}{aka}"


def _worth(worth: Worth) -> str:
    match worth:
        case LinearNumber():
            ends = f"best {exact(worth.best)}, worst {exact(worth.worst)}"
        case LinearDay():
            ends = f"best {worth.best.isoformat()}, worst {worth.worst.isoformat()}"
        case ByOption():
            ends = ", ".join(f"{option} {value:g}" for option, value in worth.values)
        case _:
            assert_never(worth)
    return f"weight {worth.weight:g}, {ends}"


def _mandate_lines(mandate: Mandate, worths: dict[IssueName, str]) -> Iterator[str]:
    yield from (f"- limit {_rule_line(limit)[2:]}" for limit in mandate.limits)
    yield f"- reserve: {mandate.reserve:g}"
    yield from (f"- worth of {issue}: {worth}" for issue, worth in worths.items())


def _rule_line(rule: Rule) -> str:
    return f"- {rule.id}: {rule.rule}" + (f" ({rule.why})" if rule.why else "")


def _word_line(policy: WordPolicy) -> str:
    kept = (*map(repr, policy.words), *policy.personal)
    return f"- {policy.id}: never write {', '.join(kept)}" + (f" ({policy.why})" if policy.why else "")


def _gate_line(gate: Gate) -> str:
    by = "" if gate.within is None else f" within {span_text(gate.within)}, or the answer is no"
    return f"- {gate.id}: where {gate.when}, {gate.wanted} must approve{by}"


def _fact(fact: Fact) -> ShownFact:
    return ShownFact(
        name=fact.name,
        value=fact.value,
        unit=fact.unit,
        says=fact.says,
        source=fact.source,
        as_of=fact.as_of.isoformat(),
        confidence=f"{fact.confidence:g}",
        secret=fact.disclose == "never",
    )


def _fact_line(fact: ShownFact) -> str:
    value = f"{fact.value} {fact.unit}".rstrip()
    secret = "; never tell" if fact.secret else ""
    return f"- {fact.name}: {fact.says}: {value} ({fact.source}, {fact.as_of}, confidence {fact.confidence}){secret}"
