"""What does `handfast resume` do? It goes on where the record of a session ends; over, it prints how it ended."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.cli.driving import Shown, conduct
from orchestrator.cli.ending import print_ending
from orchestrator.cli.exits import BY_STATUS
from orchestrator.cli.options import journal_option, json_option, moves_option, plain_option
from orchestrator.cli.record import recorded

__all__ = ["resume"]


@click.command
@click.argument("session")
@journal_option
@json_option
@plain_option
@moves_option
def resume(session: str, *, journal: Path, as_object: bool, plain: bool, moves: Path | None) -> int:
    """Go on with SESSION where its record ends, with the files and models that it was opened with.

    SESSION is an id, the beginning of one, or 'last'. A session that is over, or still waits for its approver, is not
    touched: its outcome is printed again. Exits as 'run' does.
    """
    with recorded(journal, session) as record:
        status = record.standing.status
    if status == "interrupted":
        return conduct(journal, record.session.id, Shown(as_object=as_object, plain=plain, moves=moves))
    print_ending(record, journal, as_object=as_object)
    return BY_STATUS[status]
