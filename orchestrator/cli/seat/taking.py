"""Who is to write for a role from now on? What `--seat` says, as what goes on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestrator.assembly import DEFAULT_MODEL, seat_for
from orchestrator.engine import Session
from orchestrator.messages.reply import Seating
from orchestrator.messages.settings import PERSON
from orchestrator.messages.value import RoleName
from orchestrator.runtime.perform import utc_now

__all__ = ["seated"]


def seated(session: Session, seats: Mapping[str, str]) -> Iterator[Seating]:
    """Yield what goes on record for each seat; an empty model gives it back to the one that the session was opened with.

    A person who gives no name sits down again under the one on record.
    """
    for role, model in seats.items():
        if model == f"{PERSON}{role}" and role in session.people:
            continue
        seat = seat_for(session.settings, RoleName(role), model or _opened_with(session, role))
        yield Seating(at=utc_now(), seat=seat, by=model.partition(":")[2])


def _opened_with(session: Session, role: str) -> str:
    first = next((seat for seat in session.settings.models if seat.role == role and not seat.is_person), None)
    return first.model if first else DEFAULT_MODEL
