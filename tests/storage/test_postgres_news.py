"""News reach other processes: what one journal keeps, listeners of another hear, in order, once, whatever is lost between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager

import pytest

from orchestrator.bus.log_bus import LogBus
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Delivery, Journal
from orchestrator.messages.value import SessionId
from orchestrator.storage.postgres import PostgresJournal, PostgresReader
from orchestrator.storage.postgres_news import PostgresNews
from orchestrator.storage.postgres_place import PostgresPlace
from orchestrator.testing.buses import BUS_CHECKS, BusCheck
from orchestrator.testing.samples import sample_agreement, sample_entries, sample_key
from tests.postgres import Server

SIGN = sample_key().sign


class Elsewhere:
    """A bus in another process than the one that writes: nobody tells it anything but the server."""

    def __init__(self, bus: LogBus) -> None:
        self._bus = bus

    def tell(self, entry: Entry) -> None:
        """Do nothing: it is told elsewhere."""

    def listen(self, session: SessionId, after: int = -1) -> AsyncIterator[Delivery]:
        """Listen here."""
        return self._bus.listen(session, after)


@contextmanager
def _listening(place: PostgresPlace) -> Generator[LogBus]:
    with PostgresReader.open(place) as reader:
        bus = LogBus(reader.rows)
        news = PostgresNews(place, bus.wake)
        try:
            yield bus
        finally:
            news.close()


async def _write(journal: Journal, entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        await journal.append(entry)


@pytest.mark.parametrize("check", BUS_CHECKS)
async def test_conformance_of_a_listener_elsewhere(check: BusCheck, postgres: PostgresPlace) -> None:
    """A bus that hears of entries from the server alone passes every check of the port."""
    journal = PostgresJournal.open(postgres, SIGN)
    with _listening(postgres) as bus:
        await check(journal, Elsewhere(bus))
    await journal.close()


async def test_a_lost_connection_loses_no_move(postgres: PostgresPlace, postgres_server: Server) -> None:
    """A listener whose connection is cut, again and again, gets every move once and in order."""
    journal = PostgresJournal.open(postgres, SIGN)
    entries = sample_entries(40)
    await journal.append(entries[0])
    with _listening(postgres) as bus:
        listening = bus.listen(entries[0].session)
        got: list[Delivery] = []
        for part in range(1, 40, 3):
            listeners = f"query = 'LISTEN \"{postgres.schema}_entries\"'"
            postgres_server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {listeners}")  # noqa: S608
            await _write(journal, entries[part : part + 3])
            got += [await anext(listening) for _ in entries[part : part + 3]]
    assert [delivery.seq for delivery in got] == list(range(1, 40))
    await journal.close()


async def test_more_news_than_a_notice_can_hold(postgres: PostgresPlace) -> None:
    """Where more sessions move in one commit than a notice has room for, everybody looks, and everybody finds theirs."""
    journal = PostgresJournal.open(postgres, SIGN)
    chains = [sample_agreement(f"sample-{'long' * 10}-{number:04}") for number in range(250)]
    with _listening(postgres) as bus:
        listeners = [_all(bus.listen(chain[0].session)) for chain in chains[::25]]
        listening = [asyncio.create_task(each) for each in listeners]
        await asyncio.gather(*(_write(journal, chain) for chain in chains))
        heard = await asyncio.gather(*listening)
    assert [[delivery.seq for delivery in each] for each in heard] == [[1, 2]] * 10
    await journal.close()


async def test_own_news_are_left_out(postgres: PostgresPlace) -> None:
    """Whoever writes is not told of it by the server; what others write it is told."""
    mine, others = (PostgresJournal.open(postgres, SIGN) for _ in range(2))
    heard: asyncio.Queue[tuple[SessionId | None, int]] = asyncio.Queue()
    news = PostgresNews(postgres, lambda session, seq: heard.put_nowait((session, seq)), lambda: mine.pid)
    first = await heard.get()
    entries = sample_entries(4)
    await _write(mine, entries[:3])
    await others.append(entries[3])
    assert (first, await heard.get()) == ((None, 0), (entries[0].session, 3))
    await asyncio.to_thread(news.close)
    await mine.close()
    await others.close()


async def _all(deliveries: AsyncIterator[Delivery]) -> list[Delivery]:
    return [delivery async for delivery in deliveries]
