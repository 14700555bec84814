"""How are guards put together? Functions that wrap one guard and give another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding, Severity
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import Guard, View

__all__ = ["Predicate", "only_for", "soften", "when"]

Predicate: TypeAlias = Callable[[Draft, View], bool]

_WEIGHT: dict[Severity, int] = {"note": 0, "withhold": 1, "refuse": 2}


def only_for(roles: Iterable[RoleName], guard: Guard) -> Guard:
    """Return a guard that judges only the drafts of these roles."""
    return _OnlyFor(frozenset(roles), guard)


def when(predicate: Predicate, guard: Guard) -> Guard:
    """Return a guard that judges only drafts of which the predicate is true."""
    return _When(predicate, guard)


def soften(severity: Severity, guard: Guard) -> Guard:
    """Return a guard whose findings weigh at most this much."""
    return _Softened(severity, guard)


@dataclass(frozen=True, slots=True)
class _OnlyFor:
    roles: frozenset[RoleName]
    guard: Guard

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        return self.guard(draft, view) if view.role in self.roles else ()


@dataclass(frozen=True, slots=True)
class _When:
    predicate: Predicate
    guard: Guard

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        return self.guard(draft, view) if self.predicate(draft, view) else ()


@dataclass(frozen=True, slots=True)
class _Softened:
    severity: Severity
    guard: Guard

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        most = _WEIGHT[self.severity]
        return tuple(
            finding if _WEIGHT[finding.severity] <= most else finding.model_copy(update={"severity": self.severity})
            for finding in self.guard(draft, view)
        )
