"""Which pots does a negotiation draw on? Its budget file read, each take matched with a pot, mistakes with lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestrator.errors import ConfigError
from orchestrator.messages.pot import Budgets, Pot, Take
from orchestrator.roles.budgetform import BudgetsForm, PotForm, TakeForm
from orchestrator.roles.files import LONGEST_NEGOTIATION, read_text
from orchestrator.roles.nodes import Listing, Mapping, Node, plain_of
from orchestrator.roles.parse import read_piece
from orchestrator.roles.pieces import Notes, Piece, Pieces, nearest, shown

__all__ = ["budgets_of", "load_pots"]


@dataclass(frozen=True, slots=True)
class _Found:
    pots: tuple[Pot, ...]
    is_whole: bool
    """Whether nothing is wrong with the file."""


def load_pots(path: Path) -> tuple[Pot, ...]:
    """Return the pots of a budget file. Raises ConfigError with every mistake."""
    notes = Notes(file=str(path))
    found = _read(path, notes)
    if notes.mistakes:
        raise ConfigError(tuple(sorted(notes.mistakes, key=lambda mistake: mistake.line)), hint="mend the budget file")
    return found.pots


def budgets_of(pieces: Pieces, folder: Path, notes: Notes) -> Budgets | None:
    """Return what a negotiation draws on, noting every mistake; None where it draws on nothing, or that can't be read."""
    if pieces.budgets is None or pieces.budgets.form is None:
        return None
    form = pieces.budgets.form
    line = pieces.budgets.line_of("file")
    path = folder / form.file
    if not path.is_file():
        notes.add(line, "budgets.file", f"{form.file!r} does not exist", "a budget file, from the folder of this file on")
        return None
    others = Notes(file=str(path))
    found = _read(path, others)
    notes.mistakes.extend(others.mistakes)
    if not pieces.takes and "takes" not in pieces.budgets.unread:
        notes.add(pieces.budgets.line_of("takes"), "budgets.takes", "there are none", "a list of pots with amounts")
    return _drawn(form, pieces.takes, found, notes)


def _drawn(form: BudgetsForm, takes: tuple[Piece[TakeForm], ...], found: _Found, notes: Notes) -> Budgets:
    named = {pot.name: pot for pot in found.pots}
    drawn: dict[str, Take] = {}
    for piece in takes:
        if piece.form is None:
            continue
        name = piece.form.pot
        if name in drawn:
            notes.add(piece.line_of("pot"), f"{piece.key}.pot", f"{name!r} is there twice", "each pot once, its amounts added")
        elif name in named:
            drawn[name] = Take(pot=name, amount=piece.form.amount)
        elif found.is_whole:
            notes.add(piece.line_of("pot"), f"{piece.key}.pot", f"{name!r} is no pot of {form.file!r}", nearest(name, named))
    return Budgets(file=form.file, pots=tuple(named[name] for name in drawn), takes=tuple(drawn.values()))


def _read(path: Path, notes: Notes) -> _Found:
    from orchestrator.roles.yaml import read_yaml  # noqa: PLC0415 - brings the parser, which most commands never need

    text = read_text(path, LONGEST_NEGOTIATION, notes)
    document = read_yaml(text, notes.file) if text is not None else None
    if document is None:
        return _Found((), is_whole=False)
    notes.mistakes.extend(document.mistakes)
    root = document.root
    if not isinstance(root, Mapping):
        if root is not None:
            notes.add(root.line, "YAML", f"the file is {shown(plain_of(root))}", "a mapping with 'pots'")
        return _Found((), is_whole=False)
    pieces = tuple(_pieces(root, notes))
    usable = [piece.form for piece in reversed(pieces) if piece.form and piece.form.step and not piece.unread]
    pots = {form.name: form.pot() for form in usable}
    ordered = tuple(pots[name] for name in dict.fromkeys(piece.form.name for piece in pieces if piece.form) if name in pots)
    return _Found(ordered, is_whole=not notes.mistakes)


def _pieces(root: Mapping, notes: Notes) -> Iterator[Piece[PotForm]]:
    for key, word in root.keys.items():
        if key != "pots":
            notes.add(word.line, key, "is not known here", "'pots'")
    pots = root.values.get("pots")
    if not isinstance(pots, Listing) or not pots.items:
        line = root.keys["pots"].line if pots is not None else 0
        notes.add(line, "pots", "is missing" if pots is None else f"is {_said(pots)}", "a list of pots")
        return
    first: dict[str, int] = {}
    for number, item in enumerate(pots.items, 1):
        piece = read_piece(PotForm, item, f"pots.{number}", item.line, notes)
        if piece.form is not None:
            _check(piece, piece.form, first, notes)
        yield piece


def _check(piece: Piece[PotForm], form: PotForm, first: dict[str, int], notes: Notes) -> None:
    if form.name in first:
        problem = f"{form.name!r} is there twice, first on line {first[form.name]}"
        notes.add(piece.line_of("name"), f"{piece.key}.name", problem, "each pot once")
    first.setdefault(form.name, piece.line_of("name"))
    if form.step == 0:
        notes.add(piece.line_of("step"), f"{piece.key}.step", "is 0", "a number above 0")


def _said(node: Node) -> str:
    return "an empty list" if isinstance(node, Listing) else shown(plain_of(node))
