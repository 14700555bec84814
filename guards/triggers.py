"""Which triggers are true of these facts? One that cannot be decided is not true: the agreement stands as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import assert_never

from guards.cel import RuleBook, compile_rule, rule_book
from guards.rulesource import compared_with
from orchestrator.messages.negotiation import (
    ChoiceIssue,
    DateIssue,
    Fact,
    FlagIssue,
    Issue,
    Negotiation,
    NumberIssue,
    Rule,
)
from orchestrator.messages.rulecheck import RuleMistake
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms
from orchestrator.messages.trackrecord import called
from orchestrator.messages.trigger import FactTrigger
from orchestrator.messages.value import IssueName

__all__ = ["Triggers", "check_triggers", "trigger_book"]

_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")


@dataclass(frozen=True, slots=True)
class Triggers:
    """Reads all triggers over the facts of a negotiation."""

    ids: tuple[str, ...]
    book: RuleBook

    def __call__(self, facts: tuple[Fact, ...], /) -> frozenset[str]:
        """Return the ids of the triggers that hold."""
        readings = zip(self.ids, self.book.read(_terms(facts)), strict=True)
        return frozenset(name for name, reading in readings if reading.answer == "holds")


def trigger_book(negotiation: Negotiation) -> Triggers | None:
    """Compile the triggers over facts of a negotiation; None where it has none."""
    rules = tuple(_rules(negotiation))
    return Triggers(tuple(rule.id for rule in rules), rule_book(_variables(negotiation.facts), rules)) if rules else None


def check_triggers(negotiation: Negotiation) -> Iterator[RuleMistake]:
    """Yield what is wrong with the expressions of the triggers."""
    variables = _variables(negotiation.facts)
    names = ", ".join(variable.name for variable in variables) or "a fact, of which the file has none"
    for rule in _rules(negotiation):
        compiled = compile_rule(variables, rule, ())
        if compiled.program is None:
            unknown = _UNDECLARED.findall(compiled.problem)
            yield from (_mistake(rule, f"names {name!r}, which is no fact", _nearest(name, variables)) for name in unknown)
            if not unknown:
                problem = f"cannot be used: {compiled.problem}"
                yield _mistake(rule, problem, "a CEL expression over the facts that gives true or false")
        elif not compiled.names:
            yield _mistake(rule, "names no fact", f"at least one of {names}")
        elif wrong := _no_day(rule, variables):
            yield _mistake(rule, f"compares a date with {wrong!r}", 'a day such as "2026-10-01"')
        else:
            (reading,) = rule_book(variables, (rule,)).read(_terms(negotiation.facts))
            if reading.answer not in ("holds", "broken"):
                yield _mistake(rule, f"can never be decided: {reading.reason}", "true or false of the facts of the file")


def _nearest(name: str, variables: tuple[Issue, ...]) -> str:
    names = [str(variable.name) for variable in variables]
    near = get_close_matches(name, names, n=1)
    return repr(near[0]) if near else f"one of {', '.join(names)}"


def _rules(negotiation: Negotiation) -> Iterator[Rule]:
    triggers = negotiation.triggers
    return (Rule(id=trigger.id, rule=trigger.when) for trigger in triggers if isinstance(trigger, FactTrigger))


def _no_day(rule: Rule, variables: tuple[Issue, ...]) -> str | None:
    """Return a text that is compared with a date and is none."""
    days = {str(variable.name) for variable in variables if isinstance(variable, DateIssue)}
    return next((each.literal for each in compared_with(rule.rule) if each.name in days and not _is_day(each.literal)), None)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _mistake(rule: Rule, problem: str, expected: str) -> RuleMistake:
    return RuleMistake(where="triggers", role=None, id=rule.id, problem=problem, expected=expected)


def _variables(facts: tuple[Fact, ...]) -> tuple[Issue, ...]:
    """Return each fact as something that an expression can name; only the name and the type are of importance."""
    return tuple(_variable(IssueName(called(fact.name)), fact) for fact in facts)


def _variable(name: IssueName, fact: Fact) -> Issue:
    match fact.kind:
        case "number":
            return NumberIssue(name=name, min=Decimal(0), max=Decimal(1))
        case "date":
            return DateIssue(name=name, min=date.min, max=date.max)
        case "flag":
            return FlagIssue(name=name)
        case "text":
            return ChoiceIssue(name=name, options=())
        case _:
            assert_never(fact.kind)


def _terms(facts: tuple[Fact, ...]) -> Terms:
    return tuple(_term(IssueName(called(fact.name)), fact) for fact in facts)


def _term(name: IssueName, fact: Fact) -> Term:
    match fact.kind:
        case "number":
            return Number(issue=name, value=Decimal(fact.value))
        case "date":
            return Day(issue=name, value=date.fromisoformat(fact.value))
        case "flag":
            return Flag(issue=name, value=fact.value == "true")
        case "text":
            return Choice(issue=name, value=fact.value)
        case _:
            assert_never(fact.kind)
