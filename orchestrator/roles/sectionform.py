"""What must the part of a file that belongs to one pattern be able to say? Its rules, and what does not fit the file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from orchestrator.messages.gate import Gate
from orchestrator.messages.pattern import PatternRules
from orchestrator.messages.value import Value
from orchestrator.roles.form import AgreementForm, ChoiceIssueForm, FlagIssueForm, IssueForm

__all__ = ["Fault", "File", "SectionForm", "ordered", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The rest of the file, as far as it could be read."""

    roles: tuple[str, ...]
    issues: Mapping[str, IssueForm]
    gates: tuple[str, ...]
    agreement: AgreementForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that does not fit."""

    key: str
    """Of the part, or of what is in it: `quorum`, `ladder.2.person`."""
    problem: str
    expected: str


class SectionForm(Value, ABC):
    """The part of the file that belongs to one pattern, as a person writes it."""

    @abstractmethod
    def rules(self, file: File) -> PatternRules:
        """Return the settings that it says."""

    @abstractmethod
    def faults(self, file: File) -> Iterator[Fault]:
        """Yield what does not fit the rest of the file."""

    def gates(self) -> Iterator[Gate]:
        """Yield the gates that it adds to those of the file."""
        yield from ()

    def most(self, file: File) -> int:
        """Return how much all roles together count towards a quorum."""
        return len(file.roles)


def ordered(issues: Mapping[str, IssueForm]) -> tuple[str, ...]:
    """Return the names of issues whose values have an order: figures and dates, not named options."""
    return tuple(name for name, form in issues.items() if _is_ordered(form))


def _is_ordered(form: IssueForm) -> bool:
    if isinstance(form, ChoiceIssueForm):
        return all(isinstance(option, Decimal) for option in form.options)
    return not isinstance(form, FlagIssueForm)


def unknown(key: str, named: Iterable[str], known: Iterable[str], what: str) -> Iterator[Fault]:
    """Yield a fault for each name that is not known, and for each that is there twice."""
    names = tuple(known)
    seen: set[str] = set()
    for name in named:
        if name not in names:
            yield Fault(key=key, problem=f"{name!r} is no {what}", expected=", ".join(map(repr, names)) or f"a {what}")
        elif name in seen:
            yield Fault(key=key, problem=f"{name!r} is there twice", expected=f"each {what} once")
        seen.add(name)
