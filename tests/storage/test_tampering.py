"""Nobody changes a stored cell unnoticed: every cell of a small journal, changed in every way that SQLite allows."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from orchestrator.errors import ChainBroken
from orchestrator.storage.chain import check_chain
from orchestrator.storage.sqlite import SqliteJournal, SqliteReader
from orchestrator.storage.sqlite_file import COLUMNS
from orchestrator.testing.samples import sample_agreement, sample_escalation, sample_interruption, sample_key

_Cell = str | bytes | int | float | None

_UPDATE = "UPDATE entries SET {} = {} WHERE rowid = ?"
_CELL = "SELECT typeof({0}), hex(CAST({0} AS BLOB)) FROM entries WHERE rowid = ?"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal of three sessions that ended, parked, were interrupted and agreed."""
    path = tmp_path / "handfast.db"
    chains = (sample_agreement("sample-0001"), sample_interruption("sample-0002"), sample_escalation("sample-0003"))

    async def write() -> None:
        opened = SqliteJournal.open(path, sample_key().sign)
        for chain in chains:
            for entry in chain:
                await opened.append(entry)
        await opened.close()

    asyncio.run(write())
    return path


def _flaws(reader: SqliteReader) -> list[str]:
    try:
        sessions = [summary.id for summary in reader.summaries()]
    except ChainBroken as error:
        return [error.message]
    flaws = [f"{session!r} is not numbered" for session in reader.orphans()]
    for session in sessions:
        try:
            check_chain(reader.rows(session), sample_key().public)
        except ChainBroken as error:
            flaws.append(error.message)
    return flaws


def _file_flaws(path: Path) -> list[str]:
    with SqliteReader.open(path) as reader:
        return _flaws(reader)


def _changes(cell: _Cell, others: list[_Cell]) -> Iterator[_Cell]:
    yield from (None, "", "x", "0", 0, 1, -1, 7, 2**62, -(2**63), 1.5, -0.0, float("inf"), b"", b"\xff", "\udcff")
    yield from others
    if isinstance(cell, str):
        yield from (cell + " ", " " + cell, cell + "\0", cell[:-1], cell.upper(), cell.swapcase(), cell.encode(), cell * 2)
        yield from (
            cell.replace('"', "'"),
            cell.replace(":", ": "),
            cell.replace("0", "1"),
            cell.replace("e", "é"),
            cell + "\udcff",
        )
    if isinstance(cell, int):
        yield from (cell + 0.5, str(cell), f"{cell}x", str(cell).encode(), -cell)


def _written(cell: _Cell) -> _Cell:
    return cell.encode("utf-8", "surrogateescape") if isinstance(cell, str) else cell


def test_an_untouched_journal(journal: Path) -> None:
    """A journal as it was written has no flaw."""
    assert _file_flaws(journal) == []


@pytest.mark.parametrize("column", COLUMNS)
def test_every_cell(journal: Path, column: str) -> None:
    """Whatever one cell is changed to, the change is found, or SQLite does not take it."""
    changed = 0
    with closing(sqlite3.connect(journal, isolation_level=None)) as database, SqliteReader.open(journal) as reader:
        database.execute("PRAGMA synchronous=OFF")
        rows = database.execute("SELECT rowid, * FROM entries").fetchall()
        index = COLUMNS.index(column) + 1
        for row in rows:
            others = [other[index] for other in rows] + list(row[1:])
            for new in _changes(row[index], others):
                if _set(database, column, row[0], new):
                    changed += 1
                    assert _flaws(reader), f"{column} of {row[1]} {row[2]} became {new!r}"
                    assert _set(database, column, row[0], row[index])
        assert _flaws(reader) == []
    assert changed > 100


def _set(database: sqlite3.Connection, column: str, rowid: int, cell: _Cell) -> bool:
    query = _CELL.format(column)
    before = database.execute(query, (rowid,)).fetchone()
    value = "CAST(? AS TEXT)" if isinstance(cell, str) else "?"
    try:
        database.execute(_UPDATE.format(column, value), (_written(cell), rowid))
    except sqlite3.IntegrityError:
        return False
    return database.execute(query, (rowid,)).fetchone() != before


