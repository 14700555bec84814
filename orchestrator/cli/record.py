"""Which session is meant, and what does its record say? Ids may be given by a unique beginning, or as `last`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from orchestrator.assembly import Place, read_journal
from orchestrator.engine import Session
from orchestrator.errors import UsageError
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.messages.value import SessionId
from orchestrator.report.standing import Standing, standing
from orchestrator.runtime.record import entries_of, session_of

__all__ = ["Record", "pick", "read_record", "recorded"]

_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A session as its journal tells it."""

    session: Session
    entries: tuple[Entry, ...]
    signature: str
    """Of the last entry; empty where it is not signed."""

    @property
    def standing(self) -> Standing:
        """Return where the session stands."""
        return standing(self.session, self.entries)


@contextmanager
def recorded(path: Place, words: str) -> Generator[Record]:
    """Yield the record of the session that is meant, from a journal that nobody needs to let go of."""
    with read_journal(path) as journal:
        yield read_record(journal, pick(journal, words))


def pick(journal: Journal, words: str) -> SessionId:
    """Return the id that is meant. Raises UsageError where it is none, or the beginning of several."""
    if words != "last" and journal.rows(SessionId(words)):
        return SessionId(words)
    ids = [summary.id for summary in journal.summaries()]
    if words == "last" and ids:
        return ids[0]
    found = [session for session in ids if words and session.startswith(words)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"there is no session {words!r} in this journal", hint="'handfast sessions' lists them")
    shown = ", ".join(found[:_SHOWN]) + (", ..." if len(found) > _SHOWN else "")
    raise UsageError(f"{words!r} is the beginning of {len(found)} sessions", hint=f"give more of its id: {shown}")


def read_record(journal: Journal, session: SessionId) -> Record:
    """Return what the journal holds of a session now."""
    entries = entries_of(journal, session)
    heads = {row.seq: row.signature for row in journal.rows(session, len(entries) - 2)}
    return Record(session=session_of(entries), entries=entries, signature=heads.get(len(entries) - 1, ""))
