"""Which part of a window's room for words is each sender's? What the file gives it; the others share the rest equally."""

from __future__ import annotations

from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.value import RoleName
from orchestrator.roles.pieces import Notes, Pieces

__all__ = ["LEAST_SHARE", "check_shares", "shares_of"]

LEAST_SHARE = 0.02
"""Of a role whose share the file does not name: less would be no seat at the table."""

_ROUNDING = 1e-9


def shares_of(negotiation: Negotiation) -> dict[RoleName, float]:
    """Return the share of each role, in the order of their turns."""
    named = {role.name: role.context.share for role in negotiation.roles if role.context and role.context.share is not None}
    rest = len(negotiation.roles) - len(named)
    equal = max(0.0, 1 - sum(named.values())) / rest if rest else 0.0
    return {role.name: named.get(role.name, equal) for role in negotiation.roles}


def check_shares(pieces: Pieces, notes: Notes) -> None:
    """Note shares that are more than there is, or leave nothing for the roles that name none."""
    bounds = [(role.context, role.context.form.share) for role in pieces.roles.values() if role.context and role.context.form]
    named = [(piece, share) for piece, share in bounds if share is not None]
    if not named:
        return
    piece = named[-1][0]
    given = sum(share for _, share in named)
    most = 1 - LEAST_SHARE * (len(pieces.roles) - len(named))
    if given > most + _ROUNDING:
        problem = f"brings the shares of all roles to {given:g}"
        notes.add(piece.line_of("share"), f"{piece.key}.share", problem, f"at most {most:g} in all")
