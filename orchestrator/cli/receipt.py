"""What proves an agreement to others? Its receipt, printed from the record."""

from __future__ import annotations

import click

from orchestrator.assembly import Place
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, say
from orchestrator.cli.record import recorded
from orchestrator.report.receipt import receipt as receipt_of
from orchestrator.report.receipt import receipt_lines

__all__ = ["receipt"]


@click.command
@click.argument("session")
@journal_option
@json_option
def receipt(session: str, *, journal: Place, as_object: bool) -> int:
    """Print the receipt of SESSION: digests of terms, files, prompts and rules, approvals, and the signed head.

    A session without an agreement has one too; it says that no terms are binding.
    """
    with recorded(journal, session) as record:
        parts = (record.session, record.entries, record.signature)
    if as_object:
        say(as_json(receipt_of(*parts)))
        return 0
    for line in receipt_lines(*parts):
        say(line)
    return 0
