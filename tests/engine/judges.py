"""By which rules do the tests of the engine judge? The shipped reader, guards and gates, and faults that can be written."""

from __future__ import annotations

import json
from typing import Any

from guards.gates import gate_book
from guards.mandate import stays_in_mandate
from guards.patterns.table import pattern_guards
from guards.policy import keeps_policies
from guards.pots import leaves_enough
from guards.pottriggers import pot_trigger_book
from guards.reference import refers_to_what_stands
from guards.shape import read
from guards.takes import take_book
from guards.triggers import trigger_book
from orchestrator.engine import Rules
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding, Kind, Severity
from orchestrator.messages.gates import GateReading
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pot import Taken
from orchestrator.messages.terms import Terms
from orchestrator.messages.view import Reading, View

__all__ = ["rules_of", "text_of"]

_FAULTS: dict[str, tuple[Kind, Severity]] = {
    "[history]": ("history", "note"),
    "[injection]": ("injection", "withhold"),
    "[leak]": ("leak", "withhold"),
    "[scope]": ("scope", "withhold"),
    "[terms]": ("terms", "refuse"),
}


def rules_of(negotiation: Negotiation, broken: str = "") -> Rules:
    """Return the rules of a negotiation; words in brackets are at fault as they say. `broken` gates raise."""
    pots = leaves_enough(negotiation)
    own = (*((pots,) if pots else ()), *pattern_guards(negotiation))
    guards = (refers_to_what_stands, keeps_policies(negotiation), stays_in_mandate(negotiation), *own, finds_marks)
    gates = _broken_gates if broken == "gates" else gate_book(negotiation)
    takes = _broken_takes if broken == "takes" else take_book(negotiation)
    return Rules(
        read=read_or_crash,
        guards=guards,
        gates=gates,
        takes=takes,
        triggers=trigger_book(negotiation),
        pot_triggers=pot_trigger_book(negotiation),
    )


def text_of(draft: Any, tail: str) -> str:
    """Return what a model would write: raw text as it stands, a draft as JSON with the full ids of its offers."""
    if isinstance(draft, str):
        return draft
    written = dict(draft)
    if "offer" in written:
        written["offer"] += tail
    return json.dumps(written, default=str)


def read_or_crash(text: str, view: View) -> Reading:
    """Read as shipped, except for `[crash]`, which raises, and `[silence]`, of which nothing is said."""
    if text == "[crash]":
        raise ValueError(text)
    return Reading(None) if text == "[silence]" else read(text, view)


def finds_marks(draft: Draft, view: View, /) -> tuple[Finding, ...]:
    """Find the faults that are written into the text; `[boom]` makes the guard itself fail."""
    if "[boom]" in draft.text:
        raise RuntimeError(view.role)
    return tuple(
        Finding(code=f"marks.{kind}", kind=kind, severity=severity, path="text", words=mark, message=f"{mark} is at fault")
        for mark, (kind, severity) in _FAULTS.items()
        if mark in draft.text
    )


def _broken_takes(terms: Terms, /) -> tuple[Taken, ...]:
    raise RuntimeError(len(terms))


def _broken_gates(terms: Terms) -> GateReading:
    raise RuntimeError(len(terms))
