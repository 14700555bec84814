"""Does an adapter deliver moves as the `OrderedBus` port promises? Checks that run over any bus.

An adapter's own tests call each check with an empty journal and a bus that reads it: `await check(journal, bus)`.
"""
# ruff: noqa: D401 - the docstring of a check is the behaviour that it asks for

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeAlias

from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Tabled
from orchestrator.messages.journal import Delivery, Journal, OrderedBus
from orchestrator.messages.value import SessionId
from orchestrator.testing.samples import sample_agreement, sample_entries, sample_escalation

__all__ = [
    "BUS_CHECKS",
    "BusCheck",
    "delivers_the_log",
    "delivers_what_comes",
    "joins_log_and_news",
    "keeps_sessions_apart",
    "lets_a_listener_leave",
    "never_waits_for_the_slow",
    "resumes_after_a_place",
    "takes_no_harm_from_a_second_telling",
]

BusCheck: TypeAlias = Callable[[Journal, OrderedBus], Awaitable[None]]


async def delivers_the_log(journal: Journal, bus: OrderedBus) -> None:
    """Whoever listens late gets every move of the log, in order, and then the end."""
    entries = sample_agreement()
    await _write(journal, bus, entries)
    assert await _all(bus.listen(entries[0].session)) == _deliveries(entries)


async def delivers_what_comes(journal: Journal, bus: OrderedBus) -> None:
    """Whoever listens from the beginning gets each move as it becomes durable, in order, and then the end."""
    entries = sample_agreement()
    listening = [asyncio.create_task(_all(bus.listen(entries[0].session))) for _ in range(3)]
    for entry in entries:
        await asyncio.sleep(0)
        await _write(journal, bus, [entry])
    assert await asyncio.gather(*listening) == [_deliveries(entries)] * 3


async def resumes_after_a_place(journal: Journal, bus: OrderedBus) -> None:
    """Whoever says how far it has come gets what is after that, with the same ids, also when nothing is left."""
    entries = sample_agreement()
    await _write(journal, bus, entries)
    for after in range(-1, len(entries) + 2):
        expected = [delivery for delivery in _deliveries(entries) if delivery.seq > after]
        assert await _all(bus.listen(entries[0].session, after)) == expected


async def joins_log_and_news(journal: Journal, bus: OrderedBus) -> None:
    """Whoever begins in the middle of a session misses nothing and gets nothing twice."""
    entries = sample_entries(30)
    await _write(journal, bus, entries[:10])
    listening = bus.listen(entries[0].session, 4)
    got = [await anext(listening)]
    await _write(journal, bus, entries[10:])
    got.extend([await anext(listening) for _ in range(24)])
    assert got == _deliveries(entries[5:])


async def never_waits_for_the_slow(journal: Journal, bus: OrderedBus) -> None:
    """A listener that does nothing for hundreds of moves delays nobody, and gets each of them in the end."""
    entries = sample_entries(700)
    slow = bus.listen(entries[0].session)
    await _write(journal, bus, entries[:2])
    got = [await anext(slow)]
    await asyncio.gather(*map(journal.append, entries[2:]))
    for entry in entries[2:]:
        bus.tell(entry)
    got.extend([await anext(slow) for _ in entries[2:]])
    assert got == _deliveries(entries)


async def keeps_sessions_apart(journal: Journal, bus: OrderedBus) -> None:
    """A listener hears of its own session only."""
    first, second = sample_agreement("sample-0001"), sample_escalation("sample-0002")
    listening = [asyncio.create_task(_all(bus.listen(SessionId(session)))) for session in ("sample-0001", "sample-0002")]
    await asyncio.sleep(0)
    await _write(journal, bus, [first[0], second[0], *first[1:], *second[1:]])
    assert await asyncio.gather(*listening) == [_deliveries(first), _deliveries(second)]


async def takes_no_harm_from_a_second_telling(journal: Journal, bus: OrderedBus) -> None:
    """An entry that the bus is told of again, or late, is delivered once and in its order."""
    entries = sample_agreement()
    listening = asyncio.create_task(_all(bus.listen(entries[0].session)))
    await asyncio.sleep(0)
    for entry in entries:
        await journal.append(entry)
    for seq in (1, 0, 0, 2, 1, 4, 3, 4):
        bus.tell(entries[seq])
        await asyncio.sleep(0)
    assert await listening == _deliveries(entries)


async def lets_a_listener_leave(journal: Journal, bus: OrderedBus) -> None:
    """One that stops listening, or fails, is no matter to the others."""
    entries = sample_agreement()
    staying = asyncio.create_task(_all(bus.listen(entries[0].session)))
    leaving = asyncio.create_task(_all(bus.listen(entries[0].session)))
    await asyncio.sleep(0)
    await _write(journal, bus, entries[:2])
    leaving.cancel()
    await asyncio.wait([leaving])
    await _write(journal, bus, entries[2:])
    assert await staying == _deliveries(entries)


BUS_CHECKS: tuple[BusCheck, ...] = (
    delivers_the_log,
    delivers_what_comes,
    resumes_after_a_place,
    joins_log_and_news,
    never_waits_for_the_slow,
    keeps_sessions_apart,
    takes_no_harm_from_a_second_telling,
    lets_a_listener_leave,
)
"""What every ordered bus must pass."""


async def _write(journal: Journal, bus: OrderedBus, entries: Sequence[Entry]) -> None:
    for entry in entries:
        await journal.append(entry)
        bus.tell(entry)


async def _all(deliveries: AsyncIterator[Delivery]) -> list[Delivery]:
    return [delivery async for delivery in deliveries]


def _deliveries(entries: Sequence[Entry]) -> list[Delivery]:
    return [
        Delivery(id=f"{entry.session}:{entry.seq}", seq=entry.seq, move=event.move)
        for entry in entries
        for event in entry.events
        if isinstance(event, Tabled)
    ]
