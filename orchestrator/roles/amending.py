"""Which files does a session that supersedes another begin with? The old ones or new ones, with facts set anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from orchestrator.engine import Session
from orchestrator.engine.reopening import widened
from orchestrator.errors import UsageError
from orchestrator.messages.negotiation import Fact
from orchestrator.roles.load import Folder

__all__ = ["amended"]


def amended(session: Session, folder: Folder | None, facts: Mapping[str, str]) -> Folder:
    """Return the folder of a session that supersedes another: its own files or new ones, with facts set anew.

    Raises UsageError for a fact that does not exist or a value that is not of its kind.
    """
    basis = folder or Folder(negotiation=widened(session.settings.negotiation), prompts=session.settings.prompts)
    negotiation = basis.negotiation
    unknown = sorted(set(facts) - {fact.name for fact in negotiation.facts})
    if unknown:
        raise UsageError(
            f"there is no fact {unknown[0]!r}", hint=f"facts: {', '.join(fact.name for fact in negotiation.facts)}"
        )
    changed = tuple(_with_value(fact, facts[fact.name]) if fact.name in facts else fact for fact in negotiation.facts)
    return replace(basis, negotiation=negotiation.model_copy(update={"facts": changed}))


def _with_value(fact: Fact, value: str) -> Fact:
    if not fact.takes(value):
        raise UsageError(f"fact {fact.name!r} is a {fact.kind}; {value!r} is none")
    return fact.model_copy(update={"value": value})
