"""Which messages does a corpus of floods hold, and where does a monitor stand after each? Labelled cases of JSON Lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, JsonValue

from orchestrator.errors import UsageError
from orchestrator.messages.draft import Act
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, Negotiation, NumberIssue
from orchestrator.messages.suspicion import Heard, Memory, Monitor, Suspicion
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term
from orchestrator.messages.value import RoleName, Value
from orchestrator.roles.caselines import Labelled, read_cases

__all__ = ["Flood", "FloodMessage", "FloodPlace", "cut_at", "heard_in", "is_flood_corpus", "read_floods", "suspicions_of"]

_Label: TypeAlias = Literal["attack", "legitimate"]


class FloodMessage(Value):
    """One message of the sender."""

    at: float
    """Seconds since the beginning."""
    act: Act
    terms: dict[str, JsonValue] | None = None
    text: str = ""


class Flood(Labelled):
    """What one sender sent to one receiver, and whether it was an attack on the receiver's context."""

    receiver: RoleName
    window: int
    messages: Annotated[tuple[FloodMessage, ...], Field(min_length=1)]
    label: _Label
    tactic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodPlace:
    """A case and where it stands."""

    file: Path
    line: int
    case: Flood

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def is_flood_corpus(path: Path) -> bool:
    """Return whether the first case of a file is one of a flood: it holds `messages` and no draft."""
    with path.open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    return b'"messages"' in first and b'"draft"' not in first


def read_floods(path: Path) -> tuple[FloodPlace, ...]:
    """Read all cases of a file. Raises UsageError with the file and line of every mistake."""
    return tuple(FloodPlace(file=path, line=line, case=case) for line, case in read_cases(path, Flood))


def heard_in(place: FloodPlace, negotiation: Negotiation, count: Callable[[str], int]) -> Iterator[Heard]:
    """Yield the messages of a case as a monitor hears them. Raises UsageError where the case does not fit the negotiation."""
    roles = [role.name for role in negotiation.roles]
    for role in (place.case.sender, place.case.receiver):
        if role not in roles:
            raise UsageError(f"{place}: {role!r} is no role of {negotiation.name!r}", hint=f"its roles: {', '.join(roles)}")
    for number, message in enumerate(place.case.messages, 1):
        terms = tuple(_terms(place, message, negotiation))
        yield Heard(text=message.text, tokens=count(message.text), terms=terms, round=number, at=message.at)


def suspicions_of(heard: tuple[Heard, ...], monitor: Monitor) -> tuple[Suspicion, ...]:
    """Return the suspicion after each message."""
    memory = Memory()
    suspicions: list[Suspicion] = []
    for message in heard:
        observed = monitor(message, memory)
        suspicions.append(observed.suspicion)
        memory = observed.memory
    return tuple(suspicions)


def cut_at(heard: tuple[Heard, ...], *, window: int, share: float, message_tokens: int | None = None) -> int | None:
    """Return the first message whose words would be cut: those above the sender's share of the window, or above the bound."""
    bound = min(int(share * window), message_tokens if message_tokens is not None else window)
    return next((index for index, message in enumerate(heard) if message.tokens > bound), None)


def _terms(place: FloodPlace, message: FloodMessage, negotiation: Negotiation) -> Iterator[Term]:
    issues = {issue.name: issue for issue in negotiation.issues}
    for name, value in (message.terms or {}).items():
        issue = next((issue for known, issue in issues.items() if known == name), None)
        if issue is None:
            raise UsageError(f"{place}: {name!r} is no issue of {negotiation.name!r}", hint=f"its issues: {', '.join(issues)}")
        try:
            yield _term(issue, value)
        except (ValueError, InvalidOperation) as error:
            raise UsageError(f"{place}: {name}: {value!r} is no value of it", hint="terms must fit the scenario") from error


def _term(issue: Issue, value: JsonValue) -> Term:
    match issue:
        case NumberIssue():
            return Number(issue=issue.name, value=round(Decimal(str(value)), 9))
        case ChoiceIssue() if issue.numeric:
            return Number(issue=issue.name, value=Decimal(str(value)))
        case ChoiceIssue():
            return Choice(issue=issue.name, value=str(value))
        case DateIssue():
            return Day(issue=issue.name, value=date.fromisoformat(str(value)))
        case FlagIssue():
            return Flag(issue=issue.name, value=bool(value))
