"""How is a decision written? As the JSON text of a draft, with a short sentence that says no more than its terms."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import assert_never

from orchestrator.messages.negotiation import ChoiceIssue, Issue, NumberIssue
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms, exact, plain
from orchestrator.messages.value import IssueName, OfferId
from orchestrator.messages.view import Agenda

__all__ = ["acceptance", "note", "proposal", "rejection", "said", "sentence"]

_MOST_SAID = 3
"""Terms that a sentence names; the draft holds them all."""
_MEASURES = frozenset(("percent", "hour", "day", "week", "month"))
"""Units that are said with a figure, as currencies are, unless the issue's name has them already."""

_OPENINGS = ("I would start with {terms}.", "My first proposal: {terms}.", "For a start I propose {terms}.")
_PROPOSALS = ("I now propose {terms}.", "My next proposal: {terms}.", "I can propose {terms}.")
_ANSWERS = (
    "In answer to {whom}, I propose {terms}.",
    "I have thought about the offer from {whom}, and can propose {terms}.",
    "Let me come back to the offer from {whom}: I propose {terms}.",
    "With the offer from {whom} in mind, I propose {terms}.",
)
_UNCHANGED = (" The rest of my offer stays as it was.", " The other terms stay as they were.", "")
_ACCEPTANCES = ("I accept this offer as it stands.", "I can work with this offer, and I accept it as it stands.")
_REJECTION = "Thank you for this offer. I may not sign these terms and have to decline them. I would be glad to see others."


def proposal(terms: Terms, text: str) -> str:
    """Return the draft of an offer."""
    # A float would lose digits that an exact figure may have, so figures are written as they are.
    figures = (f"{json.dumps(term.issue)}: {_literal(term)}" for term in terms)
    return f'{{"act": "propose", "terms": {{{", ".join(figures)}}}, "text": {json.dumps(text)}}}'


def acceptance(offer: OfferId, voice: int) -> str:
    """Return the draft that backs another role's offer."""
    return json.dumps({"act": "accept", "offer": offer, "text": _ACCEPTANCES[voice % len(_ACCEPTANCES)]})


def rejection(offer: OfferId) -> str:
    """Return the draft that ends another role's offer, and says so kindly."""
    return json.dumps({"act": "reject", "offer": offer, "text": _REJECTION})


def note(text: str) -> str:
    """Return a draft of words alone."""
    return json.dumps({"act": "inform", "text": text})


def sentence(agenda: Agenda, terms: Terms, before: Terms, whom: str | None, voice: int) -> str:
    """Return a sentence that names a few of the terms: of those that differ from the role's terms before, if any do."""
    old = {term.issue: term for term in before}
    changed = tuple(term for term in terms if old.get(term.issue) != term)
    named = _listed(said(agenda.issue(term.issue), term) for term in (changed or terms)[:_MOST_SAID])
    phrases = _ANSWERS if whom else (_PROPOSALS if before else _OPENINGS)
    is_like_before = 0 < len(changed) <= _MOST_SAID and len(before) == len(terms) > len(changed)
    return phrases[voice % len(phrases)].format(whom=whom, terms=named) + (_UNCHANGED[voice % 3] if is_like_before else "")


def said(issue: Issue | None, term: Term) -> str:
    """Return a term as people say it: `search spend 62,000 USD`, `launch date 2026-10-01`, `egress review yes`."""
    return f"{_spaced(term.issue)} {_value(issue, term)}"


def _value(issue: Issue | None, term: Term) -> str:
    match term:
        case Number():
            figure = exact(term.value)
            unit = issue.unit if isinstance(issue, NumberIssue | ChoiceIssue) else ""
            return f"{Decimal(figure):,f}{_unit(unit, term.issue, figure)}"
        case Choice():
            return term.value
        case Day():
            return term.value.isoformat()
        case Flag():
            return "yes" if term.value else "no"
        case _:
            assert_never(term)


def _unit(unit: str, issue: IssueName, figure: str) -> str:
    if len(unit) == 3 and unit.isupper():
        return f" {unit}"
    if unit not in _MEASURES or unit in issue:
        return ""
    return f" {unit}" if unit == "percent" or figure == "1" else f" {unit}s"


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _listed(parts: Iterable[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def _literal(term: Term) -> str:
    return exact(term.value) if isinstance(term, Number) else json.dumps(plain(term))
