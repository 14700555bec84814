"""Is a fact of the file still what was said last? Values that were set in sessions since are told; the file counts."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.assembly import Place, read_journal
from orchestrator.cli.printing import complain
from orchestrator.errors import OrchestratorError
from orchestrator.messages.entry import read_row
from orchestrator.messages.journal import Journal
from orchestrator.messages.negotiation import Fact, Negotiation
from orchestrator.messages.reply import Reported
from orchestrator.report.clean import clean
from orchestrator.report.figures import stated

__all__ = ["tell_newer_facts"]

_MOST_READ = 20
"""Of the newest sessions of the negotiation, so that a large journal is no wait."""


def tell_newer_facts(place: Place, negotiation: Negotiation) -> None:
    """Say on standard error which facts of a file differ from what `fact set` said last, of a day that is not before theirs."""
    try:
        with read_journal(place) as journal:
            newest = dict(_newest(journal, negotiation.name))
    except OrchestratorError:
        return  # there is none yet, or whoever opens it next says what is wrong with it
    for fact in negotiation.facts:
        said = newest.get(fact.name)
        if said is not None and said.value != fact.value and said.as_of >= fact.as_of:
            complain(
                f"note: fact {fact.name!r} is {clean(stated(fact), 100)} in the file, "
                f"and was set to {clean(stated(said), 100)} since ({clean(said.source, 100)}, {said.as_of.isoformat()}); "
                "this session begins with the file's"
            )


def _newest(journal: Journal, name: str) -> Iterator[tuple[str, Fact]]:
    """Yield what was said of facts in the newest sessions of a negotiation, the latest word last."""
    sessions = [summary.id for summary in journal.summaries() if summary.name == name][:_MOST_READ]
    rows = (row for session in sessions for row in journal.rows(session) if '"reported"' in row.reply[:200])
    replies = [reply for row in rows if isinstance(reply := read_row(row).reply, Reported)]
    for reply in sorted(replies, key=lambda reply: reply.at):
        yield reply.fact.name, reply.fact
