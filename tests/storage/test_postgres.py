"""What does the journal in a database do when the world is unkind? It waits, tells, and loses and doubles nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql

from orchestrator.errors import Conflict, OrchestratorError, Unwritable, UsageError
from orchestrator.messages.entry import Entry, Row, row_of
from orchestrator.messages.journal import Journal
from orchestrator.storage.postgres import PostgresJournal, PostgresReader
from orchestrator.storage.postgres_place import PostgresPlace, place_of
from orchestrator.storage.postgres_tables import FORMAT
from orchestrator.testing.journals import JournalCheck
from orchestrator.testing.samples import sample_entries, sample_key
from orchestrator.testing.shared import SHARED_CHECKS
from tests.postgres import Server
from tests.storage.unreliable import Cut, Wire

SIGN = sample_key().sign


def _rows(entries: tuple[Entry, ...]) -> tuple[Row, ...]:
    return tuple(row_of(entry, SIGN) for entry in entries)


async def _write(journal: Journal, entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        await journal.append(entry)


async def _refusal(doing: Callable[[], object]) -> tuple[type[Exception], str, str]:
    with pytest.raises(OrchestratorError) as refused:
        await asyncio.to_thread(doing)
    return type(refused.value), refused.value.message, refused.value.hint


async def _made(place: PostgresPlace) -> None:
    await PostgresJournal.open(place, SIGN).close()


@pytest.mark.parametrize("cut", ["question", "answer"])
async def test_a_commit_whose_answer_is_lost_is_neither_lost_nor_doubled(
    cut: Cut, postgres: PostgresPlace, tmp_path: Path
) -> None:
    """Where the connection breaks in the middle of a commit, the entry is kept once, and its driver hears of no conflict."""
    entries = sample_entries(5)
    with Wire.to(postgres, tmp_path) as (wire, seen):
        journal = PostgresJournal.open(seen, SIGN)
        for entry in entries:
            wire.cuts.append(cut)
            await journal.append(entry)
        await journal.close()
        assert wire.done == len(entries)
    with PostgresReader.open(postgres) as reader:
        assert reader.rows(entries[0].session) == _rows(entries)


async def test_a_rival_in_the_moment_of_doubt_is_a_conflict(postgres: PostgresPlace, tmp_path: Path) -> None:
    """Where another took the place while the connection was lost, the entry is refused, and the other's stands."""
    first, second = sample_entries(2), sample_entries(2, text="Something else.")
    rival = PostgresJournal.open(postgres, SIGN)
    await _write(rival, first[:1])
    with Wire.to(postgres, tmp_path) as (wire, seen):
        journal = PostgresJournal.open(seen, SIGN)
        wire.cuts.append("question")
        appending = asyncio.create_task(journal.append(second[1]))
        await rival.append(first[1])
        with pytest.raises(Conflict):
            await appending
        await journal.close()
    assert rival.rows(first[0].session) == _rows(first)
    await rival.close()


