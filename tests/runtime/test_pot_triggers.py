"""Does an agreement hear how its pots stand? It is reopened once for each crossing, whoever looks, and whatever dies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from guards.pottriggers import pot_trigger_book
from orchestrator.engine import Rules, Session
from orchestrator.messages.draft import Draft
from orchestrator.messages.ledger import Holding, Stock
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pot import POTS_BOOK, PotFigures, Room
from orchestrator.messages.reopening import PotsKnown
from orchestrator.messages.reply import Written
from orchestrator.messages.terms import Number
from orchestrator.messages.trigger import PotTrigger
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import Digest, IssueName, SessionId
from orchestrator.runtime.driver import open_session
from orchestrator.runtime.keeping import keep
from orchestrator.runtime.record import entries_of, redecide
from orchestrator.runtime.reopening import Renewal, look, look_at_pots, watching
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.pots import PottedTalk, sample_pots_applied, sample_potted_rules
from orchestrator.testing.samples import SAMPLE_START, sample_key
from tests.runtime.agreements import Died, Mortal, talk

_SHORT = PotTrigger(id="short", why="little is left", pot="purse", when="free < 30", by="Kim")


class _Ledgered(Mortal):
    """A journal whose process dies, and that keeps a ledger."""

    def stocks(self) -> tuple[Stock, ...]:
        """Return the pots."""
        return self.journal.stocks()

    def holdings(self, pot: str | None = None) -> tuple[Holding, ...]:
        """Return what is held."""
        return self.journal.holdings(pot)

    def rooms(self, account: SessionId, pots: Iterable[str]) -> tuple[Room, ...]:
        """Return what may be held."""
        return self.journal.rooms(account, pots)


def _rules(negotiation: Negotiation) -> Rules:
    return replace(sample_potted_rules(), pot_triggers=pot_trigger_book(negotiation))


_RENEWAL = Renewal(rules=_rules, version="test", clock=lambda: SAMPLE_START + timedelta(days=1), key=sample_key().public)


async def _say(session: Session, draft: Draft, journal: MemoryJournal) -> Session:
    text = draft.model_dump_json(exclude_none=True)
    at = SAMPLE_START + timedelta(seconds=session.seq)
    role = session.speaker.name
    written = Written(at=at, role=role, model="m", text=text, size=len(text), usage=Usage(prompt=1, reply=1), began=at)
    return await keep(session, written, _rules(session.settings.negotiation), journal)


async def _agreed() -> tuple[MemoryJournal, SessionId]:
    """Return a journal with one agreement that takes 40 of 100."""
    journal = MemoryJournal(sample_key().sign)
    plain = PottedTalk("talk").session.settings
    stop = plain.negotiation.stop.model_copy(update={"reopens": 20})
    made = plain.negotiation.model_copy(update={"triggers": (_SHORT,), "gates": (), "stop": stop})
    session = await open_session(plain.model_copy(update={"negotiation": made}), _rules(made), journal, lambda: SAMPLE_START)
    forty = (Number(issue=IssueName("price"), value=Decimal(40)),)
    session = await _say(session, Draft(act="propose", terms=forty), journal)
    session = await _say(session, Draft(act="accept", offer=session.offers[0].id), journal)
    return journal, session.id


async def _resize(journal: MemoryJournal, size: int) -> None:
    rows = journal.rows(POTS_BOOK)
    parent = (Digest(rows[-1].digest),) if rows else ()
    await journal.append(sample_pots_applied(size, len(rows), *parent))


async def _fail_all(journal: MemoryJournal) -> None:
    for summary in journal.summaries():
        if summary.state == "unfinished":
            await _say(talk(journal, summary.id), Draft(act="escalate"), journal)


async def test_an_agreement_knows_its_pots_from_its_beginning() -> None:
    """What is so when it is made goes on record right behind it, its own commitment counted, and is no crossing."""
    journal, session = await _agreed()
    last = entries_of(journal, session)[-1]
    figures = PotFigures(pot="purse", size=Decimal(100), reserved=Decimal(0), committed=Decimal(40))
    assert last.events == (PotsKnown(pots=(figures,)),)
    assert watching(journal) == (session,)
    assert await look(journal, session, _RENEWAL) is None
    assert entries_of(journal, session)[-1] == last


async def test_another_talk_that_reserves_is_seen() -> None:
    """An offer of another talk leaves too little: the next look opens the successor, and a second look nothing."""
    journal, session = await _agreed()
    other = PottedTalk("other")
    await journal.append(other.opening)
    await journal.append(other.propose(31))
    ((old, reopened),) = await look_at_pots(journal, _RENEWAL)
    assert old == session
    assert reopened.cause is not None
    assert (reopened.cause.triggers, reopened.cause.pots[0].free, reopened.cause.by) == (("short",), Decimal(29), ("Kim",))
    assert talk(journal, reopened.successor).settings.supersedes == session
    assert await look_at_pots(journal, _RENEWAL) == ()


_STEPS = st.lists(st.tuples(st.integers(40, 100), st.one_of(st.none(), st.integers(0, 1)), st.booleans()), max_size=10)


@given(steps=_STEPS)
@settings(max_examples=40, deadline=None)
def test_each_crossing_gives_one_successor(steps: list[tuple[int, int | None, bool]]) -> None:
    """With any sizes, looks that come twice and processes that die, there is one successor for each crossing."""
    asyncio.run(_live_through(steps))


async def _live_through(steps: list[tuple[int, int | None, bool]]) -> None:
    journal, session = await _agreed()
    low, size, crossings = False, 100, 0
    for new, lives, twice in steps:
        if new != size:
            await _resize(journal, new)
        crossings += (new - 40 < 30) and not low
        size, low = new, new - 40 < 30
        with suppress(Died):
            await look_at_pots(journal if lives is None else _Ledgered(journal, lives), _RENEWAL)
        for _ in range(2 if twice else 1):
            await look_at_pots(journal, _RENEWAL)
        announced = talk(journal, session).aftermath.reopened
        assert len({each.successor for each in announced}) == crossings
        assert all(journal.rows(each.successor) for each in announced)
        await _fail_all(journal)
    assert redecide(entries_of(journal, session), _rules) == talk(journal, session)
