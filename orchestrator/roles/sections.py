"""Which parts of a negotiation file belong to one pattern, and do they fit the rest of it? A form for each pattern."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from orchestrator.messages.gate import Gate
from orchestrator.messages.pattern import Breakers, PatternRules
from orchestrator.messages.value import Value
from orchestrator.roles.form import AgreementForm
from orchestrator.roles.pieces import Notes, Piece, Pieces
from orchestrator.roles.sectionform import Fault, File, SectionForm

__all__ = ["breakers_of", "check_sections", "gates_of", "most_of", "rules_of", "section_of"]

F = TypeVar("F", bound=Value)


def check_sections(pieces: Pieces, notes: Notes) -> None:
    """Note what does not fit in the parts of patterns, and those that belong to another pattern than the file's."""
    file = _file(pieces)
    for key, piece in pieces.sections.items():
        pattern = pieces.head.form.pattern if pieces.head.form else key
        if key != pattern:
            notes.add(piece.line, key, f"has no meaning where the pattern is {pattern!r}", f"pattern: {key}")
        elif piece.form is not None:
            _note(piece, piece.form.faults(file), notes)
            for gate in piece.form.gates():
                if gate.id in file.gates:
                    notes.add(piece.line, key, f"has a gate {gate.id!r} of its own", "another id for the gate of the file")
    if pieces.breakers is not None and pieces.breakers.form is not None:
        _note(pieces.breakers, pieces.breakers.form.faults(file), notes)


def section_of(pieces: Pieces) -> SectionForm | None:
    """Return the part that belongs to the file's pattern, if there is one and it could be read."""
    pattern = pieces.head.form.pattern if pieces.head.form else ""
    piece = pieces.sections.get(pattern)
    return piece.form if piece else None


def rules_of(pieces: Pieces) -> PatternRules | None:
    """Return the settings of the file's pattern, if it has any."""
    form = section_of(pieces)
    return form.rules(_file(pieces)) if form else None


def gates_of(pieces: Pieces) -> tuple[Gate, ...]:
    """Return the gates that the file's pattern adds."""
    form = section_of(pieces)
    return tuple(form.gates()) if form else ()


def breakers_of(pieces: Pieces) -> Breakers | None:
    """Return what freezes the session, if the file says so."""
    return pieces.breakers.form.breakers() if pieces.breakers and pieces.breakers.form else None


def most_of(pieces: Pieces) -> int:
    """Return how much all roles together count towards a quorum."""
    form = section_of(pieces)
    return form.most(_file(pieces)) if form else len(pieces.roles)


def _note(piece: Piece[F], faults: Iterable[Fault], notes: Notes) -> None:
    """Note what does not fit; of a part that could not be read in whole, that is said once it can be."""
    for fault in () if piece.unread else faults:
        notes.add(piece.line_of(fault.key.split(".")[0]), f"{piece.key}.{fault.key}", fault.problem, fault.expected)


def _file(pieces: Pieces) -> File:
    return File(
        roles=tuple(pieces.roles),
        issues={name: piece.form for name, piece in pieces.issues.items() if piece.form is not None},
        gates=tuple(piece.form.id for piece in pieces.gates if piece.form is not None),
        agreement=pieces.agreement.form or AgreementForm(),
    )
