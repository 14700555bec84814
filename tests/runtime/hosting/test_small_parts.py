"""Do the small parts of a host do what they say? Clock, limits, timers, turns, setbacks and counts."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.messages.entry import Entry
from orchestrator.messages.value import SessionId
from orchestrator.runtime.hosting.clock import SteadyClock
from orchestrator.runtime.hosting.lanes import Lanes
from orchestrator.runtime.hosting.limits import Limits
from orchestrator.runtime.hosting.setbacks import Setbacks
from orchestrator.runtime.hosting.tally import Tally
from orchestrator.runtime.hosting.timers import Timers
from orchestrator.testing.samples import sample_agreement, sample_escalation
from tests.runtime.hosts import NOW, Time

ONE, TWO = SessionId("one"), SessionId("two")


@given(st.lists(st.tuples(st.integers(-7200, 7200), st.integers(0, 600)), max_size=20))
def test_the_clock_never_goes_back(steps: list[tuple[int, int]]) -> None:
    """Whatever is done to the system's clock, time is never earlier than before, and goes on at least as time goes by."""
    wall, ticks = Time(), [0.0]
    clock = SteadyClock(wall, lambda: ticks[0])
    before = clock()
    for change, seconds in steps:
        wall.goes_on(change)
        ticks[0] += seconds
        now = clock()
        assert now >= before + timedelta(seconds=seconds)
        assert now >= wall.now
        before = now


def test_set_back_an_hour_the_clock_goes_on() -> None:
    """A minute after the system's clock was set back an hour, it is a minute later."""
    wall, ticks = Time(), [0.0]
    clock = SteadyClock(wall, lambda: ticks[0])
    wall.goes_on(60 - 3600)
    ticks[0] += 60
    assert clock() == NOW + timedelta(seconds=60)


async def test_calls_are_spread_over_a_second() -> None:
    """With a rate, calls come one after the other at even distances; other providers don't wait."""
    limits = Limits(per_second={"slow": 50.0})
    began = asyncio.get_running_loop().time()
    times: list[float] = []

    async def call(provider: str) -> None:
        async with limits.admit(provider):
            times.append(asyncio.get_running_loop().time() - began)

    await asyncio.gather(*(call("slow") for _ in range(4)))
    assert [time >= number / 50 - 0.002 for number, time in enumerate(times)] == [True] * 4
    await call("fast")
    assert limits.calls == {"slow": 4, "fast": 1}


async def test_closed_nobody_waits_for_a_turn() -> None:
    """When nothing is to be called any more, whoever waits for a turn goes at once."""
    limits = Limits(per_second={"slow": 0.001})

    async def call() -> None:
        async with limits.admit("slow"):
            pass

    await call()
    waiting = asyncio.create_task(call())
    await asyncio.sleep(0)
    assert not waiting.done()
    limits.close()
    async with asyncio.timeout(5):
        await waiting


async def test_a_timer_rings_when_its_time_has_come() -> None:
    """Once, at the time that was set last, and not at all where it was taken back."""
    time, rung = Time(), list[SessionId]()
    timers = Timers(time, rung.append)
    timers.set(ONE, NOW + timedelta(hours=2))
    timers.set(ONE, NOW + timedelta(hours=1))
    timers.set(TWO, NOW + timedelta(hours=1))
    timers.set(TWO, None)
    timers.ring()
    assert (rung, len(timers), timers.due(ONE)) == ([], 1, NOW + timedelta(hours=1))
    time.goes_on(3600)
    timers.ring()
    time.goes_on(3600)
    timers.ring()
    assert (rung, len(timers)) == ([ONE], 0)
    timers.close()


async def test_a_timer_that_was_set_often_rings_once() -> None:
    """However often a time is set anew and taken back, only the last one counts."""
    time, rung = Time(), list[SessionId]()
    timers = Timers(time, rung.append)
    for number in range(5000):
        timers.set(ONE, NOW + timedelta(seconds=number))
        timers.set(TWO, NOW + timedelta(seconds=number))
        timers.set(TWO, None)
    time.goes_on(10_000)
    timers.ring()
    assert (rung, len(timers)) == ([ONE], 0)
    timers.close()


async def test_turns_come_in_order_and_leave_nothing() -> None:
    """One at a time has the turn of a session, in the order in which they came; nobody is remembered after."""
    lanes, order = Lanes(), list[int]()

    async def write(number: int) -> None:
        async with lanes.turn(ONE) as lane:
            await asyncio.sleep(0)
            order.append(number)
            assert lane.is_wanted == (number < 4)

    await asyncio.gather(*(write(number) for number in range(5)))
    assert (order, len(lanes)) == ([0, 1, 2, 3, 4], 0)
    lanes.hurry(ONE)


def test_setbacks_grow_and_are_forgotten() -> None:
    """Waits double, not beyond ten minutes; who went on begins anew."""
    setbacks = Setbacks()
    assert [setbacks.wait(ONE).total_seconds() for _ in range(9)] == [5, 10, 20, 40, 80, 160, 320, 600, 600]
    setbacks.forget(ONE)
    assert (setbacks.wait(ONE), len(setbacks)) == (timedelta(seconds=5), 1)


@pytest.mark.parametrize(
    ("entries", "endings"), [(sample_agreement(), {"agreed": 1}), (sample_escalation(), {"no_agreement": 1})]
)
def test_entries_are_counted(entries: tuple[Entry, ...], endings: dict[str, int]) -> None:
    """Openings, entries by kind, and endings by status."""
    tally = Tally()
    for entry in entries:
        tally.note(entry)
    assert (tally.opened, sum(tally.entries.values()), dict(tally.endings)) == (1, len(entries), endings)
