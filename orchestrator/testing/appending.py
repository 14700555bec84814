"""How do checks put entries into a journal? One after the other, as rows that are compared, and with what refuses one."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.errors import OrchestratorError
from orchestrator.messages.entry import Entry, Row, row_of
from orchestrator.messages.journal import Journal
from orchestrator.testing.samples import sample_key

__all__ = ["append_all", "refusal_of", "refuses", "sample_rows"]


async def append_all(journal: Journal, entries: Sequence[Entry]) -> None:
    """Append entries in their order."""
    for entry in entries:
        await journal.append(entry)


async def refusal_of(journal: Journal, entry: Entry) -> OrchestratorError | None:
    """Return what refuses an entry; None where it is appended."""
    try:
        await journal.append(entry)
    except OrchestratorError as error:
        return error
    return None


async def refuses(journal: Journal, entry: Entry, expected: OrchestratorError) -> None:
    """Fail where an entry is not refused with exactly this error."""
    refusal = await refusal_of(journal, entry)
    assert (type(refusal), str(refusal)) == (type(expected), str(expected))


def sample_rows(entries: Sequence[Entry]) -> tuple[Row, ...]:
    """Return the rows of entries, signed with the sample key."""
    return tuple(row_of(entry, sample_key().sign) for entry in entries)
