"""Which sessions does a journal hold? A list, newest first, with where each of them stands."""

from __future__ import annotations

import click

from orchestrator.assembly import Place, read_journal
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, say
from orchestrator.cli.watching import watch
from orchestrator.messages.journal import Summary
from orchestrator.report.clean import clean

__all__ = ["sessions"]


@click.command
@journal_option
@json_option
@click.option("--watch", "watching", is_flag=True, help="Go on showing them until Ctrl-C, with what a server does now.")
def sessions(*, journal: Place, as_object: bool, watching: bool) -> int:
    """List the sessions of a journal, newest first: where each stands, its entries, and when it began and last moved.

    With --watch, a table that follows them on a terminal; elsewhere a line for each session whose state has changed.
    """
    if watching and as_object:
        raise click.UsageError("--watch prints no JSON")
    if watching:
        return watch(journal)
    with read_journal(journal) as reader:
        found = reader.summaries()
    if as_object:
        say(as_json([_json(summary) for summary in found]))
        return 0
    width = max((len(summary.id) for summary in found), default=0)
    for summary in found:
        say(_line(summary, width))
    if not found:
        say("This journal holds no sessions yet.")
    return 0


def _json(summary: Summary) -> dict[str, str | int]:
    return {
        "id": summary.id,
        "name": summary.name,
        "state": summary.state,
        "opened": summary.opened,
        "at": summary.at,
        "entries": summary.entries,
    }


def _line(summary: Summary, width: int) -> str:
    state = summary.state.replace("_", " ")
    began = summary.opened[:19].replace("T", " ")
    return clean(f"{summary.id}").ljust(width) + f"  {state:<12}  {began}  {summary.entries:>6,} entries"
