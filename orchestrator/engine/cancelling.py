"""What follows when a session is called off? What was settled is unsettled, and the talk ends without agreement."""

from __future__ import annotations

from orchestrator.engine.spending import lapse
from orchestrator.engine.unfold import Unfolding
from orchestrator.messages.event import Ended, Unsettled

__all__ = ["cancel"]


def cancel(unfolding: Unfolding) -> None:
    """End the talk; a call in flight is given up at its full price. A session that is over stays as it ended."""
    if unfolding.session.phase in ("opening", "agreed", "over", "impossible"):
        return
    lapse(unfolding)
    if unfolding.session.settled is not None:
        unfolding.add(Unsettled(offer=unfolding.session.settled))
    unfolding.add(Ended(status="no_agreement", reason="cancelled"))
