"""How does a person say what becomes of a frozen session? By name: it goes on, or it ends, with a note on record."""

from __future__ import annotations

import click

from orchestrator.assembly import Place
from orchestrator.cli.handing import hand_and_tell
from orchestrator.cli.options import journal_option
from orchestrator.cli.record import recorded
from orchestrator.messages.command import Unfreeze

__all__ = ["unfreeze"]


@click.command
@click.argument("session")
@click.option("--by", required=True, metavar="NAME", help="Who decides: the person whom the file's breakers name.")
@click.option("--end", "ends", is_flag=True, help="End the session without agreement, instead of letting it go on.")
@click.option("--note", default="", metavar="TEXT", help="A reason, kept on record.")
@journal_option
def unfreeze(session: str, *, by: str, ends: bool, note: str, journal: Place) -> int:
    """Let SESSION, which a circuit breaker has frozen, go on; 'handfast resume SESSION' then drives it. With --end, end it.

    What was on the table stays there, and breakers count anew from here.
    """
    with recorded(journal, session) as before:
        meant = before.session.id
    return hand_and_tell(journal, Unfreeze(session=meant, by=by, goes_on=not ends, note=note))
