"""Have enough offers been made before one may be accepted? Whose, and how many are missing."""

from __future__ import annotations

from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["offers_missing", "quoting_roles"]


def quoting_roles(view: View) -> tuple[RoleName, ...]:
    """Return the other roles that have made an offer with a value for every issue, whether or not it still stands."""
    names = view.agenda.open_names
    quoted = {move.sender for move in view.moves if move.act == "propose" and {term.issue for term in move.terms} >= names}
    return tuple(role for role in view.agenda.roles if role in quoted and role != view.role)


def offers_missing(view: View) -> int:
    """Return from how many more roles there must be a whole offer before this role may accept one."""
    wanted = view.agenda.agreement.min_offers
    return max(0, wanted - len(quoting_roles(view))) if wanted else 0