@given(cuts=st.lists(st.sampled_from(["question", "answer", "none"]), max_size=6))
@settings(max_examples=6)
def test_any_cuts_leave_every_chain_whole(
    cuts: list[Cut], postgres_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whichever statements are cut, before or after they are done, many sessions keep each entry exactly once."""
    chains = [sample_entries(4, f"sample-{number:04}") for number in range(6)]

    async def write(place: PostgresPlace) -> None:
        with Wire.to(place, tmp_path_factory.mktemp("w")) as (wire, seen):
            journal = PostgresJournal.open(seen, SIGN)
            wire.cuts.extend(cuts)
            await asyncio.gather(*(_write(journal, chain) for chain in chains))
            await journal.close()

    with postgres_server.fresh_place() as place:
        asyncio.run(write(place))
        with PostgresReader.open(place) as reader:
            assert [reader.rows(chain[0].session) for chain in chains] == [_rows(chain) for chain in chains]


async def test_a_cancelled_statement_is_sent_again(postgres: PostgresPlace, postgres_server: Server) -> None:
    """A statement that the server or its administrator cancels is no loss: it is sent again."""
    journal = PostgresJournal.open(postgres, SIGN)
    entries = sample_entries(2)
    await journal.append(entries[0])
    with psycopg.connect(postgres_server.address) as other:
        other.execute(sql.SQL("LOCK TABLE {}").format(sql.Identifier(postgres.schema, "entries")))
        appending = asyncio.create_task(journal.append(entries[1]))
        for _ in range(3):
            found = []
            while not found:
                await asyncio.sleep(0.01)
                found = postgres_server.run(
                    f"SELECT pg_cancel_backend(pid) FROM pg_locks WHERE NOT granted AND pid = {journal.pid}"  # noqa: S608
                )
        other.rollback()
    await appending
    assert journal.rows(entries[0].session) == _rows(entries)
    await journal.close()


@pytest.mark.parametrize("check", SHARED_CHECKS)
async def test_a_server_that_serializes(check: JournalCheck, postgres: PostgresPlace) -> None:
    """Where the server runs every statement serializably and puts others first, what it turned down is sent again."""
    strict = place_of(f"{postgres.address}&options=-c%20default_transaction_isolation%3Dserializable")
    await check(lambda: PostgresJournal.open(replace(strict, schema=postgres.schema, patience=10.0), SIGN))


async def test_a_session_with_a_lost_entry_goes_on_from_it(postgres: PostgresPlace, postgres_server: Server) -> None:
    """After an entry that could not be kept, none behind it is; the session goes on where its record ends."""
    impatient = replace(postgres, patience=0.0)
    journal = PostgresJournal.open(impatient, SIGN)
    entries, others = sample_entries(4), sample_entries(2, "sample-0002")
    await _write(journal, entries[:2])
    postgres_server.run(f"SELECT pg_terminate_backend({journal.pid})")
    with pytest.raises(Unwritable):
        await journal.append(entries[2])
    with pytest.raises(Unwritable, match=r"^journal '.*': entry 2 of session 'sample-0001' is not there, so 3 is not kept$"):
        await journal.append(entries[3])
    await _write(journal, others)
    await _write(journal, entries[2:])
    assert journal.rows(entries[0].session) == _rows(entries)
    await journal.close()


async def test_a_server_that_has_lost_entries(postgres: PostgresPlace, postgres_server: Server) -> None:
    """After a failover to a server that lacks acknowledged entries, nothing is written behind the gap."""
    journal = PostgresJournal.open(postgres, SIGN)
    entries, others = sample_entries(6), sample_entries(4, text="Something else.")
    await _write(journal, entries[:4])
    postgres_server.run(f'DELETE FROM "{postgres.schema}".entries WHERE seq > 1')  # noqa: S608 - a test's own schema
    postgres_server.run(f"SELECT pg_terminate_backend({journal.pid})")
    with pytest.raises(Unwritable, match=r": entry 3 of session 'sample-0001' is not there, so 4 is not kept$"):
        await journal.append(entries[4])
    rival = PostgresJournal.open(postgres, SIGN)
    await _write(rival, entries[2:3])
    postgres_server.run(f"SELECT pg_terminate_backend({journal.pid})")
    with pytest.raises(Conflict, match="already has an entry 2"):
        await journal.append(others[3])
    await _write(journal, entries[3:])
    assert journal.rows(entries[0].session) == _rows(entries)
    await rival.close()
    await journal.close()


async def test_a_journal_that_was_taken_away(postgres: PostgresPlace, postgres_server: Server) -> None:
    """Where the tables are gone after a lost connection they are not made anew under a session that runs."""
    journal = PostgresJournal.open(postgres, SIGN)
    entries = sample_entries(2)
    await journal.append(entries[0])
    postgres_server.run(f'DROP SCHEMA "{postgres.schema}" CASCADE')
    postgres_server.run(f"SELECT pg_terminate_backend({journal.pid})")
    with pytest.raises(Unwritable, match=r": its tables are not those of a journal$"):
        await journal.append(entries[1])
    await journal.close()


async def test_too_many_connections(postgres: PostgresPlace, postgres_server: Server) -> None:
    """Where the server has no connection left, one is waited for, and then it is told."""
    role = postgres.schema
    postgres_server.run(f'CREATE ROLE "{role}" LOGIN CONNECTION LIMIT 0')
    try:
        told = await _refusal(lambda: PostgresJournal.open(_as(postgres, role, patience=0.3), SIGN))
    finally:
        postgres_server.run(f'DROP ROLE "{role}"')
    assert told == (
        Unwritable,
        f"journal '{_as(postgres, role)}': the server has no connection left (too many connections)",
        "close some or allow more, then go on with 'handfast resume SESSION'",
    )


async def test_a_user_who_may_only_read(postgres: PostgresPlace, postgres_server: Server) -> None:
    """A user without the right to insert reads the journal, and is told at once that it cannot be written to."""
    role = postgres.schema
    journal = PostgresJournal.open(postgres, SIGN)
    entries = sample_entries(2)
    await _write(journal, entries)
    await journal.close()
    postgres_server.run(f'CREATE ROLE "{role}" LOGIN')
    try:
        place = _as(postgres, role)
        assert await _refusal(lambda: PostgresReader.open(place)) == (
            Unwritable,
            f"journal '{place}': this user may not read it",
            "grant USAGE on the schema and SELECT on its tables",
        )
        postgres_server.run(f'GRANT USAGE ON SCHEMA "{role}" TO "{role}"')
        postgres_server.run(f'GRANT SELECT ON ALL TABLES IN SCHEMA "{role}" TO "{role}"')
        with PostgresReader.open(place) as reader:
            assert reader.rows(entries[0].session) == _rows(entries)
        assert await _refusal(lambda: PostgresJournal.open(place, SIGN)) == (
            Unwritable,
            f"journal '{place}': this user may only read it",
            "grant INSERT, or name another user in --journal",
        )
    finally:
        postgres_server.run(f'DROP OWNED BY "{role}"; DROP ROLE "{role}"')


async def test_a_standby(postgres: PostgresPlace) -> None:
    """A server that takes no writing is waited for, as it may be the next primary, and then told of; it can be read."""
    await _made(postgres)
    standby = place_of(f"{postgres.address}&options=-c%20default_transaction_read_only%3Don")
    standby = replace(standby, schema=postgres.schema, patience=0.3)
    assert (await _refusal(lambda: PostgresJournal.open(standby, SIGN)))[1] == (
        f"journal '{standby}': the server takes no writing now: it is a standby or read-only"
    )
    with PostgresReader.open(standby) as reader:
        assert reader.summaries() == ()


@pytest.mark.parametrize(
    "statements",
    [
        "CREATE SCHEMA {0}; CREATE TABLE {0}.entries (id int)",
        "CREATE SCHEMA {0}; CREATE TABLE {0}.format (application text PRIMARY KEY, version integer)",
        "CREATE SCHEMA {0}; CREATE TABLE {0}.entries (id int); CREATE TABLE {0}.format (id int)",
    ],
)
async def test_tables_of_another_program(statements: str, postgres: PostgresPlace, postgres_server: Server) -> None:
    """A schema in which another program has tables of these names is left alone, and told of."""
    postgres_server.run(statements.format(postgres.schema))
    for doing in (lambda: PostgresJournal.open(postgres, SIGN), lambda: PostgresReader.open(postgres)):
        assert await _refusal(doing) == (
            Unwritable,
            f"journal '{postgres}': its tables are not those of a journal",
            f"another program keeps {postgres.schema!r} there: name another schema, with '?schema=NAME' in the address",
        )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("ALTER TABLE {0}.entries DROP CONSTRAINT entries_pkey", "its tables are not those of a journal"),
        ("ALTER TABLE {0}.entries ALTER at TYPE timestamptz USING at::timestamptz", "its tables are not those of a journal"),
        ("DELETE FROM {0}.format", "its tables are not those of a journal"),
        ("UPDATE {0}.format SET version = 99", f"it has format 99; this version knows {FORMAT}"),
    ],
)
async def test_a_journal_that_was_changed(change: str, message: str, postgres: PostgresPlace, postgres_server: Server) -> None:
    """A journal of a newer version, or one whose tables were altered, is refused with the reason."""
    await _made(postgres)
    postgres_server.run(change.format(postgres.schema))
    for doing in (lambda: PostgresJournal.open(postgres, SIGN), lambda: PostgresReader.open(postgres)):
        assert (await _refusal(doing))[:2] == (Unwritable, f"journal '{postgres}': {message}")


async def test_no_journal_yet(postgres: PostgresPlace) -> None:
    """What was never written to cannot be read: that is wrong usage, and nothing is made."""
    told = (UsageError, f"there is no journal '{postgres}'", "name another with --journal, or run a negotiation first")
    assert [await _refusal(lambda: PostgresReader.open(postgres)) for _ in range(2)] == [told, told]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("postgresql://ada:hunter2@127.0.0.1:1/x?patience=0", "the server refuses the connection: nothing listens there"),
        ("postgresql:///x?host=/nowhere&patience=0", "no server listens on that socket"),
        ("postgresql://127.0.0.1:port/x", 'its address is wrong: invalid integer value "port" for connection option "port"'),
    ],
)
async def test_no_server(address: str, message: str) -> None:
    """Where no server answers, or the address is wrong, that is told in one line without the password."""
    place = place_of(address)
    assert (await _refusal(lambda: PostgresJournal.open(place, SIGN)))[:2] == (Unwritable, f"journal '{place}': {message}")


async def test_an_unknown_database_or_user(postgres: PostgresPlace) -> None:
    """A database or user that the server does not know is told of at once: waiting would not help."""
    others = (
        postgres.address.replace("/postgres?", "/nowhere?"),
        postgres.address.replace("postgres:@", "").replace("postgres@", "nobody@"),
    )
    told = [(await _refusal(lambda each=each: PostgresJournal.open(place_of(each), SIGN)))[1] for each in others]
    assert [line.partition("': ")[2] for line in told] == [
        "the server has no database of this name",
        "the server does not know this user, or not with this password",
    ]


def _as(place: PostgresPlace, role: str, *, patience: float = 10.0) -> PostgresPlace:
    found = place_of(place.address.replace("//postgres@", f"//{role}@").replace("//postgres:@", f"//{role}@"))
    return replace(found, schema=place.schema, patience=patience)
