"""Who looks at agreements again and again reads only what has moved on, and hands over what it opens."""

from __future__ import annotations

from datetime import timedelta

from orchestrator.engine import Session
from orchestrator.messages.entry import Row
from orchestrator.messages.settings import Settings
from orchestrator.messages.value import SessionId
from orchestrator.runtime.agreementdates import AgreementDates
from orchestrator.runtime.reopening import Handover, Renewal, tell_fact, wake_due
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.samples import sample_key
from tests.runtime.agreements import Clock, Mortal, journal_of, negotiation, rules, stock, talk


class Counted(Mortal):
    """A journal that counts how often rows are read."""

    def __init__(self, journal: MemoryJournal) -> None:
        super().__init__(journal, 1_000)
        self.reads = 0

    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        """Return the rows."""
        self.reads += 1
        return super().rows(session, after)


def handed(told: list[str]) -> Handover:
    """Return a handover that gives successors to workers of version 2-a, and notes what it is told."""

    async def enrol(old: SessionId, settings: Settings) -> Settings:
        told.append(f"{settings.session} comes from {old}")
        return settings.model_copy(update={"decides": "2-a"})

    async def wake(session: Session) -> None:
        told.append(f"{session.id} is open")

    return Handover(enrol=enrol, wake=wake)


def renewing(clock: Clock, told: list[str]) -> Renewal:
    """Return what opening a successor needs, where others drive it."""
    return Renewal(rules=rules, version="test", clock=clock, key=sample_key().public, handover=handed(told))


async def test_an_agreement_is_read_once_until_it_moves_on() -> None:
    """A second look reads nothing; after a new fact the agreement is read once more."""
    clock = Clock()
    memory, session = await journal_of(negotiation(), clock)
    journal = Counted(memory)
    dates = AgreementDates(journal)
    assert [list(dates.come(clock())), list(dates.come(clock())), journal.reads] == [[], [], 1]
    clock.go_on(11)
    assert [list(dates.come(clock())), journal.reads] == [[session], 1]
    await tell_fact(memory, session, stock(11), "Ada", renewing(clock, []))
    assert [list(dates.come(clock())), journal.reads] == [[session], 2]


async def test_an_agreement_that_was_looked_at_in_vain_is_put_off() -> None:
    """It does not come until then, and comes again after."""
    clock = Clock()
    journal, session = await journal_of(negotiation(), clock)
    dates = AgreementDates(journal)
    clock.go_on(11)
    assert list(dates.come(clock())) == [session]
    dates.put_off(session, clock() + timedelta(minutes=10))
    assert list(dates.come(clock())) == []
    assert list(dates.come(clock() + timedelta(minutes=10))) == [session]


async def test_a_successor_is_handed_over_before_it_is_opened_and_after() -> None:
    """It is enrolled, opened with what enrolling returned, and then woken; for a fact as for a date."""
    clock = Clock()
    told: list[str] = []
    journal, session = await journal_of(negotiation(), clock)
    fact = await tell_fact(journal, session, stock(9), "Ada", renewing(clock, told))
    assert fact.reopened is not None
    first = fact.reopened.successor
    assert (talk(journal, first).settings.decides, told) == ("2-a", [f"{first} comes from {session}", f"{first} is open"])
    other, dated = await journal_of(negotiation(), clock)
    told.clear()
    clock.go_on(11)
    ((_, reopened),) = await wake_due(other, renewing(clock, told))
    assert told == [f"{reopened.successor} comes from {dated}", f"{reopened.successor} is open"]


async def test_a_look_at_the_same_instant_opens_nothing_twice() -> None:
    """Of two who look at one date, the second finds nothing left to do, and tells nobody."""
    clock = Clock()
    told: list[str] = []
    journal, _ = await journal_of(negotiation(), clock)
    clock.go_on(11)
    assert [len(await wake_due(journal, renewing(clock, told))) for _ in range(2)] == [1, 0]
    assert len(told) == 2
