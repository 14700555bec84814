"""Where does a journal in a database keep its ledger of shared pots? In two tables beside the entries, written with them.

Whoever books holds a lock on the name of each pot until the transaction ends, taken in the order of the names: a pot that
two processes bring or draw on at once is read by the second as the first has left it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orchestrator.messages.ledger import Booking, Holding, Stock
from orchestrator.messages.pot import Room
from orchestrator.messages.value import SessionId
from orchestrator.storage.booking import Booked, book, room_in
from orchestrator.storage.ledger_cells import holding_cells, holding_in, stock_cells, stock_in
from orchestrator.storage.postgres_link import Connection
from orchestrator.storage.postgres_place import PostgresPlace
from orchestrator.storage.postgres_tables import in_schema

__all__ = ["PostgresLedger"]

_STOCK = "p.name, p.title, p.unit, p.size, p.step, p.why, p.held, p.session, p.seq"
_HOLDING = "l.pot, l.account, l.holder, l.reserved, l.committed, l.session, l.seq"
_STOCKS = f"SELECT {_STOCK} FROM {{pots}} p ORDER BY p.name"  # noqa: S608 - fixed names
_ONE_STOCK = f"SELECT {_STOCK} FROM {{pots}} p WHERE p.name = %s"  # noqa: S608 - fixed names
_HOLDINGS = f"SELECT {_HOLDING} FROM {{pledges}} l WHERE %s::text IS NULL OR l.pot = %s ORDER BY l.pot, l.account"  # noqa: S608 - fixed names
_ONE_HOLDING = f"SELECT {_HOLDING} FROM {{pledges}} l WHERE l.pot = %s AND l.account = %s"  # noqa: S608 - fixed names
_ROOMS = f"""
SELECT {_STOCK}, {_HOLDING} FROM {{pots}} p LEFT JOIN {{pledges}} l ON l.pot = p.name AND l.account = %s WHERE p.name = ANY(%s)
"""  # noqa: S608 - fixed names
_LOCK = """
SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(%s::text[]) WITH ORDINALITY AS n(name, nth) ORDER BY nth
"""
_PUT_STOCK = """
INSERT INTO {pots} VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (name) DO UPDATE SET title = excluded.title, unit = excluded.unit, size = excluded.size, step = excluded.step,
    why = excluded.why, held = excluded.held, session = excluded.session, seq = excluded.seq
"""
_PUT_HOLDING = """
INSERT INTO {pledges} VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (pot, account) DO UPDATE SET holder = excluded.holder, reserved = excluded.reserved,
    committed = excluded.committed, session = excluded.session, seq = excluded.seq
"""


class PostgresLedger:
    """The pots and pledges of one journal, over a connection that reads, or that writes inside a transaction."""

    __slots__ = ("_connection", "_place")

    def __init__(self, connection: Connection, place: PostgresPlace) -> None:
        self._connection = connection
        self._place = place

    def stock(self, pot: str) -> Stock | None:
        """Return a pot, or None where no session has brought it."""
        return next((stock_in(row) for row in self._read(_ONE_STOCK, pot)), None)

    def holding(self, pot: str, account: str) -> Holding | None:
        """Return what an account holds of a pot, or None where it never held anything."""
        return next((holding_in(row) for row in self._read(_ONE_HOLDING, pot, account)), None)

    def stocks(self) -> tuple[Stock, ...]:
        """Return all pots, by name."""
        return tuple(map(stock_in, self._read(_STOCKS)))

    def holdings(self, pot: str | None = None) -> tuple[Holding, ...]:
        """Return what is held, or was, of one pot or of all; by pot and account."""
        return tuple(map(holding_in, self._read(_HOLDINGS, pot, pot)))

    def rooms(self, account: SessionId, pots: Iterable[str]) -> tuple[Room, ...]:
        """Return how much an account may hold of each pot now, all as of one moment."""
        names = list(pots)
        found = {
            row[0]: (stock_in(row[:9]), holding_in(row[9:]) if row[9] is not None else None)
            for row in self._read(_ROOMS, account, names)
        }
        return tuple(room_in(*found[name]) for name in names if name in found)

    def lock(self, pots: Iterable[str]) -> None:
        """Let nobody else book on these pots until the transaction ends."""
        self._connection.execute(_LOCK, (sorted(f"{self._place.schema} {pot}" for pot in set(pots)),))

    def book(self, booking: Booking) -> None:
        """Write what an entry leaves in the ledger. Raises, with nothing written, what `book` raises."""
        self.put(book(booking, self))

    def put(self, booked: Booked) -> None:
        """Write what `book` returned, in the same transaction."""
        with self._connection.cursor() as cursor:
            cursor.executemany(in_schema(self._place, _PUT_STOCK), list(map(stock_cells, booked.stocks)))
            cursor.executemany(in_schema(self._place, _PUT_HOLDING), list(map(holding_cells, booked.holdings)))

    def _read(self, query: str, *values: str | list[str] | None) -> list[tuple[Any, ...]]:
        return self._connection.execute(in_schema(self._place, query), values).fetchall()
