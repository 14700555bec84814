"""How is an agreement kept up to date? It hears of facts, dates and pots, and its successor is opened, once, whoever tries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from orchestrator.engine import Session, begin, pending, step
from orchestrator.engine.reopening import fires, is_exhausted, successor_settings, watched
from orchestrator.errors import Conflict, UsageError
from orchestrator.messages.elapsed import Elapsed
from orchestrator.messages.event import Fell
from orchestrator.messages.journal import Journal
from orchestrator.messages.ledger import Ledger
from orchestrator.messages.negotiation import Fact
from orchestrator.messages.pot import PotsSeen
from orchestrator.messages.reopening import Amending, Did, FactTold, Reopened
from orchestrator.messages.reply import Reported
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import SessionId
from orchestrator.runtime.agreementdates import come_due
from orchestrator.runtime.keeping import pots_now
from orchestrator.runtime.perform import Clock, utc_now
from orchestrator.runtime.record import MakeRules, entries_of, session_of

__all__ = [
    "Handover",
    "Renewal",
    "announce",
    "bound_by_triggers",
    "hears_of",
    "live_successor",
    "look",
    "look_at_pots",
    "tell_fact",
    "wake",
    "wake_due",
    "watching",
]

_TRIES = 5
"""An entry of another process may take the place first."""


async def _as_it_is(_: SessionId, settings: Settings) -> Settings:
    return settings


async def _nobody_waits(_: Session) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Who drives the successors that are opened here, where that is somebody else. May be told twice of one."""

    enrol: Callable[[SessionId, Settings], Awaitable[Settings]] = _as_it_is
    """Told, before a successor of that agreement is opened, with what; returns what it is to be opened with."""
    wake: Callable[[Session], Awaitable[None]] = _nobody_waits
    """Told when it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What opening a successor needs beside the record of the agreement."""

    rules: MakeRules
    version: str
    """Of handfast."""
    guards: tuple[str, ...] = ()
    """Names of the guards that other packages added."""
    clock: Clock = utc_now
    key: str | None = None
    """The public half of the key that signs heads; sessions of another key are left alone. None: whoever signs."""
    handover: Handover = Handover()


def hears_of(journal: Journal, session: Session, name: str | None) -> bool:
    """Return whether a session is to hear of a fact, or of any: it has it, and is live or bound under triggers."""
    if all(name not in (None, fact.name) for fact in session.facts):
        return False
    return _is_live(session) or _is_bound(journal, session)


def bound_by_triggers(journal: Journal) -> Iterator[Session]:
    """Yield the agreements that bind and have triggers, newest first."""
    for summary in journal.summaries():
        if summary.state == "agreed":
            session = session_of(entries_of(journal, summary.id))
            if _is_bound(journal, session):
                yield session


async def tell_fact(journal: Journal, session: SessionId, fact: Fact, by: str, renewal: Renewal) -> FactTold:
    """Let one session know a fact's new value, and open the successor of an agreement whose trigger fires."""
    for _ in range(_TRIES):
        before = session_of(entries_of(journal, session))
        if not hears_of(journal, before, fact.name):
            raise UsageError(f"session {session!r} has no use for fact {fact.name!r}", hint="see 'handfast fact list'")
        await _recover(journal, before, renewal)
        was = next((known.value for known in before.facts if known.name == fact.name), "")
        live = live_successor(journal, before)
        reported = Reported(at=renewal.clock(), fact=fact, by=by, live=live or "")
        done = step(before, reported, renewal.rules(before.settings.negotiation))
        if not done.entry.events:
            return FactTold(session=session, did="unchanged", was=was)
        try:
            await journal.append(done.entry)
        except Conflict:
            continue
        fallen = tuple(event.fall.offer for event in done.entry.events if isinstance(event, Fell))
        reopened = next((event for event in done.entry.events if isinstance(event, Reopened)), None)
        if reopened is not None:
            await _open(journal, done.session, reopened, renewal)
        did = _did(done.session, reopened, live)
        return FactTold(session=session, did=did, was=was, fallen=fallen, reopened=reopened)
    raise Conflict(session, len(journal.rows(session)))


async def wake(journal: Journal, session: SessionId, renewal: Renewal) -> Reopened | None:
    """Do what an agreement's dates ask for now; return what was opened. A second call finds nothing left to do."""
    for _ in range(_TRIES):
        before = session_of(entries_of(journal, session))
        if renewal.key not in (None, before.settings.key):
            return None
        if (recovered := await _recover(journal, before, renewal)) is not None:
            return recovered
        now = renewal.clock()
        rules = renewal.rules(before.settings.negotiation)
        if _is_retired(journal, before) or live_successor(journal, before) or fires(before, now, None, rules) is None:
            return None
        done = step(before, Elapsed(at=now), rules)
        try:
            await journal.append(done.entry)
        except Conflict:
            continue
        reopened = next(event for event in done.entry.events if isinstance(event, Reopened))
        await _open(journal, done.session, reopened, renewal)
        return reopened
    return None


