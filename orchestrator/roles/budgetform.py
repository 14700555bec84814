"""How does a person write pots that negotiations share? A file of pots, and in each negotiation what it takes of them."""

from __future__ import annotations

from decimal import Decimal

from orchestrator.messages.pot import Pot
from orchestrator.messages.value import Value
from orchestrator.roles.fit import Amount, Expression, Line, Name

__all__ = ["BudgetsForm", "PotForm", "TakeForm"]


class PotForm(Value):
    """So much of something that several negotiations share: money, hours, slots."""

    name: Name
    title: Line
    unit: Line | None = None
    size: Amount
    """All that there is of it."""
    step: Amount = Decimal("0.01")
    """Amounts are rounded up to whole multiples of it."""
    why: Line | None = None

    def pot(self) -> Pot:
        """Return the pot that it says."""
        return Pot(name=self.name, title=self.title, unit=self.unit or "", size=self.size, step=self.step, why=self.why or "")


class TakeForm(Value):
    """How much an offer takes of a pot."""

    pot: Name
    amount: Expression
    """A CEL expression over the issues that gives a number: sums, products, conditions."""


class BudgetsForm(Value):
    """Which shared pots an agreement draws on: a standing offer reserves, an agreement commits, anything else releases."""

    file: Line
    """The budget file, from the folder of this one on: '../budgets.yaml'."""
