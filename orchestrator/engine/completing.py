"""What becomes of a partial offer when a solver has answered? The whole plan stands, or the offer falls with the reason."""

from __future__ import annotations

from orchestrator.engine.patterns.making import placing
from orchestrator.engine.patterns.table import conduct_of
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.event import Fell
from orchestrator.messages.move import Fall
from orchestrator.messages.reply import Completed
from orchestrator.messages.step import Refuted

__all__ = ["complete"]


def complete(unfolding: Unfolding, reply: Completed) -> None:
    """Take a solver's answer about the offer that waits for one. A plan that leaves terms of the offer out is no answer."""
    session = unfolding.session
    offer = conduct_of(session).owes(session)
    if offer is None or reply.offer != offer.id:
        return
    names = frozenset(term.issue for term in reply.terms)
    is_whole = names == session.issue_names and len(names) == len(reply.terms)
    if is_whole and set(offer.terms) <= set(reply.terms):
        unfolding.add(*placing(session, reply.terms, (), reply.says, of=offer.id))
        return
    unfolding.add(Refuted(offer=offer.id, rules=reply.rules))
    if reply.rules:
        reason = f"no plan has these terms under {', '.join(map(repr, reply.rules))}"
        fall = Fall(offer=offer.id, sender=offer.sender, why="unfit", reason=reason, turn=session.turn)
        unfolding.add(Fell(fall=fall))
