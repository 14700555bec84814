"""How does a journal move from one place to another? Rows exactly as they are stored, checked before and after.

Everything that a journal holds follows from its entries: shared pots and what is held of them are kept beside the entries
only so that they need not be folded, and the books of pots and of standing approvals are chains of entries themselves. So
copying the entries of all chains is enough; the rows of the ledger go along as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from orchestrator.assembly.journals import Place, ReadableJournal, open_copy, read_journal
from orchestrator.errors import ChainBroken, Unwritable, UsageError
from orchestrator.messages.entry import Row
from orchestrator.messages.journal import Journal
from orchestrator.messages.ledger import Holding, Ledger, Stock
from orchestrator.messages.value import SessionId
from orchestrator.storage.booking import Booked
from orchestrator.storage.chain import check_chain

__all__ = ["Migrated", "Progress", "Target", "migrate"]

_CHUNK = 500
"""Rows that are under way at once."""


class Target(Journal, Ledger, Protocol):
    """A journal that takes rows as another has stored them."""

    async def keep(self, rows: Iterable[Row]) -> None:
        """Keep rows exactly as they are."""
        ...

    async def adopt(self, booked: Booked) -> None:
        """Write rows of the ledger as they are."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it has come."""

    done: int
    sessions: int
    copied: int
    """Entries, this time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """What both places hold now, checked entry by entry."""

    sessions: int
    entries: int
    copied: int
    """Entries that were not there before."""


async def migrate(
    source: Place, target: Place, sessions: tuple[SessionId, ...] = (), tell: Callable[[Progress], None] = lambda _: None
) -> Migrated:
    """Copy sessions, or all of them, and check that the target holds what the source does.

    Killed, it goes on where it stopped when it is run again. Raises ChainBroken, before anything of a session is copied,
    where its record does not hold; UsageError where the target has other entries in its place.
    """
    if _is_same(source, target):
        raise UsageError("both places are the same journal", hint="name another place to copy to")
    async with AsyncExitStack() as stack:
        reader = stack.enter_context(read_journal(source))
        chosen = _chosen(reader, sessions)
        writer = await stack.enter_async_context(open_copy(target))
        copied, counts = 0, dict[SessionId, int]()
        for done, session in enumerate(chosen, 1):
            new, counts[session] = await _copy(reader, writer, session, target)
            copied += new
            tell(Progress(done=done, sessions=len(chosen), copied=copied))
        await _copy_ledger(reader, writer, frozenset(chosen))
        _check_still(reader, counts)
    return Migrated(sessions=len(chosen), entries=sum(counts.values()), copied=copied)


def _is_same(source: Place, target: Place) -> bool:
    if isinstance(source, Path) and isinstance(target, Path):
        return source.resolve() == target.resolve()
    return source == target


def _chosen(reader: ReadableJournal, sessions: tuple[SessionId, ...]) -> tuple[SessionId, ...]:
    """Return the chains to copy in the order in which they came, so that the target lists sessions in the same order."""
    known = reader.chains()
    if not sessions:
        for orphan in reader.orphans():
            raise ChainBroken(orphan, None, "its entries are not numbered 0, 1, 2 and so on")
        return known
    for session in sessions:
        if session not in known:
            raise UsageError(f"there is no session {session!r} in this journal", hint="'handfast sessions' lists them")
    return tuple(session for session in known if session in sessions)


async def _copy(reader: ReadableJournal, writer: Target, session: SessionId, target: Place) -> tuple[int, int]:
    """Copy what is missing of a session; return how many entries that were, and how many it has."""
    rows = reader.rows(session)
    check_chain(rows)
    there = writer.rows(session)
    _check_beginning(there, rows, session, target)
    for start in range(len(there), len(rows), _CHUNK):
        await writer.keep(rows[start : start + _CHUNK])
    if len(there) < len(rows) and writer.rows(session) != rows:
        raise ChainBroken(session, None, f"{str(target)!r} does not hold it as it was copied")
    return len(rows) - len(there), len(rows)


def _check_beginning(there: tuple[Row, ...], rows: tuple[Row, ...], session: SessionId, target: Place) -> None:
    """Raise UsageError where the target's rows are not a beginning of the source's."""
    for old, new in zip(there, rows, strict=False):
        if old != new:
            raise UsageError(
                f"journal {str(target)!r} has another entry {new.seq} of session {session!r}",
                hint="copy to an empty place, or name the sessions to copy with --session",
            )
    if len(there) > len(rows):
        raise UsageError(
            f"session {session!r} has gone on in journal {str(target)!r}: {len(there)} entries there, {len(rows)} here",
            hint="leave it out: name the sessions to copy with --session",
        )


async def _copy_ledger(reader: ReadableJournal, writer: Target, chosen: frozenset[SessionId]) -> None:
    """Let the target's ledger say of the copied sessions what the source's says."""
    ours = {(each.pot, each.account): each for each in reader.holdings() if each.session in chosen}
    known = {stock.pot.name: stock for stock in writer.stocks()}
    brought = {stock.pot.name: stock for stock in reader.stocks() if stock.session in chosen or stock.pot.name in _pots(ours)}
    holdings = {(each.pot, each.account): each for each in writer.holdings()} | ours
    stocks = tuple(_held(known.get(name, stock), holdings.values()) for name, stock in sorted(brought.items()))
    if stocks:
        await writer.adopt(Booked(stocks, tuple(ours.values())))


def _pots(holdings: Iterable[tuple[str, str]]) -> frozenset[str]:
    return frozenset(pot for pot, _ in holdings)


def _held(stock: Stock, holdings: Iterable[Holding]) -> Stock:
    held = sum((each.held for each in holdings if each.pot == stock.pot.name), Decimal(0))
    if held > stock.pot.size:
        raise UsageError(
            f"pot {stock.pot.name!r} would hold {held:f} of {stock.pot.size:f}: other sessions draw on it in that journal",
            hint="copy to an empty place",
        )
    return replace(stock, held=held)


def _check_still(reader: ReadableJournal, counts: Mapping[SessionId, int]) -> None:
    """Raise Unwritable where a session went on while others were copied."""
    for session, count in counts.items():
        if reader.rows(session, count - 1):
            raise Unwritable(
                f"session {session!r} went on while the journal was copied",
                hint="stop what drives it, then run it again: it goes on where it stopped",
            )
