"""Is it a package that all can read the same way? Its conditions are terms of it, and what it revises was offered."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pattern import TradeSpace
from orchestrator.messages.view import Guard, View

__all__ = ["keeps_to_packages"]


def keeps_to_packages(negotiation: Negotiation) -> Guard:  # noqa: ARG001 - one question for all patterns
    """Return the guard for packages, their conditions and versions, and for the one text of a mediator."""
    return _judge


def _judge(draft: Draft, view: View, /) -> tuple[Finding, ...]:
    if draft.act != "propose" or view.on_agreement:
        return ()
    return (*_conditions(draft), *_revised(draft, view), *_first_text(view))


def _conditions(draft: Draft) -> Iterator[Finding]:
    named = [term.issue for term in draft.terms]
    for place, issue in enumerate(draft.conditions):
        if issue not in named:
            message = f"{issue!r} is named as a condition, but the package has no term for it"
            yield _finding("trade_space.condition", f"conditions.{place}", issue, message, ", ".join(named))
    if named and set(named) <= set(draft.conditions):
        message = "every term is a condition, so that nothing is offered for them"
        yield _finding("trade_space.nothing_offered", "conditions", "", message, "conditions for some of the terms only")


def _revised(draft: Draft, view: View) -> Iterator[Finding]:
    if draft.revises is None:
        return
    known = [offer.id for offer in view.offers] + [move.id for move in view.moves if move.act == "propose"]
    if draft.revises not in known:
        message = f"there is no offer {draft.revises!r} to revise"
        yield _finding("trade_space.revises", "revises", draft.revises, message, ", ".join(dict.fromkeys(known)) or "none")


def _first_text(view: View) -> Iterator[Finding]:
    rules = view.agenda.pattern_rules
    mediator = rules.mediator if isinstance(rules, TradeSpace) else None
    if mediator in (None, view.role) or view.offers:
        return
    if not any(move.sender == mediator and move.act == "propose" for move in view.moves):
        message = f"{mediator} writes the first text; the others improve it, one after the other"
        yield _finding("trade_space.first_text", "act", "propose", message, "inform or query until it stands")


def _finding(code: str, path: str, words: str, message: str, allowed: str) -> Finding:
    return Finding(
        code=code, kind="reference", severity="refuse", path=path, words=words[:80], message=message, allowed=allowed
    )
