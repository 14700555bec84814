"""How did an agreement become what it is? The chain of all sessions that reopened it, as lines or as JSON."""

from __future__ import annotations

import click

from orchestrator.assembly import Place, read_journal
from orchestrator.cli.options import journal_option, json_option
from orchestrator.cli.printing import as_json, say, wrapped
from orchestrator.cli.record import pick
from orchestrator.report.clean import clean
from orchestrator.report.history import Link, history_json, history_lines
from orchestrator.runtime.lineage import Member, lineage

__all__ = ["history"]


@click.command
@click.argument("session")
@journal_option
@json_option
def history(session: str, *, journal: Place, as_object: bool) -> int:
    """Show the chain of agreements that SESSION belongs to, from the first to the newest; any of its sessions will do.

    Each with its date, why it was reopened, what changed term by term, its digest, who approved, and whether it binds now.
    """
    with read_journal(journal) as reader:
        links = _links(lineage(reader, pick(reader, session)))
    if as_object:
        say(as_json(history_json(links)))
        return 0
    for line in history_lines(links):
        margin = " " * (len(line) - len(line.lstrip()))
        for part in wrapped(clean(line.strip()), margin, f"{margin}  ", breaking=True) if line else [""]:
            say(part)
    return 0


def _links(members: tuple[Member, ...]) -> tuple[Link, ...]:
    sessions = {member.session.id: member.session for member in members}
    return tuple(
        Link(
            session=member.session,
            entries=member.entries,
            before=sessions.get(member.session.settings.supersedes) if member.session.settings.supersedes else None,
        )
        for member in members
    )
