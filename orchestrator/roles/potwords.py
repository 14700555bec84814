"""What must a role know of shared pots? What its talk may take of each, and how much an offer takes, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.messages.terms import exact
from orchestrator.messages.view import View

__all__ = ["pot_lines"]


def pot_lines(view: View) -> Iterator[str]:
    """Yield a line for each pot that the negotiation draws on; others draw on it too."""
    budgets = view.agenda.budgets
    if budgets is None:
        return
    rooms = {room.pot: room for room in view.rooms}
    for take in budgets.takes:
        pot, room = budgets.pot(take.pot), rooms.get(take.pot)
        if pot is None:
            continue
        left = f"{exact(room.most)} of {exact(room.size)} {pot.unit}".rstrip() if room else "nothing"
        yield f"shared pot {pot.name} ({pot.title}): at most {left} is left for this talk; an offer takes {take.amount}"
