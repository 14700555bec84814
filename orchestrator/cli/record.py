"""Which session is meant, and what does its record say? Ids may be given by a unique beginning, or as `last`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestrator.assembly import read_journal
from orchestrator.engine import Session
from orchestrator.errors import UsageError
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.messages.settings import RULES_VERSION, RULES_VERSIONS
from orchestrator.messages.value import SessionId
from orchestrator.report.standing import Standing, standing
from orchestrator.runtime.record import entries_of, session_of

__all__ = ["Record", "check_ours", "pick", "read_record", "recorded"]

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
def recorded(path: Path, words: str) -> Generator[Record]:
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


def check_ours(session: Session, key: str) -> None:
    """Raise UsageError where this handfast, or whoever holds this key, cannot go on with the session."""
    settings = session.settings
    if settings.rules_version not in RULES_VERSIONS:
        raise UsageError(
            f"session {session.id!r} was opened under rules version {settings.rules_version}; this is version {RULES_VERSION}",
            hint=f"go on with handfast {settings.version}, which opened it",
        )
    if settings.key != key:
        raise UsageError(
            f"session {session.id!r} is signed with another key than the one at hand",
            hint="go on as the user who opened it, or give its private key in HANDFAST_KEY",
        )
