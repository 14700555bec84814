"""May a role say this among several? Not what was vetoed, and in the turn in which it is asked to yield, it yields."""

from __future__ import annotations

from guards.boundterms import binding
from orchestrator.messages.distance import distance
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.move import Fall, Move
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pattern import Coalition
from orchestrator.messages.quorum import is_asked_to_yield
from orchestrator.messages.terms import digest_of_terms
from orchestrator.messages.view import Guard, View

__all__ = ["heeds_vetoes", "keeps_to_the_ladder", "yields_when_asked"]


def keeps_to_the_ladder(negotiation: Negotiation) -> Guard:  # noqa: ARG001 - one question for all patterns
    """Return the guard for vetoes and for the ladder of a coalition."""
    return _judge


def heeds_vetoes(draft: Draft, view: View) -> tuple[Finding, ...]:
    """Refuse terms that a role with a veto has rejected: they have fallen for good."""
    rules = view.agenda.pattern_rules
    meant = binding(draft, view)
    if not isinstance(rules, Coalition) or meant is None:
        return ()
    vetoes = [fall for fall in view.falls if fall.why == "rejected" and fall.by in rules.vetoes]
    if not vetoes:
        return ()
    digest = digest_of_terms(meant.terms)
    veto = next((fall for fall in vetoes if (move := _move_of(fall, view)) and move.digest == digest), None)
    if veto is None:
        return ()
    message = f"{veto.by} has vetoed these terms, as offer {veto.offer!r}; they have fallen for good"
    return (_finding("coalition.vetoed", meant.path, message, "other terms"),)


def yields_when_asked(draft: Draft, view: View) -> tuple[Finding, ...]:
    """Refuse what is no concession from a role that the ladder asks for one."""
    if not is_asked_to_yield(view) or draft.act in ("accept", "escalate"):
        return ()
    last = next((move for move in reversed(view.moves) if move.sender == view.role and move.act == "propose"), None)
    others = [offer for offer in view.offers if offer.sender != view.role]
    if last is None or not others:
        return ()
    issues = view.agenda.issues
    if draft.act == "propose" and any(
        distance(issues, draft.terms, offer.terms) < distance(issues, last.terms, offer.terms) for offer in others
    ):
        return ()
    message = "the talk is stuck and you are asked to yield: what you say brings you no closer to any offer of the others"
    listed = ", ".join(offer.id for offer in others)
    return (_finding("coalition.concede", "act", message, f"a proposal closer to one of {listed}, or accept one"),)


def _judge(draft: Draft, view: View, /) -> tuple[Finding, ...]:
    return () if view.on_agreement else (*heeds_vetoes(draft, view), *yields_when_asked(draft, view))


def _move_of(fall: Fall, view: View) -> Move | None:
    return next((move for move in reversed(view.moves) if move.id == fall.offer), None)


def _finding(code: str, path: str, message: str, allowed: str) -> Finding:
    return Finding(code=code, kind="policy", severity="refuse", path=path, message=message, allowed=allowed)
