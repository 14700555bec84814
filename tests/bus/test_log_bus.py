"""The log is the bus: every admitted move once, in order, to everyone, and nobody waits for the slow."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator.bus.log_bus import LogBus, Once, deliveries_of
from orchestrator.errors import ChainBroken
from orchestrator.messages.entry import Entry, Row, digest_of_cells, read_row, row_of
from orchestrator.messages.event import Tabled
from orchestrator.messages.journal import Delivery
from orchestrator.messages.value import SessionId
from orchestrator.storage.memory import MemoryJournal
from orchestrator.storage.sqlite import SqliteJournal
from orchestrator.testing.buses import BUS_CHECKS, BusCheck
from orchestrator.testing.samples import sample_agreement, sample_entries, sample_key


@pytest.mark.parametrize("check", BUS_CHECKS)
async def test_conformance_over_memory(check: BusCheck) -> None:
    """The bus passes every check of the port over a log in memory."""
    journal = MemoryJournal(sample_key().sign)
    await check(journal, LogBus(journal.rows))


@pytest.mark.parametrize("check", BUS_CHECKS)
async def test_conformance_over_a_file(check: BusCheck, tmp_path: Path) -> None:
    """The bus passes every check of the port over a log in a file."""
    journal = SqliteJournal.open(tmp_path / "handfast.db", sample_key().sign)
    try:
        await check(journal, LogBus(journal.rows))
    finally:
        await journal.close()


@pytest.mark.parametrize("check", BUS_CHECKS)
async def test_conformance_of_a_listener_that_remembers_one_entry(check: BusCheck) -> None:
    """However little a listener may remember, it gets everything."""
    journal = MemoryJournal(sample_key().sign)
    await check(journal, LogBus(journal.rows, bound=1))


async def test_memory_is_bounded() -> None:
    """A listener that does not come to its entries keeps no more of them than it may, and reads the rest in the log."""
    journal = MemoryJournal(sample_key().sign)
    asked: list[int] = []

    def read_rows(session: SessionId, after: int) -> tuple[Row, ...]:
        asked.append(after)
        return journal.rows(session, after)

    bus = LogBus(read_rows, bound=4)
    session = await _append(journal, 12)
    rows = journal.rows(session)
    listening = bus.listen(session)
    await anext(listening)
    for row in rows:
        bus.tell(read_row(row))
        assert _living_entries(session) <= 5
    assert [(await anext(listening)).seq for _ in rows[2:]] == list(range(2, 12))
    assert asked == [-1, 3, 7]


async def _append(journal: MemoryJournal, count: int) -> SessionId:
    for entry in sample_entries(count, "sample-bound"):
        await journal.append(entry)
    return SessionId("sample-bound")


def _living_entries(session: SessionId) -> int:
    return sum(isinstance(thing, Entry) and thing.session == session for thing in gc.get_objects())


async def test_closing_ends_all_listening() -> None:
    """When the bus is closed, whoever listens is told what the log holds, and no more."""
    journal = MemoryJournal(sample_key().sign)
    bus = LogBus(journal.rows)
    entries = sample_entries(2)
    for entry in entries:
        await journal.append(entry)
    listening = bus.listen(entries[0].session)
    first = await anext(listening)
    waiting = asyncio.ensure_future(anext(listening, None))
    await asyncio.sleep(0)
    bus.close()
    assert (first.id, await waiting) == ("sample-0001:1", None)
    assert [delivery.id async for delivery in bus.listen(entries[0].session)] == ["sample-0001:1"]


async def test_nobody_is_kept_after_listening() -> None:
    """Who came to the end, or left, is counted no more."""
    journal = MemoryJournal(sample_key().sign)
    bus = LogBus(journal.rows)
    session = SessionId("sample-0001")
    for entry in sample_agreement():
        await journal.append(entry)
    staying = bus.listen(session)
    await anext(staying)
    assert bus.listeners(session) == 1
    async for _ in bus.listen(session):
        assert bus.listeners(session) == 2
    assert bus.listeners(session) == 1
    await staying.aclose()
    assert bus.listeners(session) == 0


@pytest.mark.parametrize("lost", [0, 1, 2])
async def test_a_hole_in_the_log(lost: int) -> None:
    """A listener does not go past an entry that is missing from the log."""
    entries = sample_agreement()
    rows = tuple(row_of(entry, sample_key().sign) for entry in entries if entry.seq != lost)
    bus = LogBus(lambda _, after: tuple(row for row in rows if row.seq > after))
    with pytest.raises(ChainBroken) as raised:
        _ = [delivery async for delivery in bus.listen(entries[0].session)]
    assert raised.value.message == f"entry {lost} of session 'sample-0001': is not in the log"


async def test_a_changed_log() -> None:
    """A listener is never given a move that was changed in the log."""
    entry = sample_entries(1)[0]
    row = row_of(entry, sample_key().sign)
    changed = replace(row, events="[]")
    bus = LogBus(lambda _, after: (changed,) if after < 0 else ())
    with pytest.raises(ChainBroken) as raised:
        await anext(bus.listen(entry.session))
    assert raised.value.message == "entry 0 of session 'sample-0001': its content does not have its digest"


async def test_a_log_of_another_version() -> None:
    """A listener is told of an entry that it cannot know, and does not skip it."""
    entry = sample_entries(1)[0]
    row = row_of(entry, sample_key().sign)
    events = '[{"kind":"danced"}]'
    digest = digest_of_cells(row.session, row.seq, row.at, row.parent, row.reply, events)
    strange = replace(row, events=events, digest=digest)
    bus = LogBus(lambda _, after: (strange,) if after < 0 else ())
    with pytest.raises(ChainBroken) as raised:
        await anext(bus.listen(entry.session))
    assert raised.value.message == "entry 0 of session 'sample-0001': is no entry that this version of handfast knows"


def test_deliveries_of_an_entry() -> None:
    """An entry with an admitted move is one delivery, named after its place; any other is none."""
    opening, proposal, *_ = sample_agreement()
    tabled = next(event for event in proposal.events if isinstance(event, Tabled))
    assert deliveries_of(opening) == ()
    assert deliveries_of(proposal) == (Delivery(id="sample-0001:1", seq=1, move=tabled.move),)


def test_once() -> None:
    """What is delivered again is recognised by its place, for each session, until the session is forgotten."""
    first, second = (deliveries_of(entry)[0] for entry in sample_entries(3)[1:])
    other = deliveries_of(sample_entries(2, "sample-0002")[1])[0]
    once = Once()
    arriving = (first, first, second, first, other, second, other)
    assert [once.is_first(delivery) for delivery in arriving] == [True, False, True, False, True, False, False]
    once.forget(SessionId("sample-0001"))
    assert [once.is_first(delivery) for delivery in (second, other)] == [True, False]
