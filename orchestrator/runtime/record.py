"""What does a record say, and does it hold? Reading, checking and re-deciding the entries of a session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.engine import Rules, Session, advance, fresh, refold, step
from orchestrator.errors import ChainBroken, Drift, UsageError
from orchestrator.messages.entry import Entry, read_row
from orchestrator.messages.event import Event
from orchestrator.messages.journal import Journal
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.reply import Opening
from orchestrator.messages.settings import RULES_VERSION, RULES_VERSIONS
from orchestrator.messages.value import SessionId

__all__ = ["Difference", "MakeRules", "check_ours", "entries_of", "redecide", "session_of", "what_if"]

MakeRules: TypeAlias = Callable[[Negotiation], Rules]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A recorded reply that other rules would have decided otherwise, in the very state it was decided in."""

    seq: int
    recorded: tuple[Event, ...]
    would_be: tuple[Event, ...]


def entries_of(journal: Journal, session: SessionId) -> tuple[Entry, ...]:
    """Return the entries of a session. Raises UsageError where there is none, ChainBroken where one was changed."""
    rows = journal.rows(session)
    if not rows:
        raise UsageError(f"there is no session {session!r} in this journal", hint="'handfast sessions' lists them")
    return tuple(read_row(row) for row in rows)


def session_of(entries: Iterable[Entry]) -> Session:
    """Return the session that the entries tell. Raises ChainBroken where they are no unbroken chain."""
    return refold(entries)


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


def redecide(entries: tuple[Entry, ...], make_rules: MakeRules) -> Session:
    """Decide every recorded reply again. Raises Drift at the first whose events are not those recorded."""
    for entry, would_be in _redecided(entries, make_rules):
        if would_be.events_json != entry.events_json:
            raise Drift(entry.session, entry.seq)
    return refold(entries)


def what_if(entries: tuple[Entry, ...], rules: Rules) -> tuple[Difference, ...]:
    """Return every recorded reply that these rules would have decided otherwise."""
    differences: list[Difference] = []
    for entry, would_be in _redecided(entries, lambda _: rules):
        if would_be.events != entry.events and not isinstance(entry.reply, Opening):
            differences.append(Difference(seq=entry.seq, recorded=entry.events, would_be=would_be.events))
    return tuple(differences)


def _redecided(entries: tuple[Entry, ...], make_rules: MakeRules) -> Iterator[tuple[Entry, Entry]]:
    """Yield each entry with the one that these rules make of its reply, in the very state that was on record."""
    session: Session | None = None
    rules: Rules | None = None
    for entry in entries:
        if session is None or rules is None:
            if not isinstance(entry.reply, Opening):
                raise ChainBroken(entry.session, entry.seq, "the first entry is not an opening")
            session = fresh(entry.reply.settings)
            rules = make_rules(entry.reply.settings.negotiation)
        done = step(session, entry.reply, rules)
        yield entry, done.entry
        # Where both are the same, so is the session, and the monitor need not hear its messages again.
        session = done.session if done.entry.digest == entry.digest else advance(session, entry)
