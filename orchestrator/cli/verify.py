"""Does a record hold? Digests, chain, signatures, and that its replies are decided as they were."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.assembly import check_heads, read_journal, rules_for
from orchestrator.cli.exits import CHECK_FAILED
from orchestrator.cli.options import journal_option
from orchestrator.cli.printing import complain, say
from orchestrator.cli.record import pick
from orchestrator.errors import ChainBroken, Drift
from orchestrator.messages.journal import Journal
from orchestrator.messages.value import SessionId
from orchestrator.report.clean import clean
from orchestrator.runtime.record import redecide

__all__ = ["verify"]


@click.command
@click.argument("session", required=False)
@click.option("--all", "everything", is_flag=True, help="Check every session of the journal.")
@click.option("--key", metavar="HEX", help="The public key that must have signed; without it, the one that the record names.")
@journal_option
def verify(session: str | None, *, everything: bool, key: str | None, journal: Path) -> int:
    """Check SESSION, or with --all every session: digests, chain, signatures, and each decision made again.

    Exits with 1 where anything was changed, lost or forged. Only --key finds out a record that somebody wrote anew and
    signed with a key of their own: keep the key that 'handfast receipt' prints somewhere else.
    """
    if everything == (session is not None):
        raise click.UsageError("give a SESSION or --all")
    with read_journal(journal) as reader:
        ids = _all_of(reader) if session is None else (pick(reader, session),)
        flaws = [flaw for found in ids if (flaw := _flaw(reader, found, key and key.lower()))]
        flaws += [f"entries of {orphan!r} stand in no session" for orphan in reader.orphans()]
    for flaw in flaws:
        complain(f"handfast: {clean(flaw)}")
    if flaws:
        complain("hint: restore the journal from a copy that verifies")
    return CHECK_FAILED if flaws else 0


def _all_of(journal: Journal) -> tuple[SessionId, ...]:
    return tuple(summary.id for summary in journal.summaries())


def _flaw(journal: Journal, session: SessionId, key: str | None) -> str:
    try:
        report = check_heads(journal.rows(session), key)
        redecide(report.entries, rules_for)
    except (ChainBroken, Drift) as error:
        return error.message
    say(f"{session}: {len(report.entries):,} entries hold, and are decided again as they were")
    say(f"  signed by {report.key}")
    if report.unsigned_tail:
        say(f"  the last {report.unsigned_tail:,} entries are not signed: the session was killed, or runs now")
    return ""
