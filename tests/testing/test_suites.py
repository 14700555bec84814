"""The conformance suites find what is wrong: each fault of an adapter fails the checks that are there for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable

import pytest

from orchestrator.bus.log_bus import LogBus, deliveries_of
from orchestrator.errors import Conflict
from orchestrator.messages.entry import Entry, Row
from orchestrator.messages.journal import Delivery, Journal, OrderedBus, Summary
from orchestrator.messages.value import Digest, SessionId
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.buses import BUS_CHECKS, BusCheck
from orchestrator.testing.journals import DURABLE_CHECKS, JOURNAL_CHECKS
from orchestrator.testing.samples import sample_key

SIGN = sample_key().sign


class _Forgetful(MemoryJournal):
    async def append(self, entry: Entry) -> None:
        if entry.seq != 2:
            await super().append(entry)


class _Overwriting(MemoryJournal):
    async def append(self, entry: Entry) -> None:
        try:
            await super().append(entry)
        except Conflict:
            return


class _Open(MemoryJournal):
    async def close(self) -> None:
        """Stay open."""


class _Oldest(MemoryJournal):
    def summaries(self) -> tuple[Summary, ...]:
        return super().summaries()[::-1]


class _Inclusive(MemoryJournal):
    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        return super().rows(session, after - 1)


class _Loose(MemoryJournal):
    def rows(self, session: SessionId, after: int = -1) -> tuple[Row, ...]:
        return super().rows(SessionId(session.strip()), after)


class _Hasty(MemoryJournal):
    """Says that it kept what it keeps a moment later, and gives up when it is cancelled."""

    async def append(self, entry: Entry) -> None:
        for _ in range(3):
            await asyncio.sleep(0)
        await super().append(entry)


def _unsigned(_: Digest) -> str:
    return ""


JOURNALS: tuple[tuple[str, Callable[[], Journal], set[str]], ...] = (
    (
        "forgetful",
        lambda: _Forgetful(SIGN),
        {
            "leaves_chains_of_no_session_out_of_its_list",
            "returns_rows_as_they_were_appended",
            "returns_rows_after_a_place",
            "keeps_the_first_of_two",
            "keeps_many_sessions_at_once",
            "lists_sessions_newest_first",
            "tells_where_each_session_stands",
            "finishes_what_is_cancelled",
        },
    ),
    (
        "overwriting",
        lambda: _Overwriting(SIGN),
        {"leaves_chains_of_no_session_out_of_its_list", "keeps_the_first_of_two", "keeps_apart_what_comes_at_once"},
    ),
    ("open", lambda: _Open(SIGN), {"keeps_nothing_once_closed"}),
    (
        "oldest",
        lambda: _Oldest(SIGN),
        {"lists_sessions_newest_first", "lists_equally_new_sessions_by_arrival", "tells_where_each_session_stands"},
    ),
    (
        "inclusive",
        lambda: _Inclusive(SIGN),
        {"leaves_chains_of_no_session_out_of_its_list", "returns_rows_after_a_place", "finishes_what_is_cancelled"},
    ),
    ("loose", lambda: _Loose(SIGN), {"knows_no_rows_of_a_strange_session"}),
    ("hasty", lambda: _Hasty(SIGN), {"finishes_what_is_cancelled"}),
    ("unsigned", lambda: MemoryJournal(_unsigned), {"returns_rows_as_they_were_appended"}),
)


@pytest.mark.parametrize(("fault", "opened", "failing"), JOURNALS, ids=[name for name, _, _ in JOURNALS])
async def test_journals_with_a_fault(fault: str, opened: Callable[[], Journal], failing: set[str]) -> None:
    """A journal with a fault fails exactly the checks of what it breaks."""
    failed: set[str] = set()
    for check in JOURNAL_CHECKS:
        try:
            await check(opened)
        except AssertionError:
            failed.add(_name(check))
    assert failed == failing, fault


async def test_a_journal_that_does_not_last() -> None:
    """A journal that is gone when it is closed fails the checks of durability."""
    for check in DURABLE_CHECKS:
        with pytest.raises(AssertionError):
            await check(lambda: MemoryJournal(SIGN))


def test_every_check_of_journals_can_fail() -> None:
    """Each check is failed by one of the faults."""
    caught = {name for _, _, failing in JOURNALS for name in failing}
    assert caught == {_name(check) for check in JOURNAL_CHECKS}


class _Twice(LogBus):
    async def listen(self, session: SessionId, after: int = -1) -> AsyncGenerator[Delivery]:
        async for delivery in super().listen(session, after):
            yield delivery
            if delivery.seq == 1:
                yield delivery


class _FromTheStart(LogBus):
    async def listen(self, session: SessionId, after: int = -1) -> AsyncGenerator[Delivery]:
        async for delivery in super().listen(session, min(after, -1)):
            yield delivery


class _Leaving(LogBus):
    """Ends for all when one listener leaves."""

    async def listen(self, session: SessionId, after: int = -1) -> AsyncGenerator[Delivery]:
        try:
            async for delivery in super().listen(session, after):
                yield delivery
        finally:
            self.close()


class _Mixing:
    """Gives what it is told of to all who listen to anything, and knows no log."""

    def __init__(self) -> None:
        self.queues: list[asyncio.Queue[Delivery]] = []

    def tell(self, entry: Entry) -> None:
        for queue in self.queues:
            for delivery in deliveries_of(entry):
                queue.put_nowait(delivery)

    async def listen(self, session: SessionId, after: int = -1) -> AsyncGenerator[Delivery]:
        queue: asyncio.Queue[Delivery] = asyncio.Queue()
        self.queues.append(queue)
        while session and after < 10**9:
            yield await queue.get()


def _once(journal: Journal) -> OrderedBus:
    """Return a bus that reads the log when a listener comes, and never again."""
    asked: set[int] = set()

    def read_rows(session: SessionId, after: int) -> tuple[Row, ...]:
        known = after in asked or len(asked) > 1
        asked.add(after)
        return () if known else journal.rows(session, after)

    return LogBus(read_rows)


BUSES: tuple[tuple[str, Callable[[Journal], OrderedBus], set[str]], ...] = (
    (
        "twice",
        lambda journal: _Twice(journal.rows),
        {"delivers_the_log", "delivers_what_comes", "keeps_sessions_apart", "takes_no_harm_from_a_second_telling"},
    ),
    ("from_the_start", lambda journal: _FromTheStart(journal.rows), {"resumes_after_a_place", "joins_log_and_news"}),
    ("leaving", lambda journal: _Leaving(journal.rows), {"lets_a_listener_leave"}),
    ("mixing", lambda _: _Mixing(), {"delivers_the_log", "keeps_sessions_apart", "takes_no_harm_from_a_second_telling"}),
    ("once", _once, {"never_waits_for_the_slow"}),
)


@pytest.mark.parametrize(("made", "failing"), [case[1:] for case in BUSES], ids=[name for name, _, _ in BUSES])
async def test_buses_with_a_fault(made: Callable[[Journal], OrderedBus], failing: set[str]) -> None:
    """A bus with a fault fails the checks of what it breaks; one that keeps silent for ever fails too."""
    for check in BUS_CHECKS:
        if _name(check) in failing:
            with pytest.raises((AssertionError, StopAsyncIteration, TimeoutError)):
                await _run(check, made)


async def _run(check: BusCheck, made: Callable[[Journal], OrderedBus]) -> None:
    journal = MemoryJournal(SIGN)
    async with asyncio.timeout(0.4):
        await check(journal, made(journal))


def test_every_check_of_buses_can_fail() -> None:
    """Each check is failed by one of the faults."""
    caught = {name for _, _, failing in BUSES for name in failing}
    assert caught == {_name(check) for check in BUS_CHECKS}


def _name(check: object) -> str:
    return str(getattr(check, "__name__", check))
