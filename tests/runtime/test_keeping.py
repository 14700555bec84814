"""What happens when another talk was quicker? The same answer is decided anew by what is left, and nobody is asked twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest

from guards.gates import gate_book
from guards.pots import leaves_enough
from guards.takes import take_book
from orchestrator.engine import Ask, Effect, Rules, Session
from orchestrator.errors import Unwritable, UsageError
from orchestrator.messages.draft import Draft
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pot import PotsRead, Room
from orchestrator.messages.reply import Opening, Reply, Written
from orchestrator.messages.terms import Number
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import IssueName, SessionId
from orchestrator.messages.view import Reading, View
from orchestrator.runtime.driver import Announced, open_session
from orchestrator.runtime.keeping import keep, ledger_of, refreshed
from orchestrator.runtime.loop import run
from orchestrator.runtime.record import entries_of, redecide
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.passing import PassingJournal
from orchestrator.testing.pots import PottedTalk
from orchestrator.testing.samples import SAMPLE_START, sample_key


def _rules_for(negotiation: Negotiation) -> Rules:
    guard = leaves_enough(negotiation)
    assert guard is not None
    return Rules(read=_read, guards=(guard,), gates=gate_book(negotiation), takes=take_book(negotiation))


def _read(text: str, _: View) -> Reading:
    return Reading(Draft.model_validate_json(text))


@pytest.fixture
async def journal() -> AsyncIterator[MemoryJournal]:
    """Yield a journal in which another talk has reserved 60 of 100."""
    journal = MemoryJournal(sample_key().sign)
    other = PottedTalk("other")
    await journal.append(other.opening)
    await journal.append(other.propose(60))
    yield journal
    await journal.close()


async def _opened(journal: Journal, name: str = "talk") -> Session:
    settings = PottedTalk(name).session.settings
    return await open_session(settings, _rules_for(settings.negotiation), journal, lambda: SAMPLE_START)


def _written(session: Session, price: int) -> Written:
    terms = (Number(issue=IssueName("price"), value=Decimal(price)),)
    text = Draft(act="propose", terms=terms).model_dump_json(exclude_none=True)
    return Written(
        at=SAMPLE_START + timedelta(seconds=9),
        role=session.speaker.name,
        model="m",
        text=text,
        size=len(text),
        usage=Usage(prompt=1, reply=1),
        began=SAMPLE_START,
    )


def _room(most: int) -> tuple[Room, ...]:
    return (Room(pot="purse", size=Decimal(100), most=Decimal(most)),)


def _said(session: Session, journal: Journal) -> list[tuple[str, list[str]]]:
    entries = entries_of(journal, session.id)
    return [(entry.reply.kind, [event.kind for event in entry.events]) for entry in entries]


async def test_an_opening_says_what_is_left(journal: MemoryJournal) -> None:
    """The first entry of a session holds what it may take of its pots, for replay and for its roles."""
    session = await _opened(journal)
    (entry,) = entries_of(journal, session.id)
    assert isinstance(entry.reply, Opening)
    assert (entry.reply.rooms, session.rooms) == (_room(40), _room(40))


async def test_the_loser_of_a_race_is_judged_by_what_is_left(journal: MemoryJournal) -> None:
    """Where the pot has less left than was known, the draft is refused as any other, with how much would do."""
    first, second = await _opened(journal, "talk-1"), await _opened(journal, "talk-2")
    rules = _rules_for(first.settings.negotiation)
    first = await keep(first, _written(first, 30), rules, journal)
    second = await keep(second, _written(second, 30), rules, journal)
    assert _said(second, journal)[1:] == [("pots_read", ["room_known"]), ("written", ["heard", "refused"])]
    assert [finding.allowed for finding in second.findings] == ["at most 10 EUR"]
    read = entries_of(journal, second.id)[1].reply
    assert isinstance(read, PotsRead)
    assert (read.rooms, read.lost, second.rooms) == (_room(10), "purse", _room(10))
    second = await keep(second, _written(second, 10), rules, journal)
    assert (len(second.offers), journal.stocks()[0].held) == (1, Decimal(100))
    for each in (first, second):
        redecide(entries_of(journal, each.id), _rules_for)


async def test_nobody_is_asked_twice(journal: MemoryJournal) -> None:
    """A model whose draft loses a race has been asked once for it."""
    session = await _opened(journal)
    rules = _rules_for(session.settings.negotiation)
    asked: list[tuple[int, Room]] = []

    async def perform(effect: Effect) -> Reply:
        assert isinstance(effect, Ask)
        asked.append((effect.view.attempt, effect.view.rooms[0]))
        if len(asked) == 1:
            quicker = await _opened(journal, "quicker")
            await keep(quicker, _written(quicker, 35), rules, journal)
        if len(asked) > 2:
            raise Unwritable("enough")
        return _written(session, 40 if len(asked) == 1 else 5)

    with pytest.raises(Unwritable, match=r"^enough$"):
        await run(session, rules, journal, perform, lambda: SAMPLE_START)
    assert asked[:2] == [(0, _room(40)[0]), (1, _room(5)[0])]
    assert [kind for kind, _ in _said(session, journal)][:4] == ["opening", "pots_read", "written", "written"]


async def test_a_turn_begins_with_what_is_left_then(journal: MemoryJournal) -> None:
    """Before a role is asked the pots are looked at, and what has changed goes on record; else nothing does."""
    session = await _opened(journal)
    rules = _rules_for(session.settings.negotiation)
    assert await refreshed(session, rules, journal, lambda: SAMPLE_START) is session
    other = await _opened(journal, "talk-2")
    await keep(other, _written(other, 15), rules, journal)
    session = await refreshed(session, rules, journal, lambda: SAMPLE_START)
    assert (session.rooms, _said(session, journal)[1:]) == (_room(25), [("pots_read", ["room_known"])])


async def test_old_terms_that_lose_a_race_do_not_stand() -> None:
    """A session whose first entry would hold too much opens without it, as what is left by then tells."""
    settings = PottedTalk("talk").session.settings
    precedent = (Number(issue=IssueName("price"), value=Decimal(40)),)
    settings = settings.model_copy(update={"precedent": precedent, "supersedes": SessionId("gone")})
    racing = _Racing()
    session = await open_session(settings, _rules_for(settings.negotiation), racing, lambda: SAMPLE_START)
    assert (session.offers, session.rooms, racing.appended) == ((), _room(30), 2)
    await racing.close()


async def test_a_journal_without_a_ledger_is_refused() -> None:
    """Where nobody keeps the pots, a session that draws on them cannot open; one that draws on none can."""
    bare = PassingJournal(MemoryJournal(sample_key().sign))
    with pytest.raises(UsageError, match=r"^PassingJournal keeps no ledger of pots that sessions share$"):
        await _opened(bare)
    with pytest.raises(UsageError, match=r"^PassingJournal keeps no ledger"):
        ledger_of(Announced(bare, ())).stocks()
    plain = PottedTalk("talk").session.settings
    plain = plain.model_copy(update={"negotiation": plain.negotiation.model_copy(update={"budgets": None})})
    rules = Rules(read=_read, guards=(), gates=gate_book(plain.negotiation))
    assert (await open_session(plain, rules, bare, lambda: SAMPLE_START)).seq == 1


async def test_watchers_look_at_the_same_ledger(journal: MemoryJournal) -> None:
    """A journal that tells of its entries answers for pots as the one below it."""
    announced = Announced(journal, ())
    asked = (announced.stocks(), announced.holdings("purse"), announced.rooms(SessionId("x"), ["purse"]))
    assert asked == (journal.stocks(), journal.holdings("purse"), _room(40))


class _Racing(MemoryJournal):
    """A journal in which another talk is quicker, once."""

    def __init__(self) -> None:
        super().__init__(sample_key().sign)
        self.appended = 0

    async def append(self, entry: Entry) -> None:
        self.appended += 1
        if self.appended == 1:
            quicker = PottedTalk("quicker")
            await super().append(quicker.opening)
            await super().append(quicker.propose(70))
        await super().append(entry)
