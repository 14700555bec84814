"""Which terms would this draft bind? Its own when it proposes, those of the offer that it accepts."""

from __future__ import annotations

from dataclasses import dataclass

from orchestrator.messages.draft import Draft
from orchestrator.messages.terms import Terms
from orchestrator.messages.view import View

__all__ = ["Meant", "binding"]


@dataclass(frozen=True, slots=True)
class Meant:
    """Terms, where they stand in the draft, and how a message calls them."""

    terms: Terms
    path: str
    called: str

    def at(self, issue: str) -> str:
        """Return the path of one issue's term; an accepted offer has only its id in the draft."""
        return f"{self.path}.{issue}" if self.path == "terms" else self.path


def binding(draft: Draft, view: View) -> Meant | None:
    """Return the terms that the draft would bind, or None for an act that binds none."""
    if draft.act == "propose":
        return Meant(draft.terms, "terms", "the offer")
    offer = view.offer(draft.offer) if draft.act == "accept" else None
    return Meant(offer.terms, "offer", f"offer {offer.id!r}") if offer else None
