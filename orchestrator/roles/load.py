"""What is in a folder of a negotiation? All of it, typed, or every mistake at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from orchestrator.errors import ConfigError, Mistake
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.rulecheck import RuleCheck, RuleMistake
from orchestrator.messages.settings import PromptSource
from orchestrator.messages.value import RoleName
from orchestrator.roles.budgetform import TakeForm
from orchestrator.roles.budgets import budgets_of
from orchestrator.roles.build import build
from orchestrator.roles.check import check
from orchestrator.roles.files import LONGEST_NEGOTIATION, read_text
from orchestrator.roles.find import NEGOTIATION_FILE, house_folder
from orchestrator.roles.fixed import role_prompt
from orchestrator.roles.form import RuleForm
from orchestrator.roles.gateform import GateForm
from orchestrator.roles.nodes import Mapping, plain_of
from orchestrator.roles.parse import parse
from orchestrator.roles.pieces import Notes, Piece, Pieces, shown
from orchestrator.roles.sections import gates_of
from orchestrator.roles.triggerform import TriggerForm

__all__ = ["Folder", "load", "load_negotiation"]

_RulePiece: TypeAlias = Piece[RuleForm] | Piece[GateForm] | Piece[TakeForm] | Piece[TriggerForm]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A negotiation and every prompt file that it uses."""

    negotiation: Negotiation
    prompts: tuple[PromptSource, ...] = ()

    def model_of(self, role: RoleName) -> str | None:
        """Return the model that a role's prompt file names, if it names one."""
        seat = next((seat for seat in self.negotiation.roles if seat.name == role), None)
        return role_prompt(self.prompts, seat.prompt).model if seat else None


def load(path: Path, check_rules: RuleCheck) -> Folder:
    """Read a folder, or a negotiation file, and all prompts. Raises ConfigError with every mistake in all files.

    A file with not one prompt beside it stands alone: its roles are then told what all must know, in plain words.
    """
    from orchestrator.roles.gather import gather  # noqa: PLC0415 - brings the templates, which most commands never need

    file = path / NEGOTIATION_FILE if path.is_dir() else path
    notes = Notes(file=str(file))
    pieces = _pieces(file, notes)
    if pieces is None:
        raise ConfigError(tuple(notes.mistakes))
    negotiation = _checked(pieces, file.parent, check_rules, notes)
    gathering = gather(file.parent, (file.parent / "house", house_folder()), negotiation, whole=not notes.mistakes)
    for name, role in pieces.roles.items():
        prompt = role.seat.form.prompt if role.seat.form else None
        if prompt in gathering.missing and not (path.is_file() and not gathering.prompts):
            notes.add(
                role.seat.line_of("prompt"), f"roles.{name}.prompt", f"{prompt!r} does not exist", "a file beside this one"
            )
    mistakes = (*_in_order(notes.mistakes), *_in_order(gathering.mistakes))
    if mistakes:
        raise ConfigError(mistakes)
    return Folder(negotiation=negotiation, prompts=gathering.prompts)


def load_negotiation(path: Path, check_rules: RuleCheck) -> Negotiation:
    """Read a negotiation file alone, whether its prompts are there or not. Raises ConfigError with every mistake."""
    notes = Notes(file=str(path))
    pieces = _pieces(path, notes)
    negotiation = _checked(pieces, path.parent, check_rules, notes) if pieces else None
    if negotiation is None or notes.mistakes:
        raise ConfigError(_in_order(notes.mistakes))
    return negotiation


def _pieces(file: Path, notes: Notes) -> Pieces | None:
    """Read the parts of a negotiation file; None where it can't be taken apart."""
    from orchestrator.roles.yaml import read_yaml  # noqa: PLC0415 - brings the parser, which most commands never need

    text = read_text(file, LONGEST_NEGOTIATION, notes)
    if text is None:
        return None
    document = read_yaml(text, notes.file)
    notes.mistakes.extend(document.mistakes)
    if isinstance(document.root, Mapping):
        return parse(document.root, notes)
    if document.root is not None:
        notes.add(document.root.line, "YAML", f"the file is {shown(plain_of(document.root))}", "a mapping")
    return None


def _checked(pieces: Pieces, folder: Path, check_rules: RuleCheck, notes: Notes) -> Negotiation:
    check(pieces, notes)
    negotiation = build(pieces).model_copy(update={"budgets": budgets_of(pieces, folder, notes)})
    if negotiation.issues and not any(mistake.key.split(".")[0] == "issues" for mistake in notes.mistakes):
        own = negotiation.gates[: len(negotiation.gates) - len(gates_of(pieces))]
        for mistake in check_rules(negotiation.model_copy(update={"gates": own})):
            _place(mistake, pieces, notes)
    return negotiation


def _place(mistake: RuleMistake, pieces: Pieces, notes: Notes) -> None:
    """Note a mistake of a rule on the line of that rule."""
    piece = next((piece for piece in _rules(mistake, pieces) if _id_of(piece) == mistake.id), None)
    key = {"gates": "when", "triggers": "when", "budgets": "amount"}.get(mistake.where, "rule")
    if piece is None:
        notes.add(0, f"{mistake.where}.{mistake.id}", mistake.problem, mistake.expected)
    else:
        notes.add(piece.line_of(key), f"{piece.key}.{key}", mistake.problem, mistake.expected)


def _id_of(piece: _RulePiece) -> str:
    form = piece.form
    return "" if form is None else form.pot if isinstance(form, TakeForm) else form.id


def _rules(mistake: RuleMistake, pieces: Pieces) -> tuple[_RulePiece, ...]:
    match mistake.where:
        case "policies":
            return pieces.policies
        case "gates":
            return pieces.gates
        case "budgets":
            return pieces.takes
        case "limits":
            return pieces.roles[mistake.role].limits if mistake.role in pieces.roles else ()
        case "triggers":
            return pieces.triggers


def _in_order(mistakes: list[Mistake] | tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    return tuple(sorted(mistakes, key=lambda mistake: (mistake.file, mistake.line)))
