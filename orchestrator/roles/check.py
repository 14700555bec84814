"""Do the parts of a negotiation file fit together? Names, ranges, agreement, and who is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias, TypeVar

from orchestrator.messages.terms import exact
from orchestrator.messages.value import Value
from orchestrator.roles.fit import NAME_RULE, is_name
from orchestrator.roles.form import (
    ChoiceIssueForm,
    DateIssueForm,
    IssueForm,
    NumberIssueForm,
    RuleForm,
    WordPolicyForm,
)
from orchestrator.roles.gateform import GateForm, faults_of
from orchestrator.roles.pieces import Notes, Piece, Pieces, nearest, shown
from orchestrator.roles.sections import check_sections, most_of
from orchestrator.roles.shares import check_shares
from orchestrator.roles.triggerfit import check_triggers
from orchestrator.roles.triggerform import TriggerForm
from orchestrator.roles.worths import check_worths

__all__ = ["RESERVED_ROLES", "check", "is_free"]

RESERVED_ROLES = frozenset({"all", "approver", "precedent", "table"})
"""Names that mean something else where a role is named."""

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII)
_KEPT_BY_RULES = re.compile(
    "as|bool|break|bytes|const|continue|double|duration|dyn|else|false|for|function|if|import|in|int|let|list|loop|map|"
    "namespace|null|null_type|package|return|string|timestamp|true|type|uint|var|void|while"
)
"""What CEL keeps for itself, and the names of its types."""

F = TypeVar("F", bound=Value)


def check(pieces: Pieces, notes: Notes) -> None:
    """Note everything that does not fit together."""
    for name, piece in pieces.issues.items():
        _issue(name, piece, pieces, notes)
    _facts(pieces, notes)
    _roles(pieces, notes)
    _unlike(sorted((*pieces.policies, *pieces.word_policies), key=_line_of), "policies", notes)
    for piece in pieces.word_policies:
        _word_policy(piece, notes)
    _unlike(pieces.gates, "gates", notes)
    for piece in pieces.gates:
        _gate(piece, notes)
    _agreement(pieces, notes)
    check_shares(pieces, notes)
    check_sections(pieces, notes)
    _unlike(pieces.triggers, "triggers", notes)
    check_triggers(pieces, notes)


def is_free(name: str) -> bool:
    """Return whether rules leave a name to issues."""
    return _KEPT_BY_RULES.fullmatch(name) is None


def _issue(name: str, piece: Piece[IssueForm], pieces: Pieces, notes: Notes) -> None:
    if not _IDENTIFIER.fullmatch(name):
        notes.add(
            piece.line, piece.key, f"{shown(name)} cannot name an issue in a rule", "letters, digits and '_', no digit first"
        )
    elif not is_free(name):
        notes.add(piece.line, piece.key, f"{name!r} means something else in a rule", "another name")
    form = piece.form
    if form is None:
        return
    if form.owner is not None:
        _known_roles(piece, "owner", (form.owner,), pieces, notes)
    match form:
        case NumberIssueForm() if not piece.unread:
            _grid(piece, form, notes)
        case ChoiceIssueForm():
            _options(piece, form, notes)
        case DateIssueForm():
            if form.min >= form.max:
                notes.add(piece.line_of("max"), f"{piece.key}.max", f"is {form.max}", f"a date after min, {form.min}")
        case _:
            pass


def _grid(piece: Piece[IssueForm], form: NumberIssueForm, notes: Notes) -> None:
    if form.min >= form.max:
        problem, expected = f"is {exact(form.max)}", f"a number above min, {exact(form.min)}"
        notes.add(piece.line_of("max"), f"{piece.key}.max", problem, expected)
    elif form.step <= 0:
        notes.add(piece.line_of("step"), f"{piece.key}.step", f"is {exact(form.step)}", "a number above 0")
    elif (rest := (form.max - form.min) % form.step) != 0:
        last = form.max - rest
        expected = f"{exact(last)} or {exact(last + form.step)}" if last > form.min else f"{exact(last + form.step)}"
        problem = f"{exact(form.max)} is not reached from {exact(form.min)} in steps of {exact(form.step)}"
        notes.add(piece.line_of("max"), f"{piece.key}.max", problem, expected)


def _options(piece: Piece[IssueForm], form: ChoiceIssueForm, notes: Notes) -> None:
    line, key = piece.line_of("options"), f"{piece.key}.options"
    texts = [exact(option) if isinstance(option, Decimal) else option for option in form.options]
    if len(texts) < 2:
        notes.add(line, key, f"there are {len(texts)}", "at least 2")
    for text in _twice(texts):
        notes.add(line, key, f"{shown(text)} is there twice", "each option once")
    if len({isinstance(option, Decimal) for option in form.options}) > 1:
        notes.add(line, key, "some are numbers and some are words", "only numbers, or numbers in quotation marks")


def _word_policy(piece: Piece[WordPolicyForm], notes: Notes) -> None:
    form = piece.form
    if form is None or piece.unread:
        return
    if not form.words and not form.personal:
        notes.add(piece.line, piece.key, "names nothing", "words, or personal: email, phone, iban, card")
    for key, names in (("words", form.words), ("personal", form.personal)):
        for name in _twice(names):
            notes.add(piece.line_of(key), f"{piece.key}.{key}", f"{shown(name)} is there twice", "each once")


def _gate(piece: Piece[GateForm], notes: Notes) -> None:
    if piece.form is not None:
        for fault in faults_of("approver", piece.form.approver, piece.form.approvers):
            notes.add(piece.line_of(fault.key), f"{piece.key}.{fault.key}", fault.problem, fault.expected)


def _line_of(piece: Piece[RuleForm] | Piece[WordPolicyForm]) -> int:
    return piece.line


def _facts(pieces: Pieces, notes: Notes) -> None:
    for name, piece in pieces.facts.items():
        if not is_name(name):
            notes.add(piece.line, piece.key, f"{shown(name)} cannot name a fact", NAME_RULE)
        if piece.form is None:
            continue
        audience = piece.form.visible_to
        if audience != ("all",):
            _known_roles(piece, "visible_to", audience, pieces, notes)
        if not audience:
            notes.add(piece.line_of("visible_to"), f"{piece.key}.visible_to", "nobody can see it", "'all' or a list of roles")


def _roles(pieces: Pieces, notes: Notes) -> None:
    if len(pieces.roles) == 1:
        name, only = next(iter(pieces.roles.items()))
        notes.add(only.seat.line, "roles", f"{name!r} is alone at the table", "at least two roles")
    for name, role in pieces.roles.items():
        if not is_name(name):
            notes.add(role.seat.line, role.seat.key, f"{shown(name)} cannot name a role", NAME_RULE)
        elif name in RESERVED_ROLES:
            notes.add(role.seat.line, role.seat.key, f"{name!r} means something else at the table", "another name")
        _unlike(role.limits, f"{role.seat.key}.limits", notes)
        check_worths(role, pieces.issues, notes)


_Identified: TypeAlias = Piece[RuleForm] | Piece[GateForm] | Piece[WordPolicyForm] | Piece[TriggerForm]


def _unlike(rules: Iterable[_Identified], key: str, notes: Notes) -> None:
    """Note ids that are there twice in one list."""
    first: dict[str, int] = {}
    for piece in rules:
        name = str(getattr(piece.form, "id", ""))
        if name and name in first:
            notes.add(piece.line_of("id"), f"{key}.{name}.id", f"is there twice, first on line {first[name]}", "each id once")
        elif name:
            first[name] = piece.line_of("id")


def _agreement(pieces: Pieces, notes: Notes) -> None:
    piece = pieces.agreement
    form = piece.form
    if form is None:
        return
    _known_roles(piece, "always", form.always, pieces, notes)
    most = most_of(pieces)
    if piece.unread or not most:
        return
    if form.min_offers is not None and form.min_offers >= len(pieces.roles):
        others = f"a whole number from 1 to {len(pieces.roles) - 1}, the roles but one"
        notes.add(piece.line_of("min_offers"), f"{piece.key}.min_offers", f"is {form.min_offers}", others)
    if form.needs == "all":
        for key in ("quorum", "always"):
            if getattr(form, key):
                notes.add(piece.line_of(key), f"{piece.key}.{key}", "has no meaning where all must agree", "needs: quorum")
    elif form.quorum is None:
        notes.add(piece.line, f"{piece.key}.quorum", "is missing", f"a whole number from 1 to {most}")
    elif form.quorum > most:
        notes.add(piece.line_of("quorum"), f"{piece.key}.quorum", f"is {form.quorum}", f"a whole number from 1 to {most}")


def _known_roles(piece: Piece[F], key: str, named: tuple[str, ...], pieces: Pieces, notes: Notes) -> None:
    line, place = piece.line_of(key), f"{piece.key}.{key}"
    for name in named:
        if pieces.roles and name not in pieces.roles:
            notes.add(line, place, f"{shown(name)} is no role", nearest(name, pieces.roles))
    for name in _twice(named):
        notes.add(line, place, f"{shown(name)} is there twice", "each role once")


def _twice(names: Iterable[str]) -> tuple[str, ...]:
    seen: set[str] = set()
    again = [name for name in names if name in seen or seen.add(name)]
    return tuple(dict.fromkeys(again))
