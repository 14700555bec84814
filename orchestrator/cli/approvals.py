"""What was approved for sessions to come, who used it, and how is it taken back? The list of leaves of a journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click

from orchestrator.assembly import Place, leave_book_of, read_journal
from orchestrator.cli.handing import hand, refused
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, say, wrapped
from orchestrator.engine.leaves import Standing, left
from orchestrator.messages.command import Revoke
from orchestrator.report.clean import clean
from orchestrator.report.figures import plural, short_id
from orchestrator.report.printed import Json
from orchestrator.runtime.perform import utc_now

__all__ = ["approvals", "revoke"]


@click.group(invoke_without_command=True)
@click.pass_context
@journal_option
@json_option
def approvals(context: click.Context, *, journal: Place, as_object: bool) -> int:
    """List what was approved for sessions to come with 'handfast approve --standing', and which sessions used it."""
    if context.invoked_subcommand is not None:
        return 0
    with read_journal(journal) as reader:
        found = leave_book_of(reader).read().all
    now = utc_now()
    if as_object:
        say(as_json([_json(standing, now) for standing in found]))
        return 0
    for standing in found:
        for line in _lines(standing, now):
            say(line)
    if not found:
        say("Nothing is approved for sessions to come.")
    return 0


@approvals.command
@click.argument("leave")
@click.option("--by", required=True, metavar="NAME", help="Who gave it.")
@click.option("--note", default="", metavar="TEXT", help="A reason, kept on record.")
@journal_option
def revoke(leave: str, *, by: str, note: str, journal: Place) -> int:
    """Take back an approval for sessions to come: none uses it from now on. What it has approved stays approved."""
    (answered,) = hand(journal, Revoke(leave=leave, by=by, note=note))
    if code := refused(answered):
        return code
    say(answered.says)
    return 0


def _state(standing: Standing, now: datetime) -> str:
    if standing.revoked is not None:
        return "revoked"
    if now >= standing.leave.until:
        return "over"
    return "used up" if left(standing) == 0 else "holds"


def _lines(standing: Standing, now: datetime) -> Iterator[str]:
    leave = standing.leave
    where = f" in {leave.negotiation}" if leave.negotiation else ""
    often = "" if leave.uses is None else f", {leave.uses} {plural(leave.uses, 'time')}"
    told = f"{leave.id}: {leave.by} approves at gate {leave.gate}{where} where {leave.when}, until {_time(leave.until)}{often}"
    yield from wrapped(clean(f"{told}: {_state(standing, now)}", 1_000), "", "  ")
    for used in standing.uses:
        yield from wrapped(f"used {_time(used.at)} by {clean(used.session, 100)} for {short_id(used.offer)}", "  ", "    ")
    if standing.revoked is not None:
        note = f": {standing.revoked.note}" if standing.revoked.note else ""
        yield from wrapped(clean(f"revoked {_time(standing.revoked.at)} by {standing.revoked.by}{note}", 400), "  ", "    ")


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _json(standing: Standing, now: datetime) -> dict[str, Json]:
    leave = standing.leave
    return {
        "id": leave.id,
        "state": _state(standing, now),
        "gate": leave.gate,
        "by": leave.by,
        "when": leave.when,
        "until": leave.until.isoformat(),
        "negotiation": leave.negotiation or None,
        "uses": leave.uses,
        "left": left(standing),
        "note": leave.note,
        "given": standing.given.isoformat(),
        "revoked": standing.revoked.at.isoformat() if standing.revoked else None,
        "used": [
            {"at": used.at.isoformat(), "session": used.session, "offer": used.offer, "digest": used.digest}
            for used in standing.uses
        ],
    }
