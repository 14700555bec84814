"""What is a suite? Cases, what is done with each, and the metrics that are read off the outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

from pydantic import JsonValue

from orchestrator.errors import UsageError
from orchestrator.messages.value import Value

__all__ = ["Better", "Case", "Goal", "Metric", "Options", "Outcome", "Proof", "Scorer", "Suite", "Tags"]

Outcome: TypeAlias = Mapping[str, JsonValue]
"""What came of a case, as JSON: all that a scorer may look at."""

Scorer: TypeAlias = Callable[[Outcome], float | bool | None]
"""Read one figure off an outcome; None where the case says nothing about it."""

Tags: TypeAlias = tuple[tuple[str, str], ...]
"""What a case is about, by name: `(("arm", "all"), ("scenario", "campaign"))`."""

Better: TypeAlias = Literal["higher", "lower"]


class Case(Value):
    """One thing to try. Its id is unique in the suite and says what it is about."""

    id: str
    tags: Tags = ()

    def tag(self, name: str) -> str:
        """Return the value of a tag. Raises KeyError where there is none."""
        return dict(self.tags)[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a metric must reach over the cases with these tags."""

    value: float
    tags: Tags = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure over all cases: a rate of yes and no, or a mean."""

    name: str
    says: str
    scorer: Scorer
    better: Better = "higher"
    is_rate: bool = True
    unit: str = ""
    goal: Goal | None = None

    def reaches(self, value: float, bar: float) -> bool:
        """Return whether a value is at least as good as a bar."""
        return value >= bar if self.better == "higher" else value <= bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a suite is run with: its own settings by name, and a model for the seats that it tests."""

    given: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    model: str | None = None
    seed: int = 0

    def one_of(self, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Return the chosen names of a comma-separated setting, or all. Raises UsageError for one that does not exist."""
        text = self.given.get(name)
        if text is None:
            return known
        chosen = tuple(part.strip() for part in text.split(",") if part.strip())
        unknown = [part for part in chosen if part not in known]
        if unknown or not chosen:
            raise UsageError(f"-T {name}={text}: there is no {(unknown or [''])[0]!r}", hint=f"there are: {', '.join(known)}")
        return chosen

    def only_mocks(self, suite: str) -> None:
        """Raise UsageError where a model is given to a suite that seats mocks alone."""
        if self.model is not None:
            raise UsageError(
                f"suite {suite!r} compares mocks with each other, and seats no other model", hint="leave out --model"
            )

    def whole(self, name: str, default: int) -> int:
        """Return a setting as a whole number above 0. Raises UsageError for anything else."""
        text = self.given.get(name, str(default))
        if not text.isascii() or not text.isdigit() or int(text) < 1:
            raise UsageError(f"-T {name}={text}: expected a whole number, 1 or more")
        return int(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Something that must hold before the figures of a suite mean anything."""

    says: str
    holds: bool
    seen: str = ""
    """What was found where it does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Cases, what is done with each, and what is measured."""

    name: str
    version: int
    says: str
    settings: Mapping[str, str]
    """The names that `-T` takes, each with what it means."""
    cases: Callable[[Options], tuple[Case, ...]]
    solve: Callable[[Case, int, Options], Outcome]
    """Do one epoch of a case. Called in other processes, so that it depends on nothing but its arguments."""
    metrics: tuple[Metric, ...]
    proofs: Callable[[Options], tuple[Proof, ...]]
    digests: Callable[[Options], Mapping[str, str]]
    """Of what the figures depend on: files, rules, prompts."""
    groups: tuple[str, ...] = ()
    """Tags whose values are the rows of the printed tables."""
    forecast: Callable[[Options, Sequence[Case], int], Iterable[str]] | None = None
    """Lines on what so many cases will take in so many processes, printed before they are begun."""
    story: Callable[[Sequence[tuple[Case, Outcome]]], Iterable[str]] | None = None
    """Tables of its own, as lines of markdown, beside those by tag."""

    def metric(self, name: str) -> Metric:
        """Return a metric. Raises UsageError, saying what there is."""
        found = next((metric for metric in self.metrics if metric.name == name), None)
        if found is None:
            known = ", ".join(metric.name for metric in self.metrics)
            raise UsageError(f"suite {self.name!r} has no metric {name!r}", hint=f"its metrics: {known}")
        return found
