"""What does `handfast cancel` do? It calls a session off, with who said so and why; it ends without agreement."""

from __future__ import annotations

import click

from orchestrator.assembly import Place
from orchestrator.cli.handing import hand_and_tell
from orchestrator.cli.options import journal_option
from orchestrator.cli.record import recorded
from orchestrator.errors import UsageError
from orchestrator.messages.command import Cancel

__all__ = ["cancel"]


@click.command
@click.argument("session")
@click.option("--by", required=True, metavar="NAME", help="Who calls it off.")
@click.option("--why", "reason", required=True, metavar="TEXT", help="A reason, kept on record.")
@journal_option
def cancel(session: str, *, by: str, reason: str, journal: Place) -> int:
    """Call SESSION off: it ends without agreement, and what was settled does not bind. An agreement stays.

    A call of a model that is under way is broken off, and counts as charged in full.
    """
    if not by.strip() or not reason.strip():
        raise UsageError("--by and --why say who and why: neither may be empty")
    with recorded(journal, session) as before:
        meant = before.session.id
    return hand_and_tell(journal, Cancel(session=meant, by=by, why=reason))
