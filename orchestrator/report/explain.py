"""Why does an offer say what it says? For each term, who moved it when, by which move, and citing what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator.engine import Session
from orchestrator.messages.move import Move
from orchestrator.messages.negotiation import Issue
from orchestrator.messages.terms import Term, Terms
from orchestrator.messages.value import IssueName, OfferId, RoleName
from orchestrator.report.figures import label, listed, named, short, short_id
from orchestrator.report.printed import Json

__all__ = ["Explained", "Shift", "explained", "explanation_json", "explanation_lines"]

_SHOWN = 6
"""Shifts of a term that are told; the first, and the last before it stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A role gave an issue another value than in its proposal before."""

    sender: RoleName
    move: OfferId
    round: int
    term: Term
    evidence: tuple[str, ...]
    """Facts that the move cites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """How one term came about."""

    issue: Issue
    term: Term
    shifts: tuple[Shift, ...]
    first: Shift | None
    """Who named this very value first; None where it comes from the talk before, or from code."""


def explained(session: Session, terms: Terms) -> tuple[Explained, ...]:
    """Return how each term came about, in the order of the agenda."""
    values = named(terms)
    shifts = tuple(_shifts(session.moves))
    found: list[Explained] = []
    for issue in session.agenda.issues:
        term = values.get(issue.name)
        if term is not None:
            own = tuple(shift for shift in shifts if shift.term.issue == issue.name)
            first = next((shift for shift in own if shift.term == term), None)
            found.append(Explained(issue=issue, term=term, shifts=own, first=first))
    return tuple(found)


def explanation_lines(session: Session, terms: Terms) -> Iterator[str]:
    """Yield a line for each term: its value, who named it first, and how it moved."""
    for entry in explained(session, terms):
        value = f"{label(entry.issue.name)} {short(entry.term, entry.issue)}"
        if entry.first is None:
            yield f"{value}: nobody at the table named it; it comes from the terms before, or from the rules"
            continue
        way = _way(entry)
        yield f"{value}: first named by {_by(entry.first)}" + (f"; before that {way}" if way else "")


def explanation_json(session: Session, terms: Terms) -> list[Json]:
    """Return the same for machines, with every shift."""
    return [
        {
            "issue": entry.issue.name,
            "value": short(entry.term, None),
            "first": None if entry.first is None else entry.first.move,
            "shifts": [
                {
                    "role": shift.sender,
                    "move": shift.move,
                    "round": shift.round,
                    "value": short(shift.term, None),
                    "evidence": list(shift.evidence),
                }
                for shift in entry.shifts
            ],
        }
        for entry in explained(session, terms)
    ]


def _shifts(moves: tuple[Move, ...]) -> Iterator[Shift]:
    last: dict[tuple[RoleName, IssueName], Term] = {}
    for move in moves:
        if move.act != "propose":
            continue
        for term in move.terms:
            if last.get((move.sender, term.issue)) != term:
                last[move.sender, term.issue] = term
                yield Shift(sender=move.sender, move=move.id, round=move.round, term=term, evidence=move.evidence)


def _way(entry: Explained) -> str:
    """Return the shifts that led there, those before the value was named, the last few of them."""
    place = entry.shifts.index(entry.first) if entry.first else 0
    before = entry.shifts[:place]
    told = before if len(before) <= _SHOWN else (before[0], *before[1 - _SHOWN :])
    return listed([f"{short(shift.term, entry.issue)} by {_by(shift)}" for shift in told])


def _by(shift: Shift) -> str:
    cites = f", citing {listed(shift.evidence)}" if shift.evidence else ""
    return f"{shift.sender} in round {shift.round} ({short_id(shift.move)}{cites})"
