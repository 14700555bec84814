"""Which sessions make up the history of an agreement? All that reopened it, from the first one, whichever of them is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator.engine import Session
from orchestrator.errors import ChainBroken
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.messages.value import SessionId
from orchestrator.runtime.record import entries_of, session_of

__all__ = ["Member", "lineage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One session of a chain of agreements."""

    session: Session
    entries: tuple[Entry, ...]


def lineage(journal: Journal, session: SessionId) -> tuple[Member, ...]:
    """Return all sessions of the chain that a session belongs to, in the order in which they were opened.

    A predecessor that is not in this journal ends the chain backwards. Raises ChainBroken where it goes round in a circle.
    """
    first = _first(journal, session)
    found: dict[SessionId, Member] = {}
    waiting = [first]
    while waiting:
        member = waiting.pop(0)
        if member.session.id in found:
            raise ChainBroken(member.session.id, None, "supersedes itself")
        found[member.session.id] = member
        waiting.extend(_successors(journal, member.session))
    return tuple(sorted(found.values(), key=lambda member: member.entries[0].reply.at))


def _first(journal: Journal, session: SessionId) -> Member:
    member = _member(journal, session)
    seen = {session}
    while (before := member.session.settings.supersedes) is not None and journal.rows(before):
        if before in seen:
            raise ChainBroken(before, None, "supersedes itself")
        seen.add(before)
        member = _member(journal, before)
    return member


def _successors(journal: Journal, session: Session) -> Iterator[Member]:
    announced = [each.successor for each in session.aftermath.reopened]
    if session.status == "agreed" and not announced:
        # An agreement that an older version amended does not name its successor: those that name it are looked for.
        announced = list(_unannounced(journal, session))
    return (_member(journal, each) for each in announced if journal.rows(each))


def _unannounced(journal: Journal, session: Session) -> Iterator[SessionId]:
    name = session.settings.negotiation.name
    for summary in journal.summaries():
        if summary.name == name and summary.id != session.id:
            settings = session_of(entries_of(journal, summary.id)).settings
            if settings.supersedes == session.id:
                yield summary.id


def _member(journal: Journal, session: SessionId) -> Member:
    entries = entries_of(journal, session)
    return Member(session=session_of(entries), entries=entries)