async def wake_due(journal: Journal, renewal: Renewal) -> tuple[tuple[SessionId, Reopened], ...]:
    """Do what the dates and pots of all agreements ask for now; return which were reopened, and how. For now and then."""
    woken = [(session, await wake(journal, session, renewal)) for session in come_due(journal, renewal.clock())]
    return (
        *((session, reopened) for session, reopened in woken if reopened is not None),
        *await look_at_pots(journal, renewal),
    )


async def look(journal: Journal, session: SessionId, renewal: Renewal) -> Reopened | None:
    """Let an agreement look at the pots on which it has triggers; return what was opened. Without news nothing is written."""
    for _ in range(_TRIES):
        before = session_of(entries_of(journal, session))
        if renewal.key not in (None, before.settings.key) or not watched(before) or _is_retired(journal, before):
            return None
        if (recovered := await _recover(journal, before, renewal)) is not None:
            return recovered
        live = live_successor(journal, before)
        seen = PotsSeen(at=renewal.clock(), pots=pots_now(watched(before), journal), live=live or "")
        done = step(before, seen, renewal.rules(before.settings.negotiation))
        if not done.entry.events:
            return None
        try:
            await journal.append(done.entry)
        except Conflict:
            continue
        reopened = next((event for event in done.entry.events if isinstance(event, Reopened)), None)
        if reopened is not None:
            await _open(journal, done.session, reopened, renewal)
        return reopened
    return None


async def look_at_pots(journal: Journal, renewal: Renewal) -> tuple[tuple[SessionId, Reopened], ...]:
    """Let all agreements with triggers on pots look at them; return which were reopened, and how."""
    looked = [(session, await look(journal, session, renewal)) for session in watching(journal)]
    return tuple((session, reopened) for session, reopened in looked if reopened is not None)


def watching(journal: Journal) -> tuple[SessionId, ...]:
    """Return the agreements that hold something of a pot and have triggers on one: only those that hold are folded."""
    if not isinstance(journal, Ledger):
        return ()
    holders = {each.holder for each in journal.holdings()}
    agreed = (each.id for each in journal.summaries() if each.state == "agreed" and each.id in holders)
    return tuple(each for each in agreed if watched(session_of(entries_of(journal, each))))


async def announce(journal: Journal, session: SessionId, successor: SessionId, renewal: Renewal) -> None:
    """Note in an agreement's record that a person reopens it. Raises UsageError where a successor is being negotiated."""
    before = session_of(entries_of(journal, session))
    await _recover(journal, before, renewal)
    live = live_successor(journal, before)
    if live is not None:
        raise UsageError(
            f"session {session!r} is being renegotiated in {live!r} already", hint=f"'handfast resume {live}' goes on with it"
        )
    amending = Amending(at=renewal.clock(), successor=successor)
    await journal.append(step(before, amending, renewal.rules(before.settings.negotiation)).entry)


def live_successor(journal: Journal, session: Session) -> SessionId | None:
    """Return the talk that reopens an agreement and is not over, if there is one."""
    for reopened in reversed(session.aftermath.reopened):
        successor = _successor(journal, reopened)
        if successor is not None and _is_live(successor):
            return successor.id
    return None


async def _recover(journal: Journal, session: Session, renewal: Renewal) -> Reopened | None:
    """Open the successor that was announced by a process that died before it opened it."""
    last = session.aftermath.reopened[-1] if session.aftermath.reopened else None
    if last is None or last.cause is None or journal.rows(last.successor):
        return None
    await _open(journal, session, last, renewal)
    return last


async def _open(journal: Journal, session: Session, reopened: Reopened, renewal: Renewal) -> None:
    made = successor_settings(session, reopened, version=renewal.version, guards=renewal.guards)
    settings = await renewal.handover.enrol(session.id, made)
    try:
        await journal.append(begin(settings, renewal.clock(), renewal.rules(settings.negotiation)))
    except Conflict:
        return  # another process has opened it: from the same record, as the same session
    await renewal.handover.wake(session_of(entries_of(journal, settings.session)))


def _successor(journal: Journal, reopened: Reopened) -> Session | None:
    return session_of(entries_of(journal, reopened.successor)) if journal.rows(reopened.successor) else None


def _is_live(session: Session) -> bool:
    return pending(session) is not None or session.status == "stopped"


def _is_bound(journal: Journal, session: Session) -> bool:
    return session.status == "agreed" and bool(session.settings.negotiation.triggers) and not _is_retired(journal, session)


def _is_retired(journal: Journal, session: Session) -> bool:
    """Return whether another agreement has taken the place of this one."""
    successors = (_successor(journal, reopened) for reopened in session.aftermath.reopened)
    return any(successor is not None and successor.status == "agreed" for successor in successors)


def _did(session: Session, reopened: Reopened | None, live: SessionId | None) -> Did:
    if reopened is not None:
        return "reopened"
    if _is_live(session):
        return "told"
    if live is not None:
        return "absorbed"
    return "exhausted" if is_exhausted(session) else "noted"
