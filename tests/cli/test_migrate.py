"""A journal moves between a file and a database: exactly as it is, checked on both sides, and gone on with when killed."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from orchestrator.messages.entry import Entry, Row
from orchestrator.messages.ledger import Holding, Stock
from orchestrator.messages.pot import POTS_BOOK, Pot
from orchestrator.storage.booking import Booked
from orchestrator.storage.postgres import PostgresJournal, PostgresReader
from orchestrator.storage.postgres_place import PostgresPlace
from orchestrator.storage.sqlite import SqliteJournal, SqliteReader
from orchestrator.testing.pots import sample_pot, sample_pots_applied
from orchestrator.testing.samples import sample_agreement, sample_entries, sample_interruption, sample_key, sample_parked
from tests.cli.desk import Desk
from tests.postgres import Server

SIGN = sample_key().sign
CHAINS = (
    sample_agreement("sample-0003"),
    sample_entries(30, "sample-0001"),
    sample_parked("sample-0002"),
    sample_interruption("sample-0004"),
)


async def _fill(journal: SqliteJournal | PostgresJournal, chains: tuple[tuple[Entry, ...], ...]) -> None:
    for chain in chains:
        for entry in chain:
            await journal.append(entry)
    await journal.close()


def _file(path: Path, *chains: tuple[Entry, ...]) -> str:
    asyncio.run(_fill(SqliteJournal.open(path, SIGN), chains))
    return str(path)


def _database(place: PostgresPlace, *chains: tuple[Entry, ...]) -> None:
    asyncio.run(_fill(PostgresJournal.open(place, SIGN), chains))


def _all(reader: SqliteReader | PostgresReader) -> list[tuple[object, tuple[Row, ...]]]:
    return [(summary, reader.rows(summary.id)) for summary in reader.summaries()]


def test_there_and_back(desk: Desk, postgres: PostgresPlace) -> None:
    """A journal that goes to a database and back is the same, row by row and in the order of its sessions."""
    first, second = _file(desk.path / "first.db", *CHAINS), str(desk.path / "second.db")
    there = desk.do("migrate", first, str(postgres), "--json")
    back = desk.do("migrate", str(postgres), second, "--json")
    counts = {"sessions": 4, "entries": 42, "copied": 42, "verified": True}
    assert (there.code, there.json) == (0, {"from": first, "to": str(postgres), **counts})
    assert (back.code, back.json) == (0, {"from": str(postgres), "to": second, **counts})
    with SqliteReader.open(first) as before, PostgresReader.open(postgres) as between, SqliteReader.open(second) as after:
        assert _all(before) == _all(between) == _all(after)


def test_it_goes_on_where_it_stopped(desk: Desk, postgres: PostgresPlace) -> None:
    """What a killed copy left behind is kept, and only the rest is copied."""
    _database(postgres, CHAINS[0], CHAINS[1][:7])
    source = _file(desk.path / "source.db", *CHAINS)
    done = desk.do("migrate", source, str(postgres))
    assert (done.code, done.out) == (0, "4 sessions with 42 entries are the same in both places.\nCopied now: 30 entries.\n")
    assert desk.do("migrate", source, str(postgres), "--json").json["copied"] == 0


def test_one_session(desk: Desk, postgres: PostgresPlace) -> None:
    """Sessions that are named are copied, and no others."""
    source = _file(desk.path / "source.db", *CHAINS)
    done = desk.do("migrate", source, str(postgres), "--session", "sample-0002", "--json")
    assert (done.code, done.json["sessions"], done.json["entries"]) == (0, 1, 4)
    with PostgresReader.open(postgres) as reader:
        assert [summary.id for summary in reader.summaries()] == ["sample-0002"]
    strange = desk.do("migrate", source, str(postgres), "--session", "nobody")
    assert (strange.code, strange.err) == (
        2,
        "handfast: there is no session 'nobody' in this journal\nhint: 'handfast sessions' lists them\n",
    )


def test_other_entries_there(desk: Desk, postgres: PostgresPlace) -> None:
    """Where the target has another entry in a session's place, or more of it, nothing of it is touched."""
    source = _file(desk.path / "source.db", CHAINS[1][:3])
    other = sample_entries(3, "sample-0001", text="Something else.")
    _database(postgres, other)
    done = desk.do("migrate", source, str(postgres))
    assert (done.code, done.err.splitlines()[0]) == (
        2,
        f"handfast: journal '{postgres}' has another entry 1 of session 'sample-0001'",
    )
    longer = _file(desk.path / "longer.db", CHAINS[1][:5])
    done = desk.do("migrate", source, longer)
    assert (done.code, done.err.splitlines()[0]) == (
        2,
        f"handfast: session 'sample-0001' has gone on in journal '{longer}': 5 entries there, 3 here",
    )


