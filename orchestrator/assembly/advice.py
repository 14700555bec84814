"""Who is advised? The roles whose file says so: a few good moves stand in their views, and so in their prompts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from guards.permits import permits_of
from orchestrator.assembly.foresight import reaches_of
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.view import View
from orchestrator.models.adviser import Adviser

__all__ = ["Advise", "advise_for"]

Advise: TypeAlias = Callable[[View], View]
"""Puts advice into the view of a role that has an adviser; a pure function of that view."""


def advise_for(negotiation: Negotiation) -> Advise:
    """Return what advises the roles of a negotiation; where none has an adviser, it returns every view as it is."""
    advised = frozenset(role.name for role in negotiation.roles if role.adviser)
    if not advised:
        return _unadvised
    adviser = Adviser(permits_of(negotiation), reaches_of(negotiation))

    def advise(view: View) -> View:
        return replace(view, advice=adviser(view)) if view.role in advised else view

    return advise


def _unadvised(view: View) -> View:
    return view
