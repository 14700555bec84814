"""Which sessions does a journal hold? A list, newest first, with where each of them stands."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.assembly import read_journal
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, say
from orchestrator.messages.journal import Summary
from orchestrator.report.clean import clean

__all__ = ["sessions"]


@click.command
@journal_option
@json_option
def sessions(*, journal: Path, as_object: bool) -> int:
    """List the sessions of a journal, newest first: where each stands, its entries, and when it began and last moved."""
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
