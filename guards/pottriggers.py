"""Which triggers are true of these pots? One that cannot be decided is not true: the agreement stands as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from guards.cel import RuleBook, compile_rule, rule_book
from orchestrator.messages.negotiation import Negotiation, NumberIssue, Rule
from orchestrator.messages.pot import PotFigures
from orchestrator.messages.rulecheck import RuleMistake
from orchestrator.messages.terms import Number, Terms
from orchestrator.messages.trigger import PotTrigger
from orchestrator.messages.value import IssueName

__all__ = ["PotTriggers", "check_pot_triggers", "pot_trigger_book"]

_NAMES = ("free", "committed", "reserved", "size")
_FIGURES = tuple(NumberIssue(name=IssueName(name), min=Decimal(0), max=Decimal(1)) for name in _NAMES)
_EXPECTED = f"an expression over {', '.join(_NAMES)} that gives true or false"


@dataclass(frozen=True, slots=True)
class PotTriggers:
    """Reads all triggers over the pots of a negotiation."""

    books: tuple[tuple[PotTrigger, RuleBook], ...]

    def __call__(self, pots: tuple[PotFigures, ...], /) -> frozenset[str]:
        """Return the ids of the triggers that hold."""
        known = {each.pot: _terms(each) for each in pots}
        return frozenset(each.id for each, book in self.books if each.pot in known and _holds(book, known[each.pot]))


def pot_trigger_book(negotiation: Negotiation) -> PotTriggers | None:
    """Compile the triggers over pots of a negotiation; None where it has none."""
    books = tuple((trigger, rule_book(_FIGURES, (_rule(trigger),))) for trigger in _pot_triggers(negotiation))
    return PotTriggers(books) if books else None


def check_pot_triggers(negotiation: Negotiation) -> Iterator[RuleMistake]:
    """Yield what is wrong with the expressions of the triggers over pots."""
    for trigger in _pot_triggers(negotiation):
        rule = _rule(trigger)
        compiled = compile_rule(_FIGURES, rule, ())
        if compiled.program is None:
            yield _mistake(rule, f"cannot be used: {compiled.problem}")
        elif not compiled.names:
            yield _mistake(rule, "names no figure of its pot")
        else:
            full = PotFigures(pot=trigger.pot, size=Decimal(100), reserved=Decimal(20), committed=Decimal(30))
            (reading,) = rule_book(_FIGURES, (rule,)).read(_terms(full))
            if reading.answer not in ("holds", "broken"):
                yield _mistake(rule, f"can never be decided: {reading.reason}")


def _pot_triggers(negotiation: Negotiation) -> Iterator[PotTrigger]:
    return (trigger for trigger in negotiation.triggers if isinstance(trigger, PotTrigger))


def _rule(trigger: PotTrigger) -> Rule:
    return Rule(id=trigger.id, rule=trigger.when)


def _mistake(rule: Rule, problem: str) -> RuleMistake:
    return RuleMistake(where="triggers", role=None, id=rule.id, problem=problem, expected=_EXPECTED)


def _holds(book: RuleBook, terms: Terms) -> bool:
    (reading,) = book.read(terms)
    return reading.answer == "holds"


def _terms(pot: PotFigures) -> Terms:
    values = (pot.free, pot.committed, pot.reserved, pot.size)
    return tuple(Number(issue=IssueName(name), value=value) for name, value in zip(_NAMES, values, strict=True))
