"""Does an agreement break a rule? Looked for here by plain reckoning, not by the guards that should have kept it.

Rules are read by the trees of the analysis and judged on doubles, ranges and reserves are compared as the file writes them. So
a guard that lets something through cannot hide it: what measures is not what is measured.
"""

from __future__ import annotations

from collections.abc import Iterator

from guards.gates import gate_book
from guards.permits import permits_of
from orchestrator.analysis.rule_reader import read_rule
from orchestrator.analysis.rule_tree import CannotExpress
from orchestrator.analysis.rule_truth import given, is_true
from orchestrator.engine import Session
from orchestrator.engine.patterns.table import conduct_of
from orchestrator.messages.auction import Auction
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue, Role
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, exact
from orchestrator.messages.utility import utility

__all__ = ["violations"]

_NEAR = 1e-9


def violations(session: Session) -> tuple[str, ...]:
    """Return what an agreement breaks, in words; nothing where there is none, or where it keeps everything."""
    if session.status != "agreed":
        return ()
    wrong = tuple(_values(session))
    return wrong or tuple(dict.fromkeys((*_rules(session), *_reserves(session), *_approvals(session))))


def _values(session: Session) -> Iterator[str]:
    terms = {term.issue: term for term in session.terms}
    for issue in session.agenda.issues:
        term = terms.get(issue.name)
        if term is None:
            yield f"{issue.name} is open"
        elif not _may_be(issue, term):
            yield f"{issue.name} has a value that it cannot have"


def _may_be(issue: Issue, term: Term) -> bool:
    match issue, term:
        case NumberIssue(), Number():
            return issue.min <= term.value <= issue.max and (term.value - issue.min) % issue.step == 0
        case ChoiceIssue(), Choice():
            return term.value in issue.options
        case ChoiceIssue(), Number():
            return exact(term.value) in issue.options
        case DateIssue(), Day():
            return issue.min <= term.value <= issue.max
        case FlagIssue(), Flag():
            return True
        case _:
            return False


def _bound(session: Session) -> tuple[Role, ...]:
    """Return those whose limits the agreement must keep: all, but in an auction its two sides alone."""
    offer = session.offer(session.settled)
    return session.roles if offer is None else conduct_of(session).binds(session, offer)


def _rules(session: Session) -> Iterator[str]:
    policies = [_holds(session, rule.rule) for rule in session.agenda.policies]
    for rule, holds in zip(session.agenda.policies, policies, strict=True):
        if holds is False:
            yield f"policy {rule.id!r} is broken"
    permits = permits_of(session.settings.negotiation)
    # What a side of an auction pays or receives differs from the price by the commission, so its limits are read by CEL.
    plain = not isinstance(session.agenda.pattern_rules, Auction)
    for role in _bound(session):
        held = [_holds(session, rule.rule) if plain else None for rule in role.mandate.limits]
        for rule, holds in zip(role.mandate.limits, held, strict=True):
            if holds is False:
                yield f"limit {rule.id!r} of {role.name!r} is broken"
        if None in (*policies, *held) and not permits(role.name, session.terms):
            yield f"a rule of {role.name!r} is broken"


def _reserves(session: Session) -> Iterator[str]:
    for role in session.roles:
        if role.name in session.backers and utility(role.mandate, session.terms) < role.mandate.reserve - _NEAR:
            yield f"it is worth less to {role.name!r} than its reserve"


def _approvals(session: Session) -> Iterator[str]:
    approved = {ruling.gate for ruling in session.rulings if ruling.approved}
    gates = session.agenda.gates
    unread = [gate for gate in gates if _holds(session, gate.when) is None]
    reached = {gate.id for gate in gates if _holds(session, gate.when)}
    if unread:
        reached |= {gate.id for gate in gate_book(session.settings.negotiation)(session.terms).reached if gate in unread}
    yield from (f"gate {gate!r} was reached, and nobody approved" for gate in sorted(reached - approved))


def _holds(session: Session, rule: str) -> bool | None:
    """Return whether a rule holds for the agreed terms; None where it is beyond the trees."""
    tree = read_rule(rule, session.agenda.issues)
    return None if isinstance(tree, CannotExpress) else is_true(tree, given(session.terms))
