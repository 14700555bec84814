"""What is on record about calls that cost money? Each before it is made, also when its driver dies before the answer."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from orchestrator.approval.beforehand import Beforehand
from orchestrator.engine import Ask, Session, pending, step
from orchestrator.errors import Declined, Try
from orchestrator.messages.model import Completion, Model, Prompt, Request
from orchestrator.messages.reply import Interrupted
from orchestrator.messages.settings import SeatModel
from orchestrator.messages.spend import NO_BOUNDS, Price, Spend
from orchestrator.messages.usage import Usage
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View
from orchestrator.runtime.driver import drive, open_session
from orchestrator.runtime.perform import Performer, Seat
from orchestrator.runtime.record import entries_of, redecide, session_of
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.samples import sample_key, sample_rules, sample_settings

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
BUYER = RoleName("buyer")
SEAT = SeatModel(role=BUYER, model="paid:m", price=Price(input=Decimal(2), output=Decimal(10)), costly=True)
RULES = sample_rules()


def _prompt(_: View) -> Prompt:
    return Prompt(system="s", user="u", tokens=1_000, reply=500)


def _performer(model: Model) -> Performer:
    seat = Seat(name="paid:m", model=model)
    return Performer(
        seats={BUYER: seat}, fallback=seat, assemble=_prompt, count=len, approver=Beforehand(()), seed=0, clock=lambda: NOW
    )


async def _gives_up(_: Request) -> Completion:
    return Completion(text='{"act": "escalate"}', usage=Usage(prompt=900, reply=20))


async def _declines(_: Request) -> Completion:
    error = Declined("wrong key", status=401)
    error.tries = (Try(failure="Declined", message="wrong key", status=401),)
    raise error


async def _opened(journal: MemoryJournal) -> Session:
    settings = sample_settings().model_copy(update={"models": (SEAT,)})
    return await open_session(settings, RULES, journal, lambda: NOW)


def _kinds(journal: MemoryJournal, session: Session) -> list[str]:
    return [entry.reply.kind for entry in entries_of(journal, session.id)]


async def test_a_request_stands_before_its_answer() -> None:
    """A costly call has two entries, and its cost is that of its answer."""
    journal = MemoryJournal(sample_key().sign)
    over = await drive(await _opened(journal), RULES, journal, _performer(_gives_up), lambda: NOW)
    assert _kinds(journal, over) == ["opening", "requested", "written"]
    assert [(account.calls, account.usd) for account in over.accounts[:2]] == [(1, Decimal("0.002000"))] * 2


async def test_an_answer_is_asked_for_only_as_often_as_the_bounds_can_pay() -> None:
    """A call of 1,500 tokens and 0.007 dollars fits twice into 4,000 tokens, and once into a cent."""
    for spend, tries in ((Spend(tokens=4_000), 2), (Spend(usd=Decimal("0.01")), 1), (NO_BOUNDS, None)):
        settings = sample_settings().model_copy(update={"models": (SEAT,), "spend": spend})
        session = await open_session(settings, RULES, MemoryJournal(sample_key().sign), lambda: NOW)
        effect = pending(session)
        assert effect is not None
        requested = await _performer(_declines)(effect)
        asked = pending(step(session, requested, RULES).session)
        assert isinstance(asked, Ask)
        assert asked.tries == tries


async def test_a_request_whose_driver_died_is_charged_in_full_and_made_again() -> None:
    """What was requested and never answered is known at restart: it counts at its highest price and is asked once more."""
    journal = MemoryJournal(sample_key().sign)
    session = await _opened(journal)
    effect = pending(session)
    assert effect is not None
    await journal.append(step(session, await _performer(_gives_up)(effect), RULES).entry)
    left = session_of(entries_of(journal, session.id))
    over = await drive(left, RULES, journal, _performer(_gives_up), lambda: NOW)
    assert _kinds(journal, over) == ["opening", "requested", "interrupted", "requested", "written"]
    assert (over.accounts[1].calls, over.accounts[1].usd) == (2, Decimal("0.009000"))
    assert redecide(entries_of(journal, session.id), lambda _: RULES) == over


async def test_a_declined_call_is_on_record_with_its_tries_and_costs_nothing() -> None:
    """The interruption holds every failed try; the session can go on when the cause is gone."""
    journal = MemoryJournal(sample_key().sign)
    session = await _opened(journal)
    with pytest.raises(Declined):
        await drive(session, RULES, journal, _performer(_declines), lambda: NOW)
    entries = entries_of(journal, session.id)
    assert entries[-1].reply == Interrupted(
        at=NOW, why="wrong key", tries=(Try(failure="Declined", message="wrong key", status=401),)
    )
    left = session_of(entries)
    assert (left.request, left.accounts[1].usd, left.phase) == (None, Decimal(0), "asking")
    over = await drive(left, RULES, journal, _performer(_gives_up), lambda: NOW)
    assert (over.reason, over.accounts[1].usd) == ("escalated", Decimal("0.002000"))


async def test_a_cancelled_call_counts_as_one_that_was_made() -> None:
    """Whoever interrupts a call cannot know whether it was charged: it counts at its highest price."""
    journal = MemoryJournal(sample_key().sign)
    session = await _opened(journal)
    asked = asyncio.Event()

    async def waits(_: Request) -> Completion:
        asked.set()
        await asyncio.sleep(60)
        raise AssertionError

    task = asyncio.create_task(drive(session, RULES, journal, _performer(waits), lambda: NOW))
    await asked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert session_of(entries_of(journal, session.id)).accounts[1].usd == Decimal("0.007000")
