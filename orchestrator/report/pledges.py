"""How is what a talk holds of a shared pot told to people? In one line, with the pot's own unit."""

from __future__ import annotations

from decimal import Decimal

from orchestrator.engine import Session
from orchestrator.messages.pot import Pledged
from orchestrator.report.clean import clean
from orchestrator.report.figures import amount, plural

__all__ = ["amount_of", "pledged"]


def pledged(session: Session, event: Pledged) -> str:
    """Return what a talk holds of a pot from now on."""
    budgets = session.agenda.budgets
    pot = budgets.pot(event.pot) if budgets else None
    unit = pot.unit if pot else ""
    held = [
        f"{amount_of(each, unit)} {how}" for each, how in ((event.reserved, "reserved"), (event.committed, "committed")) if each
    ]
    return clean(f"pot {event.pot}: {' and '.join(held) or 'nothing held'}", 300)


def amount_of(number: Decimal, unit: str) -> str:
    """Return an amount with its unit: `60,000 USD`, `12 hours`."""
    return f"{amount(number)} {plural(number, unit)}".rstrip()