def test_a_record_that_does_not_hold(desk: Desk, postgres: PostgresPlace) -> None:
    """A session whose record was changed is not copied, and what is wrong with it is told."""
    source = _file(desk.path / "source.db", *CHAINS)
    with closing(sqlite3.connect(source)) as database, database:
        database.execute("UPDATE entries SET events = '[]' WHERE session = 'sample-0001' AND seq = 4")
    done = desk.do("migrate", source, str(postgres))
    assert (done.code, done.err.splitlines()[0]) == (
        1,
        "handfast: entry 4 of session 'sample-0001': its content does not have its digest",
    )
    with PostgresReader.open(postgres) as reader:
        assert reader.rows(CHAINS[1][0].session) == ()


@pytest.mark.parametrize("what", ["handfast.db", "./handfast.db"])
def test_to_itself(desk: Desk, what: str) -> None:
    """A journal is not copied onto itself."""
    _file(desk.journal, CHAINS[0])
    done = desk.do("migrate", "handfast.db", what)
    assert (done.code, done.err.splitlines()[0]) == (2, "handfast: both places are the same journal")


def test_no_journal_to_copy(desk: Desk, postgres: PostgresPlace) -> None:
    """Where there is nothing to copy from, nothing is made."""
    done = desk.do("migrate", str(postgres), "new.db")
    assert (done.code, (desk.path / "new.db").exists()) == (2, False)


def test_the_ledger_goes_along(desk: Desk, postgres: PostgresPlace, postgres_server: Server) -> None:
    """What sessions hold of shared pots is held in the other place too, also where only some of them are copied."""
    pot = Pot(name="money", title="Money", unit="EUR", size=Decimal(100), step=Decimal(1), why="")
    stock = Stock(pot=pot, held=Decimal(70), session="sample-0001", seq=0)
    holdings = tuple(
        Holding(
            pot="money",
            account=f"sample-000{n}",
            holder=f"sample-000{n}",
            reserved=Decimal(0),
            committed=Decimal(n * 10),
            session=f"sample-000{n}",
            seq=0,
        )
        for n in (1, 2, 4)
    )
    source = _file(desk.path / "source.db", *CHAINS)

    async def hold() -> None:
        journal = SqliteJournal.open(source, SIGN)
        await journal.adopt(Booked((stock,), holdings))
        await journal.close()

    asyncio.run(hold())
    assert desk.do("migrate", source, str(postgres)).code == 0
    with postgres_server.fresh_place() as other:
        assert desk.do("migrate", str(postgres), str(other), "--session", "sample-0004").code == 0
        with PostgresReader.open(postgres) as whole, PostgresReader.open(other) as part:
            assert (whole.stocks(), whole.holdings()) == ((stock,), holdings)
            assert (part.stocks(), part.holdings()) == ((replace(stock, held=Decimal(40)),), holdings[2:])


def test_books_go_along(desk: Desk, postgres: PostgresPlace) -> None:
    """Chains that are no sessions, as the book of pots, are copied with the whole journal, and no list shows them."""
    source = _file(desk.path / "source.db", CHAINS[0], (sample_pots_applied(100),))
    done = desk.do("migrate", source, str(postgres), "--json")
    assert (done.code, done.json["entries"]) == (0, 6)
    with SqliteReader.open(source) as before, PostgresReader.open(postgres) as after:
        assert before.rows(POTS_BOOK) == after.rows(POTS_BOOK) != ()
        assert [summary.id for summary in after.summaries()] == ["sample-0003"]
        assert (before.stocks(), before.holdings()) == (after.stocks(), after.holdings())
        assert [stock.pot for stock in after.stocks()] == [sample_pot(100)]
