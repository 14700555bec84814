"""How do replies become entries, and entries a session? Entering, advancing, beginning and folding again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from orchestrator.engine.decide import unfold
from orchestrator.engine.evolve import evolve
from orchestrator.engine.rules import Rules
from orchestrator.engine.session import Session, fresh
from orchestrator.errors import ChainBroken
from orchestrator.messages.entry import Entry, seal
from orchestrator.messages.pot import Room
from orchestrator.messages.reply import Opening, Reply
from orchestrator.messages.settings import Settings

__all__ = ["Step", "advance", "begin", "enter", "refold", "step"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An entry and the session after it, from one decision."""

    entry: Entry
    session: Session


def begin(settings: Settings, at: datetime, rules: Rules, rooms: tuple[Room, ...] = ()) -> Entry:
    """Return a session's first entry; `rooms` are what it may hold of its pots."""
    return enter(fresh(settings), Opening(at=at, settings=settings, rooms=rooms), rules)


def enter(session: Session, reply: Reply, rules: Rules) -> Entry:
    """Return the entry that a reply becomes: decided, and chained to the session's head."""
    return step(session, reply, rules).entry


def step(session: Session, reply: Reply, rules: Rules) -> Step:
    """Return the entry that a reply becomes together with the session that `advance` would make of it."""
    unfolding = unfold(session, reply, rules)
    entry = seal(session.id, session.seq, session.head, reply, tuple(unfolding.events))
    return Step(entry=entry, session=_after(unfolding.session, entry))


def advance(session: Session, entry: Entry) -> Session:
    """Return the session after an entry. Raises ChainBroken where it is not the next of its chain."""
    if (entry.session, entry.seq, entry.parent) != (session.id, session.seq, session.head):
        raise ChainBroken(session.id, entry.seq, "does not follow the entry before it")
    for event in entry.events:
        session = evolve(session, event)
    return _after(session, entry)


def refold(entries: Iterable[Entry]) -> Session:
    """Return the session that the entries tell. Raises ChainBroken where they are not one unbroken chain from its opening."""
    session: Session | None = None
    for entry in entries:
        if session is None:
            if not isinstance(entry.reply, Opening):
                raise ChainBroken(entry.session, entry.seq, "the first entry is not an opening")
            session = fresh(entry.reply.settings)
        session = advance(session, entry)
    if session is None:
        raise ChainBroken("", None, "there are no entries")
    return session


def _after(session: Session, entry: Entry) -> Session:
    """Return the session with the place of its next entry, and with the time of its end where triggers count from it."""
    at = entry.reply.at
    latest = at if session.latest is None else max(session.latest, at)
    after = session.but(seq=entry.seq + 1, head=entry.digest, latest=latest)
    if not session.settings.negotiation.triggers or session.phase != "over" or session.aftermath.ended is not None:
        return after
    return after.but(aftermath=replace(session.aftermath, ended=latest))
