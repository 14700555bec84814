"""How does a process die that keeps a shared pot, and what must be there afterwards? The machine of talks, over a file."""
# ruff: noqa: D401 - the docstring of a step says what happens

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from orchestrator.engine import Session
from orchestrator.errors import Conflict, Unwritable
from orchestrator.messages.journal import Journal
from orchestrator.runtime.keeping import keep
from orchestrator.runtime.record import entries_of, session_of
from orchestrator.storage.sqlite import SqliteJournal
from orchestrator.testing.samples import sample_key
from tests.runtime.pots_machine import PICK, PRICES, SharedPot, picked, proposal

__all__ = ["DurableTalks"]


class DurableTalks(SharedPot):
    """The same over a file, with a process that dies."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "handfast.db"
        super().__init__()

    def opened(self) -> Journal:
        """Return the journal in the file."""
        return SqliteJournal.open(self.path, sample_key().sign)

    def teardown(self) -> None:
        """Close the journal and drop the file."""
        self.decided_alike()
        super().teardown()
        self.folder.cleanup()

    @rule()
    def die(self) -> None:
        """The process dies and another reads all from the file."""
        self.run(self.journal.close())
        self._recover()

    @precondition(lambda self: self._talking())
    @rule(pick=PICK, price=PRICES)
    def die_with_an_answer(self, pick: int, price: int) -> None:
        """A model has answered and the process dies before the entry is written; the model is asked anew."""
        session = picked(self._talking(), pick)
        self._written(session, proposal(price))
        self.die()

    @precondition(lambda self: len(self._talking()) > 1)
    @rule(prices=st.lists(PRICES, min_size=2, max_size=3), table=st.sampled_from(["entries", "pots", "pledges"]))
    def die_in_a_transaction(self, prices: list[int], table: str) -> None:
        """The disk fails in the middle of a transaction, after some of its rows; nothing of it is there afterwards."""
        self._break(table)
        talking = self._talking()

        async def doomed() -> None:
            writing = (
                keep(session, self._written(session, proposal(price)), self._rules(session), self.journal)
                for session, price in zip(talking, prices, strict=False)
            )
            for outcome in await asyncio.gather(*writing, return_exceptions=True):
                if isinstance(outcome, Session):
                    self._note(outcome)
                else:
                    assert isinstance(outcome, Unwritable | Conflict), repr(outcome)

        self.run(doomed())
        self.run(self.journal.close())
        self._mend()
        self._recover()

    def _break(self, table: str) -> None:
        """Let the second write to a table fail from now on, as a disk does and not as a taken place; some never get there."""
        with closing(sqlite3.connect(self.path)) as disk, disk:
            disk.execute("CREATE TABLE writes (n)")
            # The name is one of three that stand in the rule above.
            disk.execute(
                f"CREATE TRIGGER fault BEFORE INSERT ON {table} WHEN (SELECT count(*) FROM writes) > 0"  # noqa: S608 - as above
                " BEGIN SELECT abs(-9223372036854775807 - 1); END"
            )
            disk.execute(f"CREATE TRIGGER count AFTER INSERT ON {table} BEGIN INSERT INTO writes VALUES (1); END")  # noqa: S608

    def _mend(self) -> None:
        with closing(sqlite3.connect(self.path)) as disk, disk:
            disk.execute("DROP TRIGGER fault")
            disk.execute("DROP TRIGGER count")
            disk.execute("DROP TABLE writes")

    def _recover(self) -> None:
        """Open the file again and read all sessions from it, as a process does that knows nothing."""
        self.journal = self.opened()
        self.talks = {name: session_of(entries_of(self.journal, name)) for name in self.talks}
