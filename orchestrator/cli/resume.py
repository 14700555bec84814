"""What does `handfast resume` do? It goes on where the record of a session ends; over, it prints how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

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
    spend_option,
    tracing_of,
)
from orchestrator.cli.record import recorded
from orchestrator.messages.reply import Granted
from orchestrator.messages.value import RoleName
from orchestrator.runtime.perform import utc_now

__all__ = ["resume"]


@click.command
@click.argument("session")
@journal_option
@json_option
@plain_option
@moves_option
@spend_option
@record_option
@otel_options
def resume(
    session: str,
    *,
    journal: Path,
    as_object: bool,
    plain: bool,
    moves: Path | None,
    bounds: tuple[str, ...],
    tape: Path | None,
    otel: bool,
    otel_content: bool,
) -> int:
    """Go on with SESSION where its record ends, with the files and models that it was opened with.

    SESSION is an id, the beginning of one, or 'last'. A session that is over, or still waits for its approver, is not
    touched: its outcome is printed again. One that stopped at a bound of spending goes on
    under a higher --spend. Exits as 'run' does.
    """
    tracing = tracing_of(otel=otel, otel_content=otel_content)
    with recorded(journal, session) as record:
        status = record.standing.status
    granted = tuple(_granted(bounds))
    if status == "interrupted" or (status == "stopped" and granted):
        shown = Shown(as_object=as_object, plain=plain, moves=moves)
        return conduct(journal, record.session.id, shown, tape=tape, granted=granted, tracing=tracing)
    print_ending(record, journal, as_object=as_object)
    return BY_STATUS[status]


def _granted(bounds: tuple[str, ...]) -> Iterator[Granted]:
    for role, spend in bounds_of(bounds).items():
        yield Granted(at=utc_now(), spend=spend, role=None if role == "*" else RoleName(role))
