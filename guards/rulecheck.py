"""What is wrong with the rules of a negotiation? Policies, limits and gates, checked before anybody talks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal, TypeAlias

from guards.cel import CompiledRule, RuleBook, compile_rule, rule_book
from guards.rulesource import Comparison, compared_with
from guards.samples import samples_of
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, Issue, Negotiation, Rule
from orchestrator.messages.rulecheck import RuleMistake
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import RoleName

__all__ = ["Where", "check_rules"]

Where: TypeAlias = Literal["policies", "limits", "gates"]

_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")


@dataclass(frozen=True, slots=True)
class _Placed:
    where: Where
    role: RoleName | None
    rule: Rule


def check_rules(negotiation: Negotiation) -> tuple[RuleMistake, ...]:
    """Return every mistake in the policies, the limits of all roles, and the gates, in this order."""
    samples = samples_of(negotiation.issues)
    return tuple(mistake for placed in _rules_of(negotiation) for mistake in _mistakes(placed, negotiation.issues, samples))


def _rules_of(negotiation: Negotiation) -> Iterator[_Placed]:
    yield from (_Placed("policies", None, rule) for rule in negotiation.policies)
    for role in negotiation.roles:
        yield from (_Placed("limits", role.name, limit) for limit in role.mandate.limits)
    yield from (_Placed("gates", None, Rule(id=gate.id, rule=gate.when)) for gate in negotiation.gates)


def _mistakes(placed: _Placed, issues: tuple[Issue, ...], samples: tuple[Terms, ...]) -> Iterator[RuleMistake]:
    compiled = compile_rule(issues, placed.rule)
    if compiled.program is None:
        yield from (_mistake(placed, *said) for said in _uncompiled(compiled, issues))
        return
    if not compiled.names:
        yield _mistake(placed, "names no issue", f"at least one of {_listed(issue.name for issue in issues)}")
        return
    literals = tuple(_wrong_literals(compiled, issues))
    yield from (_mistake(placed, problem, expected) for problem, expected in literals)
    failure = _never_decided(rule_book(issues, (placed.rule,)), samples)
    if failure and not literals:
        yield _mistake(placed, f"can never be decided: {failure}", "a rule that is true or false of every full set of terms")


def _uncompiled(compiled: CompiledRule, issues: tuple[Issue, ...]) -> Iterator[tuple[str, str]]:
    names = [str(issue.name) for issue in issues]
    undeclared = dict.fromkeys(found[1] for found in _UNDECLARED.finditer(compiled.problem))
    if not undeclared:
        yield f"cannot be used: {compiled.problem}", "a CEL expression over the issues that gives true or false"
    for name in undeclared:
        if re.search(rf"\b{re.escape(name)}\s*\(", compiled.rule.rule):
            yield f"calls {name!r}, which CEL does not have", "operators and functions of CEL"
        else:
            near = get_close_matches(name, names, n=1)
            yield f"names {name!r}, which is no issue", repr(near[0]) if near else f"one of {_listed(names)}"


def _wrong_literals(compiled: CompiledRule, issues: tuple[Issue, ...]) -> Iterator[tuple[str, str]]:
    named = {str(issue.name): issue for issue in issues}
    for comparison in compared_with(compiled.rule.rule):
        issue = named.get(comparison.name)
        if isinstance(issue, ChoiceIssue) and not issue.numeric:
            yield from _no_option(comparison, issue)
        elif isinstance(issue, DateIssue) and not _is_day(comparison.literal):
            yield f"compares date {issue.name!r} with {comparison.literal!r}", f'a day such as "{issue.min.isoformat()}"'


def _no_option(comparison: Comparison, issue: ChoiceIssue) -> Iterator[tuple[str, str]]:
    if comparison.sign in ("==", "!=", "in") and comparison.literal not in issue.options:
        near = get_close_matches(comparison.literal, issue.options, n=1)
        expected = repr(near[0]) if near else f"one of {_listed(issue.options)}"
        yield f"compares {issue.name!r} with {comparison.literal!r}, which is none of its options", expected


def _never_decided(book: RuleBook, samples: tuple[Terms, ...]) -> str:
    reason = "there is no full set of terms"
    for terms in samples:
        (reading,) = book.read(terms)
        if reading.answer in ("holds", "broken"):
            return ""
        reason = reading.reason
    return reason


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _listed(names: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    return ", ".join(names)


def _mistake(placed: _Placed, problem: str, expected: str) -> RuleMistake:
    return RuleMistake(where=placed.where, role=placed.role, id=placed.rule.id, problem=problem, expected=expected)
