"""Which guards do other packages add? Those of their entry points, made for a negotiation."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from orchestrator.errors import UsageError
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.view import Guard

__all__ = ["GROUP", "added_guards", "added_names"]

GROUP = "handfast.guards"
"""Entry points of this group are functions from a negotiation to a guard."""


def added_names() -> tuple[str, ...]:
    """Return the names of all that is added, in their order."""
    return tuple(point.name for point in _points())


def added_guards(negotiation: Negotiation) -> tuple[Guard, ...]:
    """Return what is added, made for a negotiation. Raises UsageError for a guard that cannot be made."""
    return tuple(_made(point, negotiation) for point in _points())


def _points() -> tuple[EntryPoint, ...]:
    return _points_on(tuple(sys.path))


@lru_cache(maxsize=8)
def _points_on(_path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    # To look through all installed packages takes milliseconds: as long as many turns of a talk.
    return tuple(sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)))


def _made(point: EntryPoint, negotiation: Negotiation) -> Guard:
    try:
        make = cast("Callable[[Negotiation], Guard]", point.load())
        return make(negotiation)
    except Exception as error:
        raise UsageError(
            f"the guard {point.name!r} of {point.value!r} cannot be made: {type(error).__name__}: {error}",
            hint="mend it, or uninstall the package that adds it",
        ) from error
