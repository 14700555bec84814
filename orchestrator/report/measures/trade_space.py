"""What value did a talk about packages create? Above all reserves, and above the best of what was offered first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.terms import Terms
from orchestrator.messages.utility import utility
from orchestrator.report.figures import plural

__all__ = ["created", "trade_space_lines"]


def trade_space_lines(session: Session, entries: Sequence[Entry]) -> Iterator[str]:  # noqa: ARG001 - one question for all patterns
    """Yield the value that an agreement created, and how many versions it took."""
    if not session.terms:
        return
    value = created(session, session.terms)
    yield f"value created {value:.2f}: what all gain above their reserves together"
    first = [offer for offer in _first_offers(session) if len(offer) == len(session.issue_names)]
    if first:
        best = max(created(session, terms) for terms in first)
        yield f"the best of the first whole offers would have created {best:.2f}"
    packages = sum(1 for move in session.moves if move.act == "propose")
    version = next((move.version for move in session.moves if move.id == session.settled), 0)
    conditional = sum(1 for move in session.moves if move.conditions)
    last = f"; the last is version {version}" if version else ""
    asked = f", {conditional} of them with conditions" if conditional else ""
    yield f"{packages} {plural(packages, 'package')}{asked}{last}"


def created(session: Session, terms: Terms) -> float:
    """Return what all roles gain above their reserves, together; a loss counts against it."""
    return sum(utility(role.mandate, terms) - role.mandate.reserve for role in session.roles if role.mandate.worths)


def _first_offers(session: Session) -> Iterator[Terms]:
    for role in session.roles:
        whole = (move.terms for move in session.moves if move.sender == role.name and move.act == "propose")
        yield next((terms for terms in whole if len(terms) == len(session.issue_names)), ())
