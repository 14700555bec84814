"""However appending, telling and listening are mixed, every move comes once and in order."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.bus.log_bus import LogBus, Once
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.samples import sample_escalation, sample_key

CHAIN = sample_escalation(asides=11)
SESSION = CHAIN[0].session


@given(
    steps=st.lists(st.sampled_from(["append", "append and tell", "tell again", "let others run"]), max_size=60),
    bound=st.integers(1, 4),
    after=st.integers(-1, 14),
)
def test_one_listener(steps: list[str], bound: int, after: int) -> None:
    """A listener gets the moves above a place once and in order, and then the end, whenever it is told of what."""
    got = asyncio.run(_listen_while(steps, bound, after))
    assert got == [seq for seq in range(1, len(CHAIN)) if seq > after]


async def _listen_while(steps: list[str], bound: int, after: int) -> list[int]:
    journal = MemoryJournal(sample_key().sign)
    bus = LogBus(journal.rows, bound=bound)
    listening = asyncio.create_task(_listen(bus, after))
    done = 0
    for step in steps:
        if step.startswith("append") and done < len(CHAIN):
            await journal.append(CHAIN[done])
            done += 1
        if "tell" in step and done:
            bus.tell(CHAIN[done - 1])
        if step == "let others run":
            await asyncio.sleep(0)
    for entry in CHAIN[done:]:
        await journal.append(entry)
    bus.tell(CHAIN[-1])
    return await listening


async def _listen(bus: LogBus, after: int) -> list[int]:
    return [delivery.seq async for delivery in bus.listen(SESSION, after)]


@given(st.lists(st.integers(-1, 12), max_size=8))
def test_a_receiver_that_dies_and_resumes(places: list[int]) -> None:
    """A receiver that starts again from places it has been at before acts on each move once."""
    assert asyncio.run(_resume_from(places)) == list(range(1, len(CHAIN)))


async def _resume_from(places: list[int]) -> list[int]:
    journal = MemoryJournal(sample_key().sign)
    for entry in CHAIN:
        await journal.append(entry)
    once = Once()
    acted: list[int] = []
    for place in (-1, *places):
        bus = LogBus(journal.rows)
        acted += [delivery.seq async for delivery in bus.listen(SESSION, place) if once.is_first(delivery)]
    return acted
