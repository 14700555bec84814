"""How do the shared pots of a journal stand? A bar and the figures of each, and by whom it is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from orchestrator.messages.ledger import Holding, Stock
from orchestrator.messages.pot import Pot
from orchestrator.messages.terms import exact
from orchestrator.report.clean import clean
from orchestrator.report.figures import amount
from orchestrator.report.pledges import amount_of
from orchestrator.report.printed import Json

__all__ = ["Filled", "filled", "pot_json", "pot_lines"]

_COMMITTED, _RESERVED, _FREE = "#", "+", "."


@dataclass(frozen=True, slots=True)
class Filled:
    """A pot and what is held of it, the largest holding first."""

    pot: Pot
    holdings: tuple[Holding, ...]

    @property
    def committed(self) -> Decimal:
        """Return what agreements bind."""
        return sum((each.committed for each in self.holdings), Decimal(0))

    @property
    def reserved(self) -> Decimal:
        """Return what offers that stand may still take."""
        return sum((each.reserved for each in self.holdings), Decimal(0))

    @property
    def free(self) -> Decimal:
        """Return what is left."""
        return self.pot.size - self.committed - self.reserved


def filled(stocks: Iterable[Stock], holdings: Iterable[Holding]) -> tuple[Filled, ...]:
    """Return each pot with what is held of it now."""
    held = sorted((each for each in holdings if each.held), key=lambda each: (-each.held, each.account))
    return tuple(Filled(stock.pot, tuple(each for each in held if each.pot == stock.pot.name)) for stock in stocks)


def pot_lines(each: Filled, width: int) -> Iterator[str]:
    """Yield how a pot stands: its title, a bar, its figures, and a line for each holder."""
    pot = each.pot
    yield clean(f"{pot.name}: {pot.title}" + (f" ({pot.why})" if pot.why else ""), 300)
    yield f"  [{_bar(each, max(10, min(60, width - 4)))}]"
    figures = f"{amount(each.committed)} committed, {amount(each.reserved)} reserved, {amount(each.free)} free"
    yield f"  {clean(f'{amount_of(pot.size, pot.unit)}: {figures}', 300)}"
    for holding in each.holdings:
        parts = [
            f"{amount_of(number, pot.unit)} {how}"
            for number, how in ((holding.committed, "committed"), (holding.reserved, "reserved"))
            if number
        ]
        yield f"  {clean(holding.holder)}: {clean(' and '.join(parts), 300)}"


def pot_json(each: Filled) -> dict[str, Json]:
    """Return how a pot stands for a program; amounts are decimal text."""
    pot = each.pot
    by: list[Json] = [
        {
            "session": holding.holder,
            "account": holding.account,
            "committed": exact(holding.committed),
            "reserved": exact(holding.reserved),
        }
        for holding in each.holdings
    ]
    return {
        "name": pot.name,
        "title": pot.title,
        "unit": pot.unit,
        "size": exact(pot.size),
        "committed": exact(each.committed),
        "reserved": exact(each.reserved),
        "free": exact(each.free),
        "by": by,
    }


def _bar(each: Filled, width: int) -> str:
    """Return a bar in which nothing that is held looks like nothing, and nothing that is free looks like all."""
    if not each.pot.size:
        return _FREE * width
    ends = [int(width * part / each.pot.size) for part in (each.committed, each.committed + each.reserved)]
    committed = min(width, max(ends[0], 1 if each.committed else 0))
    reserved = min(width - committed, max(ends[1] - committed, 1 if each.reserved else 0))
    return _COMMITTED * committed + _RESERVED * reserved + _FREE * (width - committed - reserved)
