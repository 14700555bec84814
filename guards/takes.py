"""What do terms take of the pots that a negotiation draws on? Amounts read once, rounded up to the step of their pot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil

from guards.amount import Amount, CannotRead, Known, read_amount
from guards.grid import EXACT
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pot import Pot, Take, TakeBook, Taken
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, Terms, exact

__all__ = ["Takes", "take_book"]


@dataclass(frozen=True, slots=True)
class _Reading:
    pot: Pot
    take: Take
    amount: Amount | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Takes:
    """Says what terms take of each pot; `take_book` makes it."""

    takes: tuple[Take, ...]
    readings: tuple[_Reading, ...] = field(repr=False, compare=False)

    def __call__(self, terms: Terms, /) -> tuple[Taken, ...]:
        """Return the amounts, in the order of the file."""
        known = {str(term.issue): _known(term) for term in terms}
        return tuple(_taken(reading, known) for reading in self.readings)


def take_book(negotiation: Negotiation) -> TakeBook | None:
    """Return what reads the amounts of a negotiation; None where it draws on no pot."""
    budgets = negotiation.budgets
    if budgets is None:
        return None
    pots = {pot.name: pot for pot in budgets.pots}
    return Takes(budgets.takes, tuple(_read(take, pots[take.pot]) for take in budgets.takes if take.pot in pots))


def _read(take: Take, pot: Pot) -> _Reading:
    try:
        return _Reading(pot, take, read_amount(take.amount))
    except CannotRead as error:
        return _Reading(pot, take, None, str(error))


def _taken(reading: _Reading, known: Mapping[str, Known]) -> Taken:
    if reading.pot.step <= 0:
        return Taken(reading.pot.name, None, "its pot has no step")
    if reading.amount is None:
        return Taken(reading.pot.name, None, reading.problem)
    missing = reading.amount.names - known.keys()
    if missing:
        return Taken(reading.pot.name, None, f"open: {', '.join(sorted(missing))}")
    try:
        value = reading.amount.of(known)
    except CannotRead as error:
        return Taken(reading.pot.name, None, str(error))
    return Taken(reading.pot.name, _rounded(value, reading.pot.step))


def _rounded(value: Fraction, step: Decimal) -> Decimal:
    """Return the value as whole steps, rounded up; what is below 0 gives a pot nothing."""
    steps = max(0, ceil(value / Fraction(step)))
    return Decimal(exact(EXACT.multiply(Decimal(steps), step)))


def _known(term: Term) -> Known:
    match term:
        case Number():
            return Fraction(term.value)
        case Choice() | Flag():
            return term.value
        case Day():
            return term.value.isoformat()
