"""What is wrong with what a negotiation takes of shared pots? Names, types, units and values, before anybody talks."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from guards.amount import Amount, CannotRead, read_amount
from guards.celenv import CannotCompile, compile_source, environment
from guards.rulesource import with_doubles
from guards.takes import take_book
from orchestrator.messages.negotiation import ChoiceIssue, Issue, Negotiation, NumberIssue
from orchestrator.messages.pot import Pot, Take
from orchestrator.messages.rulecheck import RuleMistake
from orchestrator.messages.terms import Terms

__all__ = ["check_takes"]

_EXPECTED = "numbers and issues with + - * / ( ), comparisons, && || ! and 'condition ? this : that'"


def check_takes(negotiation: Negotiation, samples: tuple[Terms, ...]) -> tuple[RuleMistake, ...]:
    """Return every mistake in the amounts; `samples` are full terms for a dry run."""
    budgets = negotiation.budgets
    if budgets is None:
        return ()
    return tuple(mistake for take in budgets.takes for mistake in _mistakes(take, budgets.pot(take.pot), negotiation, samples))


def _mistakes(take: Take, pot: Pot | None, negotiation: Negotiation, samples: tuple[Terms, ...]) -> Iterator[RuleMistake]:
    issues = negotiation.issues
    try:
        amount = read_amount(take.amount)
    except CannotRead as error:
        yield _mistake(take, f"cannot be used: {error}", _EXPECTED)
        return
    found = (*_unknown(amount, issues), *_no_number(take, issues))
    yield from (_mistake(take, problem, expected) for problem, expected in found)
    if found or pot is None:
        return
    yield from (_mistake(take, problem, expected) for problem, expected in _units(amount, pot, issues))
    if problem := _never_decided(take, negotiation, samples):
        yield _mistake(take, f"can never be decided: {problem}", "an amount that every full set of terms has")


def _unknown(amount: Amount, issues: tuple[Issue, ...]) -> Iterator[tuple[str, str]]:
    names = [str(issue.name) for issue in issues]
    if not amount.names:
        yield "names no issue", f"at least one of {', '.join(names)}"
    for name in sorted(amount.names - set(names)):
        near = get_close_matches(name, names, n=1)
        yield f"names {name!r}, which is no issue", repr(near[0]) if near else f"one of {', '.join(names)}"


def _no_number(take: Take, issues: tuple[Issue, ...]) -> Iterator[tuple[str, str]]:
    """Ask CEL, which knows the types of all issues, what the expression gives."""
    if any(name not in {issue.name for issue in issues} for name in read_amount(take.amount).names):
        return
    program = compile_source(environment(issues), with_doubles(take.amount))
    if isinstance(program, CannotCompile):
        yield f"cannot be used: {program.reason}", "a CEL expression over the issues that gives a number"
    elif program.gives not in ("DOUBLE", "DYN"):
        yield f"gives {program.gives.lower()}", "a CEL expression over the issues that gives a number"


def _units(amount: Amount, pot: Pot, issues: tuple[Issue, ...]) -> Iterator[tuple[str, str]]:
    for issue in issues:
        unit = issue.unit if isinstance(issue, NumberIssue | ChoiceIssue) else ""
        if issue.name in amount.units and unit and pot.unit and unit != pot.unit:
            yield f"adds {issue.name!r} in {unit!r} to a pot of {pot.unit!r}", f"an amount in {pot.unit!r}"


def _never_decided(take: Take, negotiation: Negotiation, samples: tuple[Terms, ...]) -> str:
    """Return why no sample has an amount; empty where one has."""
    book = take_book(negotiation)
    problem = "there is no full set of terms"
    for terms in samples:
        taken = next((each for each in book(terms) if each.pot == take.pot), None) if book else None
        if taken is None or taken.amount is not None:
            return ""
        problem = taken.problem
    return problem


def _mistake(take: Take, problem: str, expected: str) -> RuleMistake:
    return RuleMistake(where="budgets", role=None, id=take.pot, problem=problem, expected=expected)
