"""The server goes away: what is being written waits, people are told, and nothing is lost or kept twice."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator.errors import Unwritable
from orchestrator.messages.entry import Entry, row_of
from orchestrator.storage.postgres import PostgresJournal, PostgresReader
from orchestrator.storage.postgres_place import PostgresPlace
from orchestrator.testing.samples import sample_entries, sample_key
from tests.cli.desk import desk_at
from tests.postgres import Server, own_server

pytestmark = pytest.mark.slow

SIGN = sample_key().sign


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """Return a server that may be stopped, since nobody else uses it."""
    with own_server(tmp_path_factory.mktemp("outage") / "data") as server:
        yield server


@pytest.fixture
def place(server: Server) -> Generator[PostgresPlace]:
    """Return an empty place on it."""
    with server.fresh_place() as place:
        yield place


async def _write(journal: PostgresJournal, entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        await journal.append(entry)
        await asyncio.sleep(0.01)


async def test_a_server_that_comes_back(server: Server, place: PostgresPlace) -> None:
    """Sessions that run while the server is away for some seconds all go on, and somebody is told that they wait."""
    told: list[str] = []
    journal = PostgresJournal.open(replace(place, patience=60.0), SIGN, told.append)
    chains = [sample_entries(30, f"sample-{number:04}") for number in range(8)]
    writing = asyncio.gather(*(_write(journal, chain) for chain in chains))
    await asyncio.sleep(0.1)
    await asyncio.to_thread(server.stop)
    await asyncio.sleep(4)
    assert not writing.done()
    await asyncio.to_thread(server.start)
    await writing
    for chain in chains:
        assert journal.rows(chain[0].session) == tuple(row_of(entry, SIGN) for entry in chain)
    assert told
    assert re.fullmatch(r"waiting for Postgres, \d s \(no server listens on that socket\)", told[0])
    await journal.close()


async def test_a_server_that_stays_away(server: Server, place: PostgresPlace) -> None:
    """When patience is at its end the entry is refused; the same journal goes on from it once the server is back."""
    journal = PostgresJournal.open(replace(place, patience=0.5), SIGN)
    entries = sample_entries(4)
    await _write(journal, entries[:2])
    await asyncio.to_thread(server.stop)
    try:
        with pytest.raises(Unwritable, match=r": no server listens on that socket$"):
            await journal.append(entries[2])
        with pytest.raises(Unwritable, match=r": no server listens on that socket$"):
            journal.rows(entries[0].session)
    finally:
        await asyncio.to_thread(server.start)
    await _write(journal, entries[2:])
    assert journal.rows(entries[0].session) == tuple(row_of(entry, SIGN) for entry in entries)
    await journal.close()


async def test_whoever_leaves_is_not_kept_for_long(server: Server, place: PostgresPlace) -> None:
    """A driver that is interrupted while the server is away is let go after some seconds, whatever the patience."""
    journal = PostgresJournal.open(replace(place, patience=600.0), SIGN)
    (entry,) = sample_entries(1)
    await asyncio.to_thread(server.stop)
    try:
        appending = asyncio.create_task(journal.append(entry))
        await asyncio.sleep(0.1)
        appending.cancel()
        began = time.monotonic()
        with pytest.raises(Unwritable):
            await appending
        assert time.monotonic() - began < 30
        await journal.close()
    finally:
        await asyncio.to_thread(server.start)


async def test_a_command_waits_and_tells(server: Server, place: PostgresPlace, tmp_path: Path) -> None:
    """A negotiation goes on to its agreement over a server that is restarted, with its lines on standard error alone."""
    desk = desk_at(tmp_path)
    running = asyncio.create_task(
        asyncio.to_thread(
            desk.do,
            "run",
            "campaign",
            "--seed",
            "7",
            "--model",
            "strategy:boulware?delay=0.1",
            "--json",
            "--journal",
            str(place),
        )
    )
    while not server.run(f"SELECT 1 FROM pg_tables WHERE schemaname = '{place.schema}'"):  # noqa: ASYNC110, S608 - another process
        await asyncio.sleep(0.05)
    await asyncio.to_thread(server.stop)
    await asyncio.sleep(4)
    await asyncio.to_thread(server.start)
    done = await running
    assert (done.code, done.json["status"]) == (0, "agreed")
    assert re.search(r"^handfast: waiting for Postgres, \d s \(", done.err, re.MULTILINE)
    verified = await asyncio.to_thread(desk.do, "verify", "--all", "--journal", str(place))
    assert verified.code == 0


def test_a_wrong_password_is_told_and_never_shown(server: Server, tmp_path: Path) -> None:
    """Whichever way a command fails, the password of the address is in none of its lines, nor in a traceback."""
    rules = next(Path(path) for (path,) in server.run("SHOW hba_file"))
    before = rules.read_text("utf-8")
    server.run("CREATE ROLE ada LOGIN PASSWORD 'right-one'")
    rules.write_text(f"local all ada scram-sha-256\n{before}", "utf-8")
    server.run("SELECT pg_reload_conf()")
    desk = desk_at(tmp_path)
    place = server.place("wrong")
    try:
        for password, code, words in (
            ("hunter2-x", 6, "the server does not know this user, or not with this password"),
            ("hunter2%2Fx", 6, "the server does not know this user, or not with this password"),
            ("hunter2/x", 2, "this is no address of Postgres"),
            ("hunter2%zz", 2, "this is no address of Postgres"),
            ("right-one", 2, "there is no journal"),
        ):
            address = str(place).replace("//postgres@", f"//ada:{password}@")
            for given in (("sessions", "--debug", "--journal", address), ("--debug", "inbox", "--journal", address)):
                done = desk.do(*given)
                assert (done.code, words in done.err) == (code, True), done.err
                assert not [secret for secret in ("hunter2", "right-one") if secret in done.out + done.err]
    finally:
        rules.write_text(before, "utf-8")
        server.run("SELECT pg_reload_conf()")
        server.run("DROP ROLE ada")


def test_the_password_is_in_no_entry(server: Server, place: PostgresPlace, tmp_path: Path) -> None:
    """What a session keeps, prints and says next holds no password."""
    desk = desk_at(tmp_path)
    address = str(place).replace("//postgres@", "//postgres:hunter2@")
    done = desk.do("run", "campaign", "--seed", "7", "--journal", address)
    assert (done.code, "hunter2" in done.out + done.err) == (0, False)
    assert f"--journal '{place}'" in done.out
    kept = server.run(f'SELECT reply || events FROM "{place.schema}".entries')  # noqa: S608 - a test's own schema
    assert len(kept) > 10
    assert not [text for (text,) in kept if "hunter2" in text or "postgresql:" in text]
    with PostgresReader.open(place) as reader:
        assert [summary.state for summary in reader.summaries()] == ["agreed"]
