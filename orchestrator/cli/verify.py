"""Does a record hold? Digests, chain, signatures, and that its replies are decided as they were."""

from __future__ import annotations

import click

from orchestrator.assembly import Place, check_heads, read_journal, rules_for
from orchestrator.cli.exits import CHECK_FAILED
from orchestrator.cli.options import journal_option
from orchestrator.cli.printing import complain, say
from orchestrator.cli.record import pick
from orchestrator.engine import Session
from orchestrator.engine.leaves import NO_LEAVES, seen
from orchestrator.errors import ChainBroken, Drift
from orchestrator.messages.entry import read_row
from orchestrator.messages.journal import Journal
from orchestrator.messages.leave import LEAVES, Used
from orchestrator.messages.pot import POTS_BOOK, PotsApplied
from orchestrator.messages.value import SessionId
from orchestrator.report.clean import clean
from orchestrator.runtime.record import redecide

__all__ = ["verify"]


@click.command
@click.argument("session", required=False)
@click.option("--all", "everything", is_flag=True, help="Check every session of the journal.")
@click.option("--key", metavar="HEX", help="The public key that must have signed; without it, the one that the record names.")
@journal_option
def verify(session: str | None, *, everything: bool, key: str | None, journal: Place) -> int:
    """Check SESSION, or with --all every session: digests, chain, signatures, and each decision made again.

    Exits with 1 where anything was changed, lost or forged. Only --key finds out a record that somebody wrote anew and
    signed with a key of their own: keep the key that 'handfast receipt' prints somewhere else.
    """
    if everything == (session is not None):
        raise click.UsageError("give a SESSION or --all")
    with read_journal(journal) as reader:
        ids = _all_of(reader) if session is None else (pick(reader, session),)
        flaws = [flaw for found in ids if (flaw := _flaw(reader, found, key and key.lower()))]
        if session is None and (flaw := _book_flaw(reader, key and key.lower())):
            flaws.append(flaw)
        flaws += [flaw for flaw in (_flaw_of_leaves(reader, key and key.lower()),) if flaw]
        flaws += [f"entries of {orphan!r} stand in no session" for orphan in reader.orphans()]
    for flaw in flaws:
        complain(f"handfast: {clean(flaw)}")
    if flaws:
        complain("hint: restore the journal from a copy that verifies")
    return CHECK_FAILED if flaws else 0


def _all_of(journal: Journal) -> tuple[SessionId, ...]:
    return tuple(summary.id for summary in journal.summaries())


def _book_flaw(journal: Journal, key: str | None) -> str:
    """Return what is wrong with the book of pots, which is no session and needs no deciding; empty where nothing is."""
    rows = journal.rows(POTS_BOOK)
    try:
        entries = check_heads(rows, key).entries if rows else ()
    except ChainBroken as error:
        return error.message
    if any(not isinstance(entry.reply, PotsApplied) or entry.events for entry in entries):
        return "the book of pots has an entry that is none of it"
    if entries:
        say(f"the book of pots: all {len(entries):,} entries hold" if len(entries) > 1 else "the book of pots: its entry holds")
    return ""


def _flaw(journal: Journal, session: SessionId, key: str | None) -> str:
    try:
        report = check_heads(journal.rows(session), key)
        if unknown := _unknown_leave(journal, redecide(report.entries, rules_for)):
            return f"session {session!r}: {unknown}"
    except (ChainBroken, Drift) as error:
        return error.message
    say(f"{session}: {len(report.entries):,} entries hold, and are decided again as they were")
    say(f"  signed by {report.key}")
    if report.unsigned_tail:
        say(f"  the last {report.unsigned_tail:,} entries are not signed: the session was killed, or runs now")
    return ""


def _flaw_of_leaves(journal: Journal, key: str | None) -> str:
    """Return what is wrong with the chain of leaves; empty where it holds, or there is none."""
    rows = journal.rows(LEAVES)
    if not rows:
        return ""
    try:
        report = check_heads(rows, key)
        seen(NO_LEAVES, report.entries)
    except ChainBroken as error:
        return error.message
    say(f"{LEAVES}: {len(report.entries):,} entries hold, of approvals for sessions to come")
    return ""


def _unknown_leave(journal: Journal, session: Session) -> str:
    """Return which approval of a session names a leave that has no use for it on record; empty where there is none."""
    named = [ruling for ruling in session.rulings if ruling.leave]
    if not named:
        return ""
    used = {
        (entry.reply.leave, entry.reply.session, entry.reply.offer, entry.reply.digest)
        for entry in map(read_row, journal.rows(LEAVES))
        if isinstance(entry.reply, Used)
    }
    missing = [each for each in named if (each.leave, session.id, each.offer, each.digest) not in used]
    return f"{missing[0].leave!r} is named as its approval, and was not used for it" if missing else ""
