"""Which parts of a negotiation file can be read? Each is read by itself, so that one mistake hides no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from orchestrator.messages.value import Value
from orchestrator.roles.breakerform import BreakersForm
from orchestrator.roles.budgetform import BudgetsForm, TakeForm
from orchestrator.roles.form import (
    AgreementForm,
    ChoiceIssueForm,
    ContextForm,
    DateIssueForm,
    FactForm,
    FlagIssueForm,
    HeadForm,
    IssueForm,
    NumberIssueForm,
    RoleForm,
    RuleForm,
    SpendForm,
    StopForm,
    UtilityForm,
    WordPolicyForm,
    WorthForm,
)
from orchestrator.roles.gateform import GateForm
from orchestrator.roles.handoverform import HandOverForm
from orchestrator.roles.nodes import Listing, Mapping, Node, Word, plain_of
from orchestrator.roles.pieces import Notes, Piece, Pieces, RolePieces, nearest, shown
from orchestrator.roles.sectiontable import SECTION_FORMS
from orchestrator.roles.triggerform import TriggerForm

__all__ = ["parse", "read_piece"]

F = TypeVar("F", bound=Value)


def parse(root: Mapping, notes: Notes) -> Pieces:
    """Read all parts of a file; what is wrong with their form is noted."""
    file = _Parts(node=root, key="", notes=notes)
    head = Mapping(
        line=root.line,
        keys={key: word for key, word in root.keys.items() if key not in _PARTS},
        values={key: value for key, value in root.values.items() if key not in _PARTS},
    )
    return Pieces(
        head=read_piece(HeadForm, head, "", 0, notes, known=_PARTS),
        issues=_issues(file),
        facts=file.named("facts", FactForm),
        roles=_roles(file),
        policies=file.listed("policies", RuleForm, lambda item: not _is_of_words(item)),
        word_policies=file.listed("policies", WordPolicyForm, _is_of_words),
        gates=file.listed("gates", GateForm),
        agreement=file.one("agreement", AgreementForm),
        stop=file.one("stop", StopForm, required=True),
        spend=file.one("spend", SpendForm),
        sections={key: file.one(key, form) for key, form in SECTION_FORMS.items() if key in root.values},
        breakers=file.one("breakers", BreakersForm) if "breakers" in root.values else None,
        budgets=_budgets(file),
        takes=_takes(file),
        triggers=file.listed("triggers", TriggerForm),
    )


def read_piece(form: type[F], node: Node, key: str, line: int, notes: Notes, *, known: tuple[str, ...] = ()) -> Piece[F]:
    """Read one part; where keys of it are wrong, what is left without them may still be one."""
    plain = plain_of(node)
    try:
        return Piece(key=key, line=line, node=node, form=form.model_validate(plain))
    except ValidationError as error:
        wrong = error.errors(include_url=False)
    piece: Piece[F] = Piece(key=key, line=line, node=node, form=None)
    for detail in wrong:
        _note(detail, piece, form, known, notes)
    if not isinstance(plain, dict):
        return piece
    dropped = {str(detail["loc"][0]) for detail in wrong if detail["loc"]}
    try:
        left = form.model_validate({name: value for name, value in plain.items() if name not in dropped})
    except ValidationError:
        return piece
    return Piece(key=key, line=line, node=node, form=left, unread=frozenset(dropped & set(form.model_fields)))


_OF_ALL = ("issues", "facts", "roles", "policies", "gates", "agreement", "stop", "spend", "breakers", "budgets", "triggers")
_PARTS = (*_OF_ALL, *SECTION_FORMS)
_ROLE_PARTS = ("limits", "utility", "spend", "context", "hand_over")
_ISSUES = {"number": NumberIssueForm, "choice": ChoiceIssueForm, "date": DateIssueForm, "flag": FlagIssueForm}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """A mapping whose values are parts themselves."""

    node: Mapping
    key: str
    notes: Notes

    def mapping(self, key: str, *, required: bool = False) -> Mapping | None:
        """Return the mapping under a key. One that is missing or is none is noted."""
        node = self.node.values.get(key)
        if isinstance(node, Mapping):
            return node
        if node is None:
            if required:
                self.notes.add(self.node.line if self.key else 0, self.at(key), "is missing", "a mapping")
        elif required or not _is_empty(node):
            self.notes.add(self.node.keys[key].line, self.at(key), f"is {shown(plain_of(node))}", "a mapping")
        return None

    def named(self, key: str, form: type[F], *, required: bool = False) -> dict[str, Piece[F]]:
        """Read each value of the mapping under a key."""
        node = self.mapping(key, required=required)
        if node is None:
            return {}
        return {
            name: read_piece(form, value, f"{self.at(key)}.{name}", node.keys[name].line, self.notes)
            for name, value in node.values.items()
        }

    def listed(self, key: str, form: type[F], takes: Callable[[Node], bool] | None = None) -> tuple[Piece[F], ...]:
        """Read each item of the list under a key, or only those that are taken."""
        node = self.node.values.get(key)
        if isinstance(node, Listing):
            return tuple(
                read_piece(form, item, f"{self.at(key)}.{_id_of(item) or number}", item.line, self.notes)
                for number, item in enumerate(node.items, 1)
                if takes is None or takes(item)
            )
        if node is not None and not _is_empty(node) and form is not WordPolicyForm:
            self.notes.add(self.node.keys[key].line, self.at(key), f"is {shown(plain_of(node))}", "a list")
        return ()

    def one(self, key: str, form: type[F], *, required: bool = False) -> Piece[F]:
        """Read the one part under a key."""
        node = self.mapping(key, required=required)
        line = self.node.keys[key].line if key in self.node.keys else self.node.line
        if node is None and required:
            return Piece(key=self.at(key), line=line, node=None, form=None)
        return read_piece(form, node or Mapping(line=line, keys={}, values={}), self.at(key), line, self.notes)

    def at(self, key: str) -> str:
        """Return the dotted place of a key."""
        return f"{self.key}.{key}" if self.key else key


def _issues(file: _Parts) -> dict[str, Piece[IssueForm]]:
    node = file.mapping("issues", required=True)
    if node is None:
        return {}
    return {name: _issue(value, f"issues.{name}", node.keys[name].line, file.notes) for name, value in node.values.items()}


def _issue(node: Node, key: str, line: int, notes: Notes) -> Piece[IssueForm]:
    kind = node.values.get("kind") if isinstance(node, Mapping) else None
    form = _ISSUES.get(kind.text) if isinstance(kind, Word) else None
    if form is not None:
        return read_piece(form, node, key, line, notes)
    expected = ", ".join(map(repr, _ISSUES))
    if not isinstance(node, Mapping):
        notes.add(line, key, f"is {shown(plain_of(node))}", "a mapping")
    elif kind is None:
        notes.add(line, f"{key}.kind", "is missing", expected)
    else:
        notes.add(kind.line, f"{key}.kind", f"is {shown(plain_of(kind))}", expected)
    return Piece(key=key, line=line, node=node, form=None)


def _budgets(file: _Parts) -> Piece[BudgetsForm] | None:
    node = file.mapping("budgets")
    if node is None:
        return None
    own = Mapping(line=node.line, keys=node.keys, values={key: value for key, value in node.values.items() if key != "takes"})
    return read_piece(BudgetsForm, own, "budgets", file.node.keys["budgets"].line, file.notes, known=("takes",))


def _takes(file: _Parts) -> tuple[Piece[TakeForm], ...]:
    node = file.node.values.get("budgets")
    if not isinstance(node, Mapping):
        return ()
    return _Parts(node=node, key="budgets", notes=file.notes).listed("takes", TakeForm)


def _roles(file: _Parts) -> dict[str, RolePieces]:
    node = file.mapping("roles", required=True)
    if node is None:
        return {}
    return {name: _role(value, f"roles.{name}", node.keys[name].line, file.notes) for name, value in node.values.items()}


def _role(node: Node, key: str, line: int, notes: Notes) -> RolePieces:
    if not isinstance(node, Mapping):
        return RolePieces(seat=read_piece(RoleForm, node, key, line, notes), limits=(), utility=None, worths={})
    seat = Mapping(
        line=line,
        keys=node.keys,
        values={name: value for name, value in node.values.items() if name not in _ROLE_PARTS},
    )
    parts = _Parts(node=node, key=key, notes=notes)
    utility = parts.mapping("utility")
    return RolePieces(
        seat=read_piece(RoleForm, seat, key, line, notes, known=_ROLE_PARTS),
        limits=parts.listed("limits", RuleForm),
        spend=parts.one("spend", SpendForm) if "spend" in node.values else None,
        context=parts.one("context", ContextForm) if "context" in node.values else None,
        hand_over=parts.one("hand_over", HandOverForm) if "hand_over" in node.values else None,
        utility=_utility(utility, f"{key}.utility", notes) if utility else None,
        worths=_Parts(node=utility, key=f"{key}.utility", notes=notes).named("issues", WorthForm, required=True)
        if utility
        else {},
    )


def _utility(node: Mapping, key: str, notes: Notes) -> Piece[UtilityForm]:
    own = Mapping(
        line=node.line, keys=node.keys, values={name: value for name, value in node.values.items() if name != "issues"}
    )
    return read_piece(UtilityForm, own, key, node.line, notes, known=("issues",))


def _is_of_words(node: Node) -> bool:
    """Return whether a policy is one of words and not of terms."""
    return isinstance(node, Mapping) and "rule" not in node.values and not node.values.keys().isdisjoint({"words", "personal"})


def _is_empty(node: Node) -> bool:
    return isinstance(node, Word) and node.value is None


def _id_of(node: Node) -> str:
    word = node.values.get("id") if isinstance(node, Mapping) else None
    return word.text if isinstance(word, Word) else ""


def _note(detail: ErrorDetails, piece: Piece[F], form: type[F], known: tuple[str, ...], notes: Notes) -> None:
    """Say in plain words what is wrong with one value."""
    path = detail["loc"]
    key = ".".join(filter(None, (piece.key, *(str(step + 1 if isinstance(step, int) else step) for step in path))))
    line = piece.line_of(str(path[0])) if path else piece.line
    match detail["type"]:
        case "missing":
            notes.add(piece.line, key, "is missing", _wanted(form, str(path[-1])))
        case "extra_forbidden":
            notes.add(line, key, "is not known here", nearest(str(path[-1]), (*form.model_fields, *known)))
        case _:
            notes.add(line, key, f"is {shown(detail['input'])}", _expected(detail))


def _wanted(form: type[F], key: str) -> str:
    """Return what a key of a form may hold, as the form itself says when it is given what fits nothing."""
    try:
        form.model_validate({key: {}})
    except ValidationError as error:
        return next(_expected(detail) for detail in error.errors(include_url=False) if detail["loc"] == (key,))
    return ""


def _expected(detail: ErrorDetails) -> str:
    return _FORMS.get(detail["type"]) or detail.get("ctx", {}).get("expected", "another value")


_FORMS = {"tuple_type": "a list", "dict_type": "a mapping", "model_type": "a mapping", "model_attributes_type": "a mapping"}
