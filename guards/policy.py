"""Do the terms keep the company's rules? Each value on its issue's grid, and every policy true of them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from guards.boundterms import Meant, binding
from guards.breach import Wording, breaches
from guards.cel import RuleBook, rule_book
from guards.counts import counts_of
from guards.grid import allowed, in_steps
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, Negotiation, NumberIssue
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, spoken
from orchestrator.messages.view import View

__all__ = ["KeepsPolicies", "keeps_policies"]

_MOST_FIT = 10_000
_POLICY = Wording(kind="policy", broken="policy.rule", undecided="policy.undecided", called="policy")


@dataclass(frozen=True, slots=True)
class KeepsPolicies:
    """Refuses terms off the grid of their issue or against a policy; `keeps_policies` makes it."""

    book: RuleBook
    by_name: Mapping[str, Issue] = field(repr=False, compare=False)
    fit: set[tuple[str, str, object]] = field(default_factory=set[tuple[str, str, object]], repr=False, compare=False)
    """Values of issues that were on their grid before: talks come back to the same ones."""

    def __call__(self, draft: Draft, view: View, /) -> tuple[Finding, ...]:
        """Judge the terms that the draft would bind."""
        meant = binding(draft, view)
        if meant is None or not meant.terms:
            return ()
        counts = counts_of(draft, view) if self.book.counts else None
        return (*self._off_the_grid(meant), *breaches(self.book, meant, _POLICY, counts))

    def _off_the_grid(self, meant: Meant) -> Iterator[Finding]:
        for term in meant.terms:
            said = (term.issue, term.kind, term.value)
            if said in self.fit:
                continue
            issue = self.by_name.get(term.issue)
            fault = _fault(issue, term) if issue else ""
            if issue and fault:
                yield _off(issue, term, fault, meant)
            elif issue and len(self.fit) < _MOST_FIT and not (term.kind == "number" and isinstance(issue, ChoiceIssue)):
                self.fit.add(said)


def keeps_policies(negotiation: Negotiation) -> KeepsPolicies:
    """Return the guard for the issues and policies of a negotiation."""
    return KeepsPolicies(
        rule_book(negotiation.issues, negotiation.policies, tuple(role.name for role in negotiation.roles)),
        {issue.name: issue for issue in negotiation.issues},
    )


def _fault(issue: Issue, term: Term) -> str:
    """Return which rule of its issue a term breaks: range, step, option or type; empty if none."""
    match issue, term:
        case NumberIssue(), Number():
            return _off_range(issue, term.value)
        case (ChoiceIssue(numeric=True), Number()) | (ChoiceIssue(numeric=False), Choice()):
            return "" if spoken(term) in issue.options else "option"
        case DateIssue(), Day():
            return "" if issue.min <= term.value <= issue.max else "range"
        case FlagIssue(), Flag():
            return ""
        case _:
            return "type"


def _off_range(issue: NumberIssue, value: Decimal) -> str:
    if not issue.min <= value <= issue.max:
        return "range"
    return "" if in_steps(issue, value) else "step"


_SAID = {
    "range": "is out of range",
    "step": "is between two steps",
    "option": "is none of the options",
    "type": "is a value of another type",
}


def _off(issue: Issue, term: Term, fault: str, meant: Meant) -> Finding:
    return Finding(
        code=f"policy.{fault}",
        kind="policy",
        severity="refuse",
        path=meant.at(issue.name),
        words=spoken(term),
        message=f"{issue.name!r} takes {allowed(issue)}; {spoken(term)} {_SAID[fault]}",
        allowed=allowed(issue),
    )
