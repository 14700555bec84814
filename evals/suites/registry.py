"""Which suites are there? A table by name, and those that other packages add."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from orchestrator.errors import UsageError

if TYPE_CHECKING:
    from evals.harness.suite import Suite

__all__ = ["GROUP", "SUITES", "load_suite", "suite_names"]

SUITES: dict[str, str] = {
    "safety": "Hostile models in each seat of each shipped negotiation, under six arms of control.",
    "commitments": "Labelled drafts: what agents say beyond what they may bind.",
    "context": "Labelled floods: who tries to exhaust another's window.",
    "robustness": "Broken drafts and failing services in each seat: the talk goes on or stops in good order.",
    "patterns": "Honest strategists in every shipped negotiation: they agree, and its rules are kept.",
    "tournament": "Mock agents of twelve styles, warm to dominant, in many short talks.",
    "marketplace": "Buyers and sellers who search, ask, get offers and close: speed against quality.",
    "fairness": "Weak, middling and strong mocks against each other, with and without an adviser.",
    "recorded": "Sessions that were kept: they decide as they did, and what they agreed keeps all rules of now.",
}
"""By name, each with a line for people; the module of the same name has its SUITE."""

GROUP = "handfast.suites"
"""The entry point group by which other packages add suites; what is loaded is a Suite."""


def suite_names() -> tuple[str, ...]:
    """Return the names of all suites, ours first."""
    return (*SUITES, *sorted(set(_added()) - set(SUITES)))


def load_suite(name: str) -> Suite:
    """Return a suite, imported now. Raises UsageError, saying what there is, where there is none of that name."""
    if name in SUITES:
        return import_module(f"evals.suites.{name}").SUITE
    added = _added().get(name)
    if added is None:
        raise UsageError(f"there is no suite {name!r}", hint=f"suites: {', '.join(suite_names())}")
    return added.load()


def _added() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}
