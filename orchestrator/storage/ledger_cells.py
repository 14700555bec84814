"""How do the rows of the ledger stand in a table? The same cells in every store: figures as texts, never floats."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from orchestrator.messages.ledger import Holding, Stock
from orchestrator.messages.pot import Pot

__all__ = ["holding_cells", "holding_in", "stock_cells", "stock_in"]


def stock_in(row: Sequence[Any]) -> Stock:
    """Return the pot that a row tells of."""
    name, title, unit, size, step, why, held, session, seq = row
    pot = Pot(name=name, title=title, unit=unit, size=Decimal(size), step=Decimal(step), why=why)
    return Stock(pot=pot, held=Decimal(held), session=session, seq=int(seq))


def stock_cells(stock: Stock) -> tuple[str | int, ...]:
    """Return the row of a pot."""
    pot = stock.pot
    figures = (f"{pot.size:f}", f"{pot.step:f}")
    return pot.name, pot.title, pot.unit, *figures, pot.why, f"{stock.held:f}", stock.session, stock.seq


def holding_in(row: Sequence[Any]) -> Holding:
    """Return what is held, as a row tells it."""
    pot, account, holder, reserved, committed, session, seq = row
    return Holding(
        pot=pot,
        account=account,
        holder=holder,
        reserved=Decimal(reserved),
        committed=Decimal(committed),
        session=session,
        seq=int(seq),
    )


def holding_cells(held: Holding) -> tuple[str | int, ...]:
    """Return the row of what is held."""
    figures = (f"{held.reserved:f}", f"{held.committed:f}")
    return held.pot, held.account, held.holder, *figures, held.session, held.seq
