"""May a role take back what it gave away? Not on issues where the file says that concessions stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pattern import Concession
from orchestrator.messages.terms import Term, position, spoken
from orchestrator.messages.value import IssueName
from orchestrator.messages.view import View

__all__ = ["GoesNotBack", "goes_not_back"]


@dataclass(frozen=True, slots=True)
class GoesNotBack:
    """Refuses a proposal that takes back a concession of its sender; `goes_not_back` makes it."""

    issues: tuple[IssueName, ...]

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Judge the draft's terms against what its role proposed before."""
        if draft.act != "propose" or view.on_agreement or not self.issues:
            return ()
        return tuple(self._taken_back(draft, view))

    def _taken_back(self, draft: Draft, view: View) -> Iterator[Finding]:
        for term in draft.terms:
            if term.issue not in self.issues:
                continue
            before = _proposed(view, term.issue)
            way = _way(before)
            last = before[-1] if before else None
            if way and last is not None and (_place(term) - _place(last)) * way < 0:
                yield _finding(term, last, way)


def goes_not_back(negotiation: Negotiation) -> GoesNotBack:
    """Return the guard for a negotiation's concessions."""
    rules = negotiation.pattern_rules
    return GoesNotBack(rules.monotone if isinstance(rules, Concession) else ())


def _proposed(view: View, issue: IssueName) -> tuple[Term, ...]:
    """Return what the role has proposed for an issue, oldest first."""
    return tuple(
        term
        for move in view.moves
        if move.act == "propose" and move.sender == view.role
        for term in move.terms
        if term.issue == issue
    )


def _way(terms: tuple[Term, ...]) -> int:
    """Return which way the role gives: up, down, or, as long as it has not moved, none."""
    first = _place(terms[0]) if terms else Decimal(0)
    moved = next((_place(term) - first for term in terms if _place(term) != first), Decimal(0))
    return (moved > 0) - (moved < 0)


def _place(term: Term) -> Decimal:
    return position(term) or Decimal(0)


def _finding(term: Term, last: Term, way: int) -> Finding:
    allowed = f"{spoken(last)} or {'more' if way > 0 else 'less'}"
    return Finding(
        code="concession.taken_back",
        kind="policy",
        severity="refuse",
        path=f"terms.{term.issue}",
        words=spoken(term),
        message=f"your last offer gave {term.issue} {spoken(last)}; in this talk nobody goes back to {spoken(term)}",
        allowed=allowed,
    )
