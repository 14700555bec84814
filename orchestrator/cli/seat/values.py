"""Which value does a person mean for an issue? Their words as a term, or what was expected instead."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import assert_never

from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term
from orchestrator.report.clean import clean
from orchestrator.report.figures import amount, plural

__all__ = ["NotMeant", "allowed", "read_value"]

_LONGEST = 200
"""Characters of a value that are looked at."""
_FIGURE = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]{1,30})(?:\.[0-9]{1,30})?", re.ASCII)
_YES = frozenset(("yes", "y", "true"))
_NO = frozenset(("no", "n", "false"))


class NotMeant(ValueError):
    """Say what was expected where the words are no value of an issue."""


def read_value(issue: Issue, words: str) -> Term:
    """Return the term that the words mean. Raises NotMeant, saying what was expected."""
    text = words[:_LONGEST].strip()
    term = _term(issue, text)
    if term is None:
        raise NotMeant(f"'{clean(words, 40)}' is not {allowed(issue)}")
    return term


def allowed(issue: Issue) -> str:
    """Return what an issue takes, for a person."""
    match issue:
        case NumberIssue():
            return (
                f"a number from {amount(issue.min)} to {amount(issue.max)}{_unit(issue.unit)} in steps of {amount(issue.step)}"
            )
        case ChoiceIssue():
            return f"one of {', '.join(issue.options)}{_unit(issue.unit)}"
        case DateIssue():
            return f"a date from {issue.min.isoformat()} to {issue.max.isoformat()}"
        case FlagIssue():
            return "yes or no"
        case _:
            assert_never(issue)


def _term(issue: Issue, text: str) -> Term | None:
    match issue:
        case NumberIssue():
            value = _figure(text, issue.unit)
            return None if value is None or not _on_grid(issue, value) else Number(issue=issue.name, value=value)
        case ChoiceIssue():
            return _choice(issue, text)
        case DateIssue():
            day = _day(text)
            return Day(issue=issue.name, value=day) if day is not None and issue.min <= day <= issue.max else None
        case FlagIssue():
            word = text.casefold()
            return Flag(issue=issue.name, value=word in _YES) if word in _YES | _NO else None
        case _:
            assert_never(issue)


def _choice(issue: ChoiceIssue, text: str) -> Term | None:
    if issue.numeric:
        value = _figure(text, issue.unit)
        option = next((option for option in issue.options if value is not None and Decimal(option) == value), None)
        return None if option is None else Number(issue=issue.name, value=Decimal(option))
    word = text.casefold()
    exact = [option for option in issue.options if option.casefold() == word]
    begun = [option for option in issue.options if word and option.casefold().startswith(word)]
    found = exact or begun
    return Choice(issue=issue.name, value=found[0]) if len(found) == 1 else None


def _figure(text: str, unit: str) -> Decimal | None:
    """Return a figure with or without thousands separators and the unit of its issue."""
    for name in {unit, plural(2, unit)} - {""}:
        if text.casefold().endswith(name.casefold()):
            text = text[: -len(name)].rstrip()
    if not _FIGURE.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None


def _on_grid(issue: NumberIssue, value: Decimal) -> bool:
    return issue.min <= value <= issue.max and (value - issue.min) % issue.step == 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-10-01") else None
    except ValueError:
        return None


def _unit(unit: str) -> str:
    return f" {plural(2, unit)}" if unit else ""