def test_every_two_rows_exchanged(journal: Path) -> None:
    """Two rows that exchange their places are found."""
    with closing(sqlite3.connect(journal, isolation_level=None)) as database, SqliteReader.open(journal) as reader:
        rows = database.execute("SELECT * FROM entries").fetchall()
        for first, second in ((first, second) for first in rows for second in rows if first < second):
            rest = [row for row in rows if row not in (first, second)]
            _fill(database, [*rest, first[:2] + second[2:], second[:2] + first[2:]])
            assert _flaws(reader), f"{first[:2]} and {second[:2]}"


def test_every_lost_row_but_the_last(journal: Path) -> None:
    """A row that is missing before the last of its session is found."""
    with closing(sqlite3.connect(journal, isolation_level=None)) as database, SqliteReader.open(journal) as reader:
        rows = database.execute("SELECT * FROM entries").fetchall()
        last = {row[0]: row[1] for row in rows}
        for lost in rows:
            _fill(database, [row for row in rows if row != lost])
            assert bool(_flaws(reader)) == (lost[1] != last[lost[0]])


def _fill(database: sqlite3.Connection, rows: list[tuple[_Cell, ...]]) -> None:
    database.execute("BEGIN")
    database.execute("DELETE FROM entries")
    database.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    database.execute("COMMIT")


def test_a_session_that_moved(journal: Path) -> None:
    """All rows of a session under another name are found, though they are numbered well."""
    with closing(sqlite3.connect(journal, isolation_level=None)) as database:
        database.execute("UPDATE entries SET session = 'sample-0004' WHERE session = 'sample-0001'")
    assert _file_flaws(journal) == ["entry 0 of session 'sample-0004': its content does not have its digest"]


def test_every_copy_of_a_name_in_the_file(journal: Path) -> None:
    """A name that is changed in the bytes of the file, in a row or in the index beside it, is found."""
    whole = journal.read_bytes()
    places = [place for place in range(len(whole)) if whole.startswith(b"sample-0001", place)]
    assert len(places) >= 10
    for place in places:
        journal.write_bytes(whole[:place] + b"sample-9001" + whole[place + 11 :])
        assert _file_flaws(journal), place


def test_foreign_cells_are_shown_as_they_are(journal: Path) -> None:
    """A cell of a foreign type is read as text that shows it; a place that is no whole number is named."""
    with closing(sqlite3.connect(journal, isolation_level=None)) as database, SqliteReader.open(journal) as reader:
        database.execute("UPDATE entries SET reply = NULL, events = x'00ff', at = CAST(x'41ff' AS TEXT) WHERE seq = 2")
        row = reader.rows(sample_agreement()[0].session, 1)[0]
        assert (row.reply, row.events, row.at) == ("None", "b'\\x00\\xff'", "A\udcff")
        database.execute("UPDATE entries SET seq = 'second' WHERE seq = 2 AND session = 'sample-0001'")
        with pytest.raises(ChainBroken) as raised:
            reader.rows(sample_agreement()[0].session)
        assert raised.value.message == "session 'sample-0001': an entry's place is 'second', which is no whole number"
        assert reader.orphans() == ("sample-0001",)


def test_a_list_of_broken_sessions(journal: Path) -> None:
    """A list shows sessions that nobody can read, under the names they have, as unfinished."""
    with closing(sqlite3.connect(journal, isolation_level=None)) as database, SqliteReader.open(journal) as reader:
        database.execute("UPDATE entries SET reply = '{' WHERE seq = 0 AND session = 'sample-0001'")
        database.execute("UPDATE entries SET events = x'00' WHERE seq = 4")
        database.execute("UPDATE entries SET reply = NULL WHERE seq = 2 AND session = 'sample-0002'")
        database.execute("UPDATE entries SET session = NULL WHERE session = 'sample-0003' AND seq = 0")
        listed = [(summary.id, summary.name, summary.entries, summary.state) for summary in reader.summaries()]
        assert sorted(listed) == [
            ("sample-0001", "", 5, "unfinished"),
            ("sample-0002", "sample", 3, "unfinished"),
            ("sample-0003", "", 1, "no_agreement"),
        ]
        assert reader.orphans() == ("None", "sample-0003")
