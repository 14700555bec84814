"""Can this part of a plan become a whole one? Where it cannot, its sender learns which rules leave no room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from orchestrator.messages.completing import Completing, Completion, Obstacle
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding, Severity
from orchestrator.messages.terms import Terms, spoken
from orchestrator.messages.view import View

__all__ = ["CanBeCompleted", "can_be_completed"]


@dataclass(frozen=True, slots=True)
class CanBeCompleted:
    """Refuses a partial proposal that no plan inside the policies and its sender's mandate can contain.

    A whole offer is judged by the guards of policies and mandates; what the search cannot decide is for the record,
    because the whole offer that it may become will be judged.
    """

    completing: Completing = field(repr=False, compare=False)

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Judge the terms of a proposal that leaves issues open."""
        if draft.act != "propose" or view.on_agreement or not draft.terms:
            return ()
        named = frozenset(term.issue for term in draft.terms)
        if named >= view.agenda.open_names or len(named) < len(draft.terms):
            return ()
        return tuple(_findings(draft.terms, self.completing(view.role, draft.terms)))


def can_be_completed(completing: Completing) -> CanBeCompleted:
    """Return the guard over a search for plans."""
    return CanBeCompleted(completing)


def _findings(terms: Terms, completion: Completion) -> Iterator[Finding]:
    said = _said(terms)
    match completion.answer:
        case "possible":
            named = frozenset(term.issue for term in terms)
            filled = _said(tuple(term for term in completion.terms if term.issue not in named))
            message = f"inside all policies and your own mandate, {said} can be completed with {filled}"
            yield _finding("constraint.filled", "note", said, message, filled)
        case "impossible":
            allowed = "; ".join(obstacle.rule.rule for obstacle in completion.obstacles if obstacle.rule)
            message = f"no whole plan has {said}: that leaves no room under {_named(completion.obstacles)}"
            yield _finding("constraint.infeasible", "refuse", said, message, allowed)
        case "undecided":
            message = f"whether a whole plan can have {said} was not decided: {completion.why}; the whole offer will be judged"
            yield _finding("constraint.undecided", "note", said, message, "")


def _finding(code: str, severity: Severity, words: str, message: str, allowed: str) -> Finding:
    return Finding(code=code, kind="policy", severity=severity, path="terms", words=words, message=message, allowed=allowed)


def _named(obstacles: tuple[Obstacle, ...]) -> str:
    names = [_name(obstacle) for obstacle in obstacles]
    return ", ".join(names[:-1]) + (" and " if names[:-1] else "") + names[-1] if names else "the ranges of the issues"


def _name(obstacle: Obstacle) -> str:
    if obstacle.rule is None:
        return "your reserve"
    called = "policy" if obstacle.kind == "policy" else "your own limit"
    why = f" ({obstacle.rule.why})" if obstacle.rule.why else ""
    return f"{called} {obstacle.rule.id!r}{why}"


def _said(terms: Terms) -> str:
    return ", ".join(f"{term.issue} {spoken(term)}" for term in terms)
