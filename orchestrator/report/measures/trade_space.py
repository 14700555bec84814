"""What value did a talk about packages create? Above all reserves, and above the best of what was offered first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.messages.terms import Terms
from orchestrator.messages.utility import utility
from orchestrator.messages.value import Value
from orchestrator.report.figures import plural

__all__ = ["Created", "created", "created_of"]


class Created(Value):
    """What an agreement about packages created."""

    kind: Literal["trade_space"] = "trade_space"
    created: float
    """What all gain above their reserves together."""
    first: float | None
    """What the best of the first whole offers would have created; None where there was none."""
    packages: int
    conditional: int
    version: int | None
    """Of what was agreed; None where packages have no versions."""

    def lines(self) -> Iterator[str]:
        """Yield the value that an agreement created, and how many versions it took."""
        yield f"value created {self.created:.2f}: what all gain above their reserves together"
        if self.first is not None:
            yield f"the best of the first whole offers would have created {self.first:.2f}"
        last = f"; the last is version {self.version}" if self.version else ""
        asked = f", {self.conditional} of them with conditions" if self.conditional else ""
        yield f"{self.packages} {plural(self.packages, 'package')}{asked}{last}"


def created_of(session: Session, entries: Sequence[Entry]) -> Created | None:  # noqa: ARG001 - one question for all patterns
    """Return what an agreement created; None without one."""
    if not session.terms:
        return None
    whole = (offer for offer in _first_offers(session) if len(offer) == len(session.issue_names))
    return Created(
        created=round(created(session, session.terms), 6),
        first=max((round(created(session, terms), 6) for terms in whole), default=None),
        packages=sum(move.act == "propose" for move in session.moves),
        conditional=sum(bool(move.conditions) for move in session.moves),
        version=next((move.version for move in session.moves if move.id == session.settled), 0) or None,
    )


def created(session: Session, terms: Terms) -> float:
    """Return what all roles gain above their reserves, together; a loss counts against it."""
    return sum(utility(role.mandate, terms) - role.mandate.reserve for role in session.roles if role.mandate.worths)


def _first_offers(session: Session) -> Iterator[Terms]:
    for role in session.roles:
        whole = (move.terms for move in session.moves if move.sender == role.name and move.act == "propose")
        yield next((terms for terms in whole if len(terms) == len(session.issue_names)), ())
