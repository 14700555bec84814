"""A talk that agrees at once under triggers, over a journal in memory, and a world in which processes die anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from guards.triggers import trigger_book
from orchestrator.engine import Rules, Session, advance, begin, enter, fresh
from orchestrator.messages.draft import Draft
from orchestrator.messages.entry import Entry, Row
from orchestrator.messages.journal import Summary
from orchestrator.messages.negotiation import Fact, Negotiation
from orchestrator.messages.reply import Written
from orchestrator.messages.settings import Settings
from orchestrator.messages.trigger import DayTrigger, FactTrigger, SpanTrigger
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import IssueName, SessionId
from orchestrator.runtime.record import entries_of, session_of
from orchestrator.runtime.reopening import Renewal
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.samples import sample_key, sample_negotiation, sample_rules, sample_settings

__all__ = ["START", "Clock", "Died", "Mortal", "agree", "fail", "journal_of", "negotiation", "renewal_at", "stock", "talk"]

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


class Died(Exception):
    """The process is gone."""


class Clock:
    """A clock that is set by hand."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def go_on(self, days: float) -> None:
        """Let time pass, or set the clock back."""
        self.now += timedelta(days=days)


class Mortal:
    """A journal whose process dies after so many more appends."""

    def __init__(self, journal: MemoryJournal, lives: int) -> None:
        self.journal = journal
        self.lives = lives

    async def append(self, entry: Entry) -> None:
        """Append, or die before it."""
        if self.lives == 0:
            raise Died
        self.lives -= 1
        await self.journal.append(entry)

    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        """Return the rows."""
        return self.journal.rows(session, after)

    def summaries(self) -> tuple[Summary, ...]:
        """Return the sessions."""
        return self.journal.summaries()

    async def close(self) -> None:
        """Keep it open: another process has it."""


def stock(value: int, *, source: str = "count") -> Fact:
    """Return how much is in stock."""
    return Fact(
        name="stock",
        kind="number",
        value=str(value),
        says="crates in stock",
        visible_to=(sample_negotiation().roles[0].name,),
        source=source,
        as_of=START.date(),
    )


def negotiation(*, reopens: int = 3, reached: bool = False) -> Negotiation:
    """Return the sample talk with a fact and triggers on it; its gates are left out."""
    sample = sample_negotiation()
    return sample.model_copy(
        update={
            "facts": (stock(3 if reached else 12),),
            "gates": (),
            "stop": sample.stop.model_copy(update={"reopens": reopens}),
            "triggers": (
                FactTrigger(id="low", why="the stock is low", when="stock < 10", by="Kim"),
                FactTrigger(id="gone", why="the stock is gone", when="stock < 3", changes=(IssueName("price"),)),
                DayTrigger(id="month", why="another month", day=datetime(2026, 2, 1, tzinfo=UTC).date()),
                SpanTrigger(id="later", why="ten days have passed", seconds=864_000),
            ),
        }
    )


def rules(made: Negotiation) -> Rules:
    """Return rules without guards, and with the triggers of the negotiation."""
    sample = sample_rules()
    return Rules(read=sample.read, guards=(), gates=sample.gates, triggers=trigger_book(made))


def renewal_at(clock: Callable[[], datetime]) -> Renewal:
    """Return what opening a successor needs."""
    return Renewal(rules=rules, version="test", clock=clock, key=sample_key().public)


async def journal_of(made: Negotiation, clock: Clock) -> tuple[MemoryJournal, SessionId]:
    """Return a journal with one agreement of the negotiation."""
    journal = MemoryJournal(sample_key().sign)
    settings: Settings = sample_settings("talk-0001").model_copy(update={"negotiation": made})
    await journal.append(begin(settings, clock(), rules(made)))
    await agree(journal, settings.session, clock)
    return journal, settings.session


async def agree(journal: MemoryJournal | Mortal, session: SessionId, clock: Clock) -> None:
    """Let both sides of a talk agree: on what stands, or on a price of 40."""
    state = talk(journal, session)
    offer = next((offer.id for offer in state.offers), None)
    first = Draft(act="accept", offer=offer) if offer else Draft.model_validate({"act": "propose", "terms": [_FORTY]})
    await _write(journal, session, first, clock)
    state = talk(journal, session)
    await _write(journal, session, Draft(act="accept", offer=state.offers[0].id), clock)


async def fail(journal: MemoryJournal | Mortal, session: SessionId, clock: Clock) -> None:
    """Let a talk end without agreement."""
    await _write(journal, session, Draft(act="escalate"), clock)


def talk(journal: MemoryJournal | Mortal, session: SessionId) -> Session:
    """Return a session as its record tells it."""
    return session_of(entries_of(journal, session))


_FORTY = {"kind": "number", "issue": "price", "value": "40"}


async def _write(journal: MemoryJournal | Mortal, session: SessionId, draft: Draft, clock: Clock) -> None:
    state = talk(journal, session)
    text = draft.model_dump_json(exclude_none=True)
    usage = Usage(prompt=1, reply=1)
    written = Written(
        at=clock(),
        role=state.speaker.name,
        model="m",
        text=text,
        size=len(text),
        usage=usage,
        began=clock(),
    )
    entry = enter(state, written, rules(state.settings.negotiation))
    assert advance(fresh(state.settings) if state.seq == 0 else state, entry).seq == state.seq + 1
    await journal.append(entry)
