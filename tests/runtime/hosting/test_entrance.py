"""Are sessions read in a few at a time? So that models are called for the first while others are still read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from orchestrator.engine import enter
from orchestrator.messages.digest import digest_of
from orchestrator.messages.entry import Entry
from orchestrator.messages.reply import Requested
from orchestrator.messages.value import RoleName, SessionId
from orchestrator.runtime.hosting.entrance import Entrance
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.passing import PassingJournal
from orchestrator.testing.samples import SAMPLE_START, sample_entries, sample_key, sample_rules
from tests.runtime.hosts import Talk, hosted, stored, until


@asynccontextmanager
async def _admit(_: str) -> AsyncGenerator[None]:
    yield


async def test_a_call_lets_the_next_one_in() -> None:
    """Of three, two are inside; the third is when one of them has called its model, though neither has left."""
    entrance, inside, may_call, may_leave = Entrance(_admit, width=2), list[int](), asyncio.Event(), asyncio.Event()

    async def pass_through(number: int) -> None:
        async with entrance.passed() as admit:
            inside.append(number)
            await may_call.wait()
            for _ in range(2):
                async with admit("test"):
                    await may_leave.wait()

    async with asyncio.TaskGroup() as group:
        for number in range(3):
            group.create_task(pass_through(number))
        await asyncio.sleep(0.01)
        assert inside == [0, 1]
        may_call.set()
        await until(lambda: inside == [0, 1, 2])
        may_leave.set()


async def test_whoever_leaves_lets_the_next_one_in() -> None:
    """One that ends without a call makes room, and so does one that fails; one that gives up waiting takes none."""
    entrance = Entrance(_admit, width=1)

    async def wait() -> None:
        async with entrance.passed():
            raise AssertionError("there was room")

    async with entrance.passed():
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert waiting.cancelled()
    with pytest.raises(ValueError, match="no"):
        await _fail(entrance)
    async with asyncio.timeout(5), entrance.passed():
        await asyncio.sleep(0)


async def _fail(entrance: Entrance) -> None:
    async with entrance.passed():
        raise ValueError("no")


class _Slow(PassingJournal):
    """A disk that keeps nothing until it may."""

    def __init__(self, journal: MemoryJournal) -> None:
        super().__init__(journal)
        self.may = asyncio.Event()
        self.waiting = 0

    async def append(self, entry: Entry) -> None:
        self.waiting += 1
        await self.may.wait()
        await super().append(entry)


async def test_few_are_begun_at_once() -> None:
    """Of the many sessions that a dead host left, some are put on record and asked for; the others have their turn then."""
    kept = MemoryJournal(sample_key().sign)
    names = [SessionId(f"sample-{number:04}") for number in range(100)]
    for name in names:
        await _ask_in_vain(kept, name)
    slow = _Slow(kept)
    host, _ = hosted(Talk(), slow, at_once=100)
    await host.start()
    await until(lambda: slow.waiting > 0)
    await asyncio.sleep(0.01)
    assert slow.waiting == 32
    slow.may.set()
    await host.join()
    assert {stored(kept, name)[0].status for name in names} == {"agreed"}
    await host.stop(1)


async def _ask_in_vain(journal: MemoryJournal, name: SessionId) -> None:
    """Leave a session whose driver died after it had asked a role."""
    (opening,) = sample_entries(1, name)
    await journal.append(opening)
    request = Requested(at=SAMPLE_START, role=RoleName("buyer"), model="test:talk", request=digest_of(name), prompt=9, reply=9)
    await journal.append(enter(stored(journal, name)[0], request, sample_rules()))
