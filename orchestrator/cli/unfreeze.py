"""How does a person say what becomes of a frozen session? By name: it goes on, or it ends, with a note on record."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from orchestrator.assembly import open_journal, rules_for
from orchestrator.cli.options import journal_option
from orchestrator.cli.printing import say, wrapped
from orchestrator.cli.record import Record, check_ours, pick, read_record
from orchestrator.messages.reply import Unfroze
from orchestrator.report.words import why
from orchestrator.runtime.driver import unfreeze as record_word
from orchestrator.runtime.perform import utc_now

__all__ = ["unfreeze"]


@click.command
@click.argument("session")
@click.option("--by", required=True, metavar="NAME", help="Who decides: the person whom the file's breakers name.")
@click.option("--end", "ends", is_flag=True, help="End the session without agreement, instead of letting it go on.")
@click.option("--note", default="", metavar="TEXT", help="A reason, kept on record.")
@journal_option
def unfreeze(session: str, *, by: str, ends: bool, note: str, journal: Path) -> int:
    """Let SESSION, which a circuit breaker has frozen, go on; 'handfast resume SESSION' then drives it. With --end, end it.

    What was on the table stays there, and breakers count anew from here.
    """
    after = asyncio.run(_append(journal, session, Unfroze(at=utc_now(), by=by, goes_on=not ends, note=note)))
    say(f"Session {after.session.id} is {'ended' if ends else 'let go on'} by {by!r}.")
    for line in wrapped(why(after.session, after.entries)):
        say(line)
    return 0


async def _append(path: Path, words: str, unfroze: Unfroze) -> Record:
    async with open_journal(path) as held:
        record = read_record(held.journal, pick(held.journal, words))
        check_ours(record.session, held.key)
        await record_word(record.session, unfroze, rules_for(record.session.settings.negotiation), held.journal)
        return read_record(held.journal, record.session.id)
