"""How does a reply get into a journal whose sessions share pots? Decided anew where another was quicker, never asked twice."""

from __future__ import annotations

from decimal import Decimal

from orchestrator.engine import Rules, Session, account_of, advance, begin, fresh, pots_of, step
from orchestrator.engine.reopening import watched
from orchestrator.errors import Conflict, Overdrawn, UsageError
from orchestrator.messages.journal import Journal
from orchestrator.messages.ledger import Ledger
from orchestrator.messages.pot import PotFigures, PotsRead, PotsSeen, Room
from orchestrator.messages.reply import Reply
from orchestrator.messages.settings import Settings
from orchestrator.runtime.perform import Clock

__all__ = ["begun", "keep", "ledger_of", "pots_now", "refreshed"]

_RACES = 8
"""How often another talk may be quicker. Each time the reply is decided by what the refusal itself found, which refuses
what was too much; only an entry that would hold more of another pot by then can lose again."""


async def keep(session: Session, reply: Reply, rules: Rules, journal: Journal) -> Session:
    """Append what a reply becomes and return the session after it. Where a pot has too little left, it is decided again.

    Nothing is asked again: the same reply is judged with what is left of the pots now, and a draft that takes too much is
    refused as any other. Raises what `append` raises.
    """
    for _ in range(_RACES):
        done = step(session, reply, rules)
        try:
            await journal.append(done.entry)
        except Overdrawn as lost:
            read = PotsRead(at=reply.at, rooms=_rooms_after(lost, session, journal), lost=lost.pot)
            session = await _appended(session, read, rules, journal)
        else:
            return await _looked(session, done.session, reply, rules, journal)
    return await _appended(session, reply, rules, journal)


def pots_now(pots: tuple[str, ...], journal: Journal) -> tuple[PotFigures, ...]:
    """Return how pots stand, all talks counted; those that the journal does not know are left out."""
    ledger = ledger_of(journal)
    sizes = {stock.pot.name: stock.pot.size for stock in ledger.stocks()}
    return tuple(_figures(pot, sizes[pot], ledger) for pot in pots if pot in sizes)


async def refreshed(session: Session, rules: Rules, journal: Journal, clock: Clock) -> Session:
    """Put on record what is left in the session's pots now, where that is not what it heard last."""
    pots = pots_of(session)
    if not pots or (rooms := ledger_of(journal).rooms(account_of(session), pots)) == session.rooms:
        return session
    return await _appended(session, PotsRead(at=clock(), rooms=rooms), rules, journal)


async def begun(settings: Settings, rules: Rules, journal: Journal, clock: Clock) -> Session:
    """Append a session's first entry, which says what is left in its pots, and return the session after it."""
    session = fresh(settings)
    rooms = _rooms_at_first(session, journal) if pots_of(session) else ()
    for _ in range(_RACES):
        entry = begin(settings, clock(), rules, rooms)
        try:
            await journal.append(entry)
        except Overdrawn as lost:
            rooms = _with(lost, rooms)
        else:
            return advance(session, entry)
    raise UsageError(f"session {settings.session!r} cannot open: others take what is left of its pots first")


def _rooms_at_first(session: Session, journal: Journal) -> tuple[Room, ...]:
    """Return what a session that is about to open may hold of its pots; those that it brings itself are full."""
    pots = pots_of(session)
    known = {room.pot: room for room in ledger_of(journal).rooms(account_of(session), pots)}
    budgets = session.agenda.budgets
    brought = {pot.name: Room(pot=pot.name, size=pot.size, most=pot.size) for pot in (budgets.pots if budgets else ())}
    return tuple((brought | known)[pot] for pot in pots if pot in brought or pot in known)


def ledger_of(journal: Journal) -> Ledger:
    """Return the journal as what it is where sessions share pots. Raises UsageError where it keeps no ledger."""
    if not isinstance(journal, Ledger):
        raise UsageError(f"{type(journal).__name__} keeps no ledger of pots that sessions share")
    return journal


def _figures(pot: str, size: Decimal, ledger: Ledger) -> PotFigures:
    held = ledger.holdings(pot)
    reserved = sum((each.reserved for each in held), Decimal(0))
    return PotFigures(pot=pot, size=size, reserved=reserved, committed=sum((each.committed for each in held), Decimal(0)))


async def _looked(before: Session, after: Session, reply: Reply, rules: Rules, journal: Journal) -> Session:
    """Let a session that has just agreed take note of the pots on which it has triggers: what is so now does not fire."""
    pots = watched(after) if before.status != "agreed" else ()
    if not pots:
        return after
    try:
        return await _appended(after, PotsSeen(at=reply.at, pots=pots_now(pots, journal)), rules, journal)
    except Conflict:
        return after  # it was told something by another process first, and takes note at the next look


async def _appended(session: Session, reply: Reply, rules: Rules, journal: Journal) -> Session:
    done = step(session, reply, rules)
    await journal.append(done.entry)
    return done.session


def _rooms_after(lost: Overdrawn, session: Session, journal: Journal) -> tuple[Room, ...]:
    return _with(lost, ledger_of(journal).rooms(account_of(session), pots_of(session)))


def _with(lost: Overdrawn, rooms: tuple[Room, ...]) -> tuple[Room, ...]:
    found = Room(pot=lost.pot, size=lost.size, most=lost.most)
    return tuple(found if room.pot == lost.pot else room for room in rooms)
