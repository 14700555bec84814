"""How far are two offers apart? Issue by issue, each as a share of its range; what is open or differs by name is far."""

from __future__ import annotations

from decimal import Decimal

from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, Issue, NumberIssue
from orchestrator.messages.terms import Day, Number, Term, Terms

__all__ = ["distance", "span"]


def distance(issues: tuple[Issue, ...], one: Terms, other: Terms) -> float:
    """Return the distance of two offers, from 0 where they are alike to the number of issues."""
    ones = {term.issue: term for term in one}
    others = {term.issue: term for term in other}
    return sum(_apart(issue, ones.get(issue.name), others.get(issue.name)) for issue in issues)


def span(issue: Issue, old: Term, new: Term) -> Decimal | None:
    """Return how far two terms are apart as a share of their issue's range; None where it has no range."""
    match issue, old, new:
        case NumberIssue(), Number(), Number():
            return abs(new.value - old.value) / (issue.max - issue.min)
        case ChoiceIssue(numeric=True), Number(), Number():
            figures = [Decimal(option) for option in issue.options]
            return abs(new.value - old.value) / (max(figures) - min(figures))
        case DateIssue(), Day(), Day():
            return Decimal(abs((new.value - old.value).days)) / (issue.max - issue.min).days
        case _:
            return None


def _apart(issue: Issue, one: Term | None, other: Term | None) -> float:
    if one is None or other is None:
        return 0.0 if one is other else 1.0
    share = span(issue, one, other)
    return float(one != other) if share is None else float(share)
