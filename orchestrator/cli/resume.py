"""What does `handfast resume` do? It goes on where the record of a session ends; over, it prints how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from orchestrator.assembly import Place
from orchestrator.cli.driving import Shown, conduct
from orchestrator.cli.ending import print_ending
from orchestrator.cli.exits import BY_STATUS
from orchestrator.cli.options import (
    bounds_of,
    journal_option,
    json_option,
    moves_option,
    otel_options,
    plain_option,
    record_option,
    seat_option,
    seats_of,
    spend_option,
    tracing_of,
)
from orchestrator.cli.record import Record, recorded
from orchestrator.cli.timers import fire
from orchestrator.errors import UsageError
from orchestrator.messages.reply import Granted, Unfroze
from orchestrator.messages.settings import PERSON
from orchestrator.messages.value import RoleName
from orchestrator.report.standing import Standing
from orchestrator.runtime.burst import is_drivable
from orchestrator.runtime.perform import utc_now

__all__ = ["resume"]


@click.command
@click.argument("session")
@journal_option
@json_option
@plain_option
@moves_option
@seat_option
@spend_option
@record_option
@otel_options
def resume(
    session: str,
    *,
    journal: Place,
    as_object: bool,
    plain: bool,
    moves: Path | None,
    seats: tuple[str, ...],
    bounds: tuple[str, ...],
    tape: Path | None,
    otel: bool,
    otel_content: bool,
) -> int:
    """Go on with SESSION where its record ends, with the files and models that it was opened with.

    SESSION is an id, the beginning of one, or 'last'. A session that is over, or still waits for its approver, is not
    touched: its outcome is printed again. One that stopped at a bound of spending goes on
    under a higher --spend. With --seat a person takes a seat from here on, or gives it back to its agent. Exits as 'run' does.
    """
    tracing = tracing_of(otel=otel, otel_content=otel_content)
    taken = seats_of(seats)
    fire(journal, session)
    with recorded(journal, session) as record:
        stands = record.standing
        _check(record, taken)
    granted = tuple(_granted(bounds))
    unfroze = _taking(stands, taken)
    goes_on = is_drivable(record.session) or stands.status == "interrupted" or stands.seat is not None or unfroze is not None
    if goes_on or (stands.status == "stopped" and granted):
        shown = Shown(as_object=as_object, plain=plain, moves=moves)
        going = record.session.id
        return conduct(journal, going, shown, tape=tape, granted=granted, seats=taken, unfroze=unfroze, tracing=tracing)
    print_ending(record, journal, as_object=as_object)
    return BY_STATUS[stands.status]


def _check(record: Record, seats: dict[str, str]) -> None:
    """Raise UsageError where there is no such seat to take."""
    names = [role.name for role in record.session.roles]
    for role in seats:
        if role not in names:
            raise UsageError(f"session {record.session.id!r} has no role {role!r}", hint=f"its roles: {', '.join(names)}")


def _taking(stands: Standing, seats: dict[str, str]) -> Unfroze | None:
    """Return the word of the human to whom an agent has handed over, where they take its seat now."""
    froze = stands.froze
    if froze is None or froze.breaker != "hand_over" or froze.role is None:
        return None
    if seats.get(froze.role) != f"{PERSON}{froze.person}":
        return None
    return Unfroze(at=utc_now(), by=froze.person, goes_on=True, note=f"takes the seat of {froze.role}")


def _granted(bounds: tuple[str, ...]) -> Iterator[Granted]:
    for role, spend in bounds_of(bounds).items():
        yield Granted(at=utc_now(), spend=spend, role=None if role == "*" else RoleName(role))
