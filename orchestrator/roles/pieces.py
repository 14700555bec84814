"""What are the parts of a negotiation file? Forms with their places, and notes of what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Generic, TypeVar

from orchestrator.errors import Mistake
from orchestrator.messages.terms import exact
from orchestrator.messages.value import Value
from orchestrator.roles.breakerform import BreakersForm
from orchestrator.roles.budgetform import BudgetsForm, TakeForm
from orchestrator.roles.form import (
    AgreementForm,
    ContextForm,
    FactForm,
    HeadForm,
    IssueForm,
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
from orchestrator.roles.nodes import Atom, Mapping, Node
from orchestrator.roles.sectionform import SectionForm
from orchestrator.roles.triggerform import TriggerForm

__all__ = ["Notes", "Piece", "Pieces", "RolePieces", "nearest", "shown"]

F = TypeVar("F", bound=Value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Generic[F]):
    """A part of the file: where it stands, and what it says if that could be read."""

    key: str
    """Its dotted place in the file."""
    line: int
    node: Node | None
    form: F | None
    unread: frozenset[str] = frozenset()
    """Keys that it has and whose values were wrong: the form says nothing of them."""

    def line_of(self, key: str) -> int:
        """Return the line of one of its keys, or its own."""
        word = self.node.keys.get(key) if isinstance(self.node, Mapping) else None
        return word.line if word else self.line


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePieces:
    """The parts of one role."""

    seat: Piece[RoleForm]
    limits: tuple[Piece[RuleForm], ...]
    utility: Piece[UtilityForm] | None
    worths: dict[str, Piece[WorthForm]]
    spend: Piece[SpendForm] | None = None
    context: Piece[ContextForm] | None = None
    hand_over: Piece[HandOverForm] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """All parts of one file."""

    head: Piece[HeadForm]
    issues: dict[str, Piece[IssueForm]]
    facts: dict[str, Piece[FactForm]]
    roles: dict[str, RolePieces]
    policies: tuple[Piece[RuleForm], ...]
    word_policies: tuple[Piece[WordPolicyForm], ...]
    gates: tuple[Piece[GateForm], ...]
    agreement: Piece[AgreementForm]
    stop: Piece[StopForm]
    spend: Piece[SpendForm]
    sections: dict[str, Piece[SectionForm]] = field(default_factory=dict[str, "Piece[SectionForm]"])
    """Parts that belong to one pattern, by its name."""
    breakers: Piece[BreakersForm] | None = None
    budgets: Piece[BudgetsForm] | None = None
    takes: tuple[Piece[TakeForm], ...] = ()
    """Of shared pots."""
    triggers: tuple[Piece[TriggerForm], ...] = ()


@dataclass(slots=True, kw_only=True)
class Notes:
    """The mistakes of one file, as they are found."""

    file: str
    mistakes: list[Mistake] = field(default_factory=list[Mistake])

    def add(self, line: int, key: str, problem: str, expected: str = "") -> None:
        """Note one mistake."""
        self.mistakes.append(Mistake(file=self.file, line=line, key=key, problem=problem, expected=expected))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return what to expect instead of a word that is not known: the one most like it, or all."""
    names = list(known)
    close = get_close_matches(word, names, n=1)
    return repr(close[0]) if close else ", ".join(map(repr, names)) or "nothing here"


def shown(value: Atom) -> str:
    """Return how a value reads in a message."""
    match value:
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case str():
            return repr(value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}...")
        case None:
            return "empty"
        case _:
            return _shown(value)


_LONGEST_SHOWN = 60


def _shown(value: bool | Decimal | date) -> str:  # noqa: FBT001 - one of the values that are shown
    if isinstance(value, bool):
        return "true" if value else "false"
    return exact(value) if isinstance(value, Decimal) else value.isoformat()
