"""Does a role's utility fit the agenda? Its issues, its weights, and what each value is worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import chain

from orchestrator.messages.terms import exact
from orchestrator.roles.form import ChoiceIssueForm, DateIssueForm, FlagIssueForm, IssueForm, NumberIssueForm, WorthForm
from orchestrator.roles.pieces import Notes, Piece, RolePieces, nearest, shown

__all__ = ["check_worths", "is_numeric", "options_of"]

_TOLERANCE = 0.001


def check_worths(role: RolePieces, issues: dict[str, Piece[IssueForm]], notes: Notes) -> None:
    """Note everything in a role's utility that does not fit the issues."""
    for name, piece in role.worths.items():
        issue = issues.get(name)
        if not issues:
            continue
        if issue is None:
            notes.add(piece.line, piece.key, f"{shown(name)} is no issue", nearest(name, issues))
        elif piece.form is not None and issue.form is not None and not piece.unread | issue.unread:
            _worth(piece, piece.form, issue.form, notes)
    forms = [piece.form for piece in role.worths.values()]
    total = sum(form.weight for form in forms if form is not None)
    if role.utility is not None and None not in forms and forms and abs(total - 1) > _TOLERANCE:
        notes.add(role.utility.line, f"{role.utility.key}.issues", f"the weights sum to {round(total, 4):g}", "1")


def options_of(issue: ChoiceIssueForm | FlagIssueForm) -> tuple[str, ...]:
    """Return the texts of all options, in their order."""
    if isinstance(issue, FlagIssueForm):
        return ("true", "false")
    return tuple(exact(option) if isinstance(option, Decimal) else option for option in issue.options)


def is_numeric(issue: IssueForm) -> bool:
    """Return whether the terms of an issue are figures."""
    if isinstance(issue, ChoiceIssueForm):
        return all(isinstance(option, Decimal) for option in issue.options)
    return isinstance(issue, NumberIssueForm)


def _worth(piece: Piece[WorthForm], worth: WorthForm, issue: IssueForm, notes: Notes) -> None:
    if worth.values is not None:
        _by_option(piece, worth, worth.values, issue, notes)
    elif isinstance(issue, FlagIssueForm) or (isinstance(issue, ChoiceIssueForm) and not is_numeric(issue)):
        notes.add(piece.line, f"{piece.key}.values", "is missing", "a worth for each option")
    else:
        _along(piece, worth, issue, notes)


def _by_option(piece: Piece[WorthForm], worth: WorthForm, values: dict[str, float], issue: IssueForm, notes: Notes) -> None:
    line, key = piece.line_of("values"), f"{piece.key}.values"
    if worth.best is not None or worth.worst is not None:
        notes.add(line, key, "stands beside best or worst", "either values, or best and worst")
    if not isinstance(issue, ChoiceIssueForm | FlagIssueForm):
        notes.add(line, key, f"does not fit an issue of kind {issue.kind!r}", "best and worst")
        return
    options = options_of(issue)
    for option in chain(values, options):
        if option not in options:
            notes.add(line, f"{key}.{option}", f"{shown(option)} is no option", nearest(option, options))
        elif option not in values:
            notes.add(line, f"{key}.{option}", "is missing", "a number from 0 to 1")


def _along(piece: Piece[WorthForm], worth: WorthForm, issue: IssueForm, notes: Notes) -> None:
    on_days = isinstance(issue, DateIssueForm)
    expected = "a date" if on_days else "a number"
    for key, end in (("best", worth.best), ("worst", worth.worst)):
        if end is None:
            notes.add(piece.line, f"{piece.key}.{key}", "is missing", expected)
        elif isinstance(end, date) is not on_days:
            notes.add(piece.line_of(key), f"{piece.key}.{key}", f"is {shown(end)}", expected)
    if worth.best is not None and worth.best == worth.worst:
        notes.add(piece.line_of("worst"), f"{piece.key}.worst", f"is {shown(worth.worst)}, the same as best", "another value")
