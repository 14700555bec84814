"""What is wrong with the rules of a negotiation? Policies, limits and gates, checked before anybody talks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal, TypeAlias

from guards.cel import CompiledRule, RuleBook, compile_rule, rule_book
from guards.pottriggers import check_pot_triggers
from guards.rulesource import Comparison, compared_with
from guards.samples import samples_of
from guards.takecheck import check_takes
from guards.triggers import check_triggers
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, Issue, Negotiation, Rule
from orchestrator.messages.rulecheck import RuleMistake
from orchestrator.messages.terms import Terms
from orchestrator.messages.trackrecord import RECORD_FIELDS, TrackRecord, called, record_values
from orchestrator.messages.value import RoleName

__all__ = ["Where", "check_rules"]

Where: TypeAlias = Literal["policies", "limits", "gates", "triggers"]

_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")


_COUNTS = (0, 3, 20)
"""Of everything in a record, for a dry run."""


@dataclass(frozen=True, slots=True)
class _Known:
    issues: tuple[Issue, ...]
    roles: tuple[RoleName, ...]
    samples: tuple[Terms, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    where: Where
    role: RoleName | None
    rule: Rule


def check_rules(negotiation: Negotiation) -> tuple[RuleMistake, ...]:
    """Return every mistake in the policies, the limits of all roles, the gates, what is taken of pots, and the triggers."""
    known = _Known(negotiation.issues, tuple(role.name for role in negotiation.roles), samples_of(negotiation.issues))
    mistakes = tuple(mistake for placed in _rules_of(negotiation) for mistake in _mistakes(placed, known))
    triggers = (*check_triggers(negotiation), *check_pot_triggers(negotiation))
    return (*mistakes, *check_takes(negotiation, known.samples), *triggers)


def _rules_of(negotiation: Negotiation) -> Iterator[_Placed]:
    yield from (_Placed("policies", None, rule) for rule in negotiation.policies)
    for role in negotiation.roles:
        yield from (_Placed("limits", role.name, limit) for limit in role.mandate.limits)
    # A pattern adds gates that all terms reach, or none: those have nothing to name.
    made = ("true", "false") if negotiation.pattern_rules else ()
    yield from (_Placed("gates", None, Rule(id=gate.id, rule=gate.when)) for gate in negotiation.gates if gate.when not in made)


def _mistakes(placed: _Placed, known: _Known) -> Iterator[RuleMistake]:
    issues = known.issues
    compiled = compile_rule(issues, placed.rule, known.roles)
    if compiled.program is None:
        yield from (_mistake(placed, *said) for said in _uncompiled(compiled, known))
        return
    if not compiled.names and not compiled.counts:
        yield _mistake(placed, "names no issue", f"at least one of {_listed(issue.name for issue in issues)}")
        return
    literals = tuple(_wrong_literals(compiled, issues))
    yield from (_mistake(placed, problem, expected) for problem, expected in literals)
    failure = _never_decided(rule_book(issues, (placed.rule,), known.roles), known)
    if failure and not literals:
        yield _mistake(placed, f"can never be decided: {failure}", "a rule that is true or false of every full set of terms")


def _uncompiled(compiled: CompiledRule, known: _Known) -> Iterator[tuple[str, str]]:
    names = [str(issue.name) for issue in known.issues]
    undeclared = dict.fromkeys(found[1] for found in _UNDECLARED.finditer(compiled.problem))
    if not undeclared:
        yield f"cannot be used: {compiled.problem}", "a CEL expression over the issues that gives true or false"
    for name in undeclared:
        if re.search(rf"\b{re.escape(name)}\s*\(", compiled.rule.rule):
            yield f"calls {name!r}, which CEL does not have", "operators and functions of CEL"
        elif name.partition(".")[0] in ("record", "records"):
            yield f"names {name!r}, which no record has", _record_names(name, known.roles)
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


def _never_decided(book: RuleBook, known: _Known) -> str:
    reason = "there is no full set of terms"
    records = tuple(record_values((_record(role, count) for role in known.roles), known.roles[0]) for count in _COUNTS)
    for terms, counts in ((terms, counts) for counts in (records if book.counts else records[:1]) for terms in known.samples):
        (reading,) = book.read(terms, counts)
        if reading.answer in ("holds", "broken"):
            return ""
        reason = reading.reason
    return reason


def _record(role: RoleName, count: int) -> TrackRecord:
    return TrackRecord(role=role, offers=count, kept=count, withdrawn=count, refused=count, floods=count)


def _record_names(name: str, roles: tuple[RoleName, ...]) -> str:
    heads = "record" if name.startswith("record.") or name == "record" else f"records.{'|'.join(map(called, roles))}"
    return f"{heads} with one of {', '.join(RECORD_FIELDS)} behind a dot"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _listed(names: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    return ", ".join(names)


def _mistake(placed: _Placed, problem: str, expected: str) -> RuleMistake:
    return RuleMistake(where=placed.where, role=placed.role, id=placed.rule.id, problem=problem, expected=expected)
