"""How do the sizes of shared pots come into force, and does the ledger say what the entries say? The book of pots, audited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from orchestrator.engine import Session
from orchestrator.errors import ChainBroken
from orchestrator.messages.entry import FIRST_PARENT, Entry, read_row, seal
from orchestrator.messages.journal import Journal
from orchestrator.messages.ledger import Holding, Ledger
from orchestrator.messages.pot import POTS_BOOK, Pledged, Pot, PotsApplied
from orchestrator.messages.reply import Opening
from orchestrator.messages.terms import exact
from orchestrator.messages.value import Digest, SessionId
from orchestrator.runtime.keeping import ledger_of
from orchestrator.runtime.record import entries_of, session_of

__all__ = ["Misstated", "apply_pots", "audit", "refolded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misstated:
    """A figure of the ledger that is not what the entries say, and the entry that it should come from."""

    session: str
    seq: int
    problem: str

    def __str__(self) -> str:
        return f"entry {self.seq} of {self.session!r}: {self.problem}"


@dataclass(frozen=True, slots=True)
class _Last:
    """The last pledge of a session about a pot, and its entry."""

    pledge: Pledged
    seq: int


@dataclass(frozen=True, slots=True)
class _Chain:
    """What the entries of one session say of pots."""

    session: SessionId
    supersedes: SessionId | None
    pledges: Mapping[str, _Last]
    brings: tuple[Pot, ...]


async def apply_pots(applied: PotsApplied, journal: Journal) -> tuple[Pot, ...]:
    """Put sizes into force in one signed entry, and return those that are new; where none is, nothing is written.

    Raises UsageError where one is below what is held, naming who holds it, or is counted in another unit than before.
    """
    known = {stock.pot.name: stock.pot for stock in ledger_of(journal).stocks()}
    changed = tuple(pot for pot in applied.pots if known.get(pot.name) != pot)
    if not changed:
        return ()
    rows = journal.rows(POTS_BOOK)
    parent = Digest(rows[-1].digest) if rows else FIRST_PARENT
    reply = applied.model_copy(update={"pots": changed})
    await journal.append(seal(POTS_BOOK, len(rows), parent, reply, ()))
    return changed


def audit(journal: Journal) -> tuple[Misstated, ...]:
    """Fold all sessions again and return every figure of the ledger that is not theirs. Raises ChainBroken."""
    ledger, chains = ledger_of(journal), tuple(_chains(journal))
    book = tuple(_book(journal))
    return (*_holdings(ledger, _ends(chains)), *_sums(ledger), *_sizes(ledger, chains, book))


def refolded(journal: Journal) -> tuple[Holding, ...]:
    """Return what the entries say that is held, by pot and account. Raises ChainBroken."""
    ends = _ends(tuple(_chains(journal)))
    return tuple(ends[key] for key in sorted(ends))


def _ends(found: tuple[_Chain, ...]) -> dict[tuple[str, str], Holding]:
    ends: dict[tuple[str, str], Holding] = {}
    for chain in found:
        for pot, last in chain.pledges.items():
            if not any(chain.supersedes == other.session and pot in other.pledges for other in found):
                end = _end_of(chain, pot, found)
                ends[pot, str(last.pledge.account)] = Holding.of(end.pledges[pot].pledge, end.session, end.pledges[pot].seq)
    return ends


def _end_of(chain: _Chain, pot: str, chains: tuple[_Chain, ...]) -> _Chain:
    """Return the session in which a chain of amendments stands now: the last that took the holding and did not give it back."""
    for other in chains:
        last = other.pledges.get(pot)
        if other.supersedes == chain.session and last is not None and last.pledge.holder == other.session:
            return _end_of(other, pot, chains)
    return chain


def _chains(journal: Journal) -> Iterator[_Chain]:
    for summary in journal.summaries():
        entries = entries_of(journal, summary.id)
        yield _chain(session_of(entries), entries)


def _chain(session: Session, entries: tuple[Entry, ...]) -> _Chain:
    pledges = {event.pot: _Last(event, entry.seq) for entry in entries for event in entry.events if isinstance(event, Pledged)}
    opening = entries[0].reply
    budgets = opening.settings.negotiation.budgets if isinstance(opening, Opening) else None
    return _Chain(session.id, session.settings.supersedes, pledges, budgets.pots if budgets else ())


def _book(journal: Journal) -> Iterator[Entry]:
    parent = FIRST_PARENT
    for seq, row in enumerate(journal.rows(POTS_BOOK)):
        entry = read_row(row)
        if (entry.seq, entry.parent) != (seq, parent) or not isinstance(entry.reply, PotsApplied) or entry.events:
            raise ChainBroken(POTS_BOOK, entry.seq, "is no entry of the book of pots, or does not follow the one before it")
        parent = entry.digest
        yield entry


def _holdings(ledger: Ledger, told: Mapping[tuple[str, str], Holding]) -> Iterator[Misstated]:
    kept = {(each.pot, each.account): each for each in ledger.holdings()}
    for key in sorted(told.keys() | kept.keys()):
        mine, theirs = kept.get(key), told.get(key)
        if _figures(mine) != _figures(theirs):
            source = theirs or mine
            if source is not None:
                problem = f"says that {key[1]!r} holds {_said(theirs)} of pot {key[0]!r}; the ledger has {_said(mine)}"
                yield Misstated(session=source.session, seq=source.seq, problem=problem)


def _figures(holding: Holding | None) -> tuple[str, Decimal, Decimal] | None:
    return None if holding is None else (holding.holder, holding.reserved, holding.committed)


def _said(holding: Holding | None) -> str:
    if holding is None:
        return "nothing"
    return f"{exact(holding.reserved)} reserved and {exact(holding.committed)} committed for {holding.holder!r}"


def _sums(ledger: Ledger) -> Iterator[Misstated]:
    for stock in ledger.stocks():
        held = sum((each.held for each in ledger.holdings(stock.pot.name)), Decimal(0))
        if held != stock.held:
            problem = f"pot {stock.pot.name!r}: {exact(held)} is held in all; the ledger has {exact(stock.held)}"
            yield Misstated(session=stock.session, seq=stock.seq, problem=problem)
        if held > stock.pot.size:
            problem = f"pot {stock.pot.name!r}: {exact(held)} is held of {exact(stock.pot.size)}"
            yield Misstated(session=stock.session, seq=stock.seq, problem=problem)


def _sizes(ledger: Ledger, chains: tuple[_Chain, ...], book: tuple[Entry, ...]) -> Iterator[Misstated]:
    applied: dict[str, tuple[str, int, Pot]] = {}
    for entry in book:
        if isinstance(entry.reply, PotsApplied):
            applied.update((pot.name, (entry.session, entry.seq, pot)) for pot in entry.reply.pots)
    brought = {(chain.session, pot.name): pot for chain in chains for pot in chain.brings}
    for stock in ledger.stocks():
        name = stock.pot.name
        source = applied.get(name) or (stock.session, stock.seq, brought.get((SessionId(stock.session), name)))
        if source != (stock.session, stock.seq, stock.pot):
            yield Misstated(session=source[0], seq=source[1], problem=f"pot {name!r} has another size there than in the ledger")
