"""Where does a SQLite journal keep its ledger of shared pots? In two tables beside the entries, written with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from orchestrator.messages.ledger import Booking, Holding, Stock
from orchestrator.messages.pot import Room
from orchestrator.messages.value import SessionId
from orchestrator.storage.booking import Booked, book, room_in
from orchestrator.storage.ledger_cells import holding_cells, holding_in, stock_cells, stock_in
from orchestrator.storage.sqlite_file import unwritable

__all__ = ["SqliteLedger"]

_STOCKS = "SELECT name, title, unit, size, step, why, held, session, seq FROM pots"
_STOCK = f"{_STOCKS} WHERE name = ?"
_HOLDINGS = "SELECT pot, account, holder, reserved, committed, session, seq FROM pledges"
_HOLDING = f"{_HOLDINGS} WHERE pot = ? AND account = ?"
_PUT_STOCK = "INSERT OR REPLACE INTO pots VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_HOLDING = "INSERT OR REPLACE INTO pledges VALUES (?, ?, ?, ?, ?, ?, ?)"


class SqliteLedger:
    """The pots and pledges of one file, over a connection that reads, or that writes inside a transaction."""

    __slots__ = ("_connection", "_path")

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    def stock(self, pot: str) -> Stock | None:
        """Return a pot, or None where no session has brought it."""
        row: tuple[str, ...] | None = self._connection.execute(_STOCK, (pot,)).fetchone()
        return None if row is None else stock_in(row)

    def holding(self, pot: str, account: str) -> Holding | None:
        """Return what an account holds of a pot, or None where it never held anything."""
        row: tuple[str, ...] | None = self._connection.execute(_HOLDING, (pot, account)).fetchone()
        return None if row is None else holding_in(row)

    def stocks(self) -> tuple[Stock, ...]:
        """Return all pots, by name."""
        return tuple(map(stock_in, self._read(f"{_STOCKS} ORDER BY name")))

    def holdings(self, pot: str | None = None) -> tuple[Holding, ...]:
        """Return what is held, or was, of one pot or of all; by pot and account."""
        if pot is None:
            return tuple(map(holding_in, self._read(f"{_HOLDINGS} ORDER BY pot, account")))
        return tuple(map(holding_in, self._read(f"{_HOLDINGS} WHERE pot = ? ORDER BY account", pot)))

    def rooms(self, account: SessionId, pots: Iterable[str]) -> tuple[Room, ...]:
        """Return how much an account may hold of each pot now, all as of one moment."""
        if not self._is_kept():
            return ()
        try:
            self._connection.execute("BEGIN")
            try:
                known = [(stock, self.holding(pot, account)) for pot in pots if (stock := self.stock(pot))]
            finally:
                self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise unwritable(self._path, error) from error
        return tuple(room_in(stock, own) for stock, own in known)

    def book(self, booking: Booking) -> Booked:
        """Return what an entry leaves in the ledger, as `book` does. The transaction must have begun."""
        return book(booking, self)

    def put(self, booked: Booked) -> None:
        """Write what `book` returned, in the same transaction."""
        self._connection.executemany(_PUT_STOCK, map(stock_cells, booked.stocks))
        self._connection.executemany(_PUT_HOLDING, map(holding_cells, booked.holdings))

    def _read(self, query: str, *values: str) -> list[tuple[str, ...]]:
        try:
            return self._connection.execute(query, values).fetchall() if self._is_kept() else []
        except sqlite3.Error as error:
            raise unwritable(self._path, error) from error

    def _is_kept(self) -> bool:
        """Return whether the file has a ledger: one of an older format that nobody has written to since has none."""
        try:
            return bool(self._connection.execute("PRAGMA table_info(pots)").fetchall())
        except sqlite3.Error as error:
            raise unwritable(self._path, error) from error
