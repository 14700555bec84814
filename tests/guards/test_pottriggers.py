"""Are the triggers on pots read over their figures, each over its own pot?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from guards.pottriggers import check_pot_triggers, pot_trigger_book
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.pot import PotFigures
from orchestrator.messages.trigger import PotTrigger
from orchestrator.testing.samples import sample_negotiation


def _made(*expressions: str) -> Negotiation:
    triggers = tuple(
        PotTrigger(id=f"t{place}", why="test", pot="purse" if place % 2 == 0 else "vat", when=when)
        for place, when in enumerate(expressions)
    )
    return sample_negotiation().model_copy(update={"triggers": triggers})


def _figures(pot: str, size: int, reserved: int, committed: int) -> PotFigures:
    return PotFigures(pot=pot, size=Decimal(size), reserved=Decimal(reserved), committed=Decimal(committed))


def test_each_trigger_reads_its_own_pot() -> None:
    """Free is what is neither reserved nor committed; a pot that was not seen makes nothing true."""
    book = pot_trigger_book(_made("free < 30", "free < 30", "committed == 50 && reserved == 21", "size > 100"))
    assert book is not None
    assert book((_figures("purse", 100, 21, 50),)) == {"t0", "t2"}
    assert book((_figures("purse", 100, 20, 50), _figures("vat", 120, 0, 100))) == {"t1", "t3"}
    assert book(()) == frozenset()


def test_without_triggers_there_is_no_book() -> None:
    """A negotiation without triggers on pots needs nothing that reads them."""
    assert pot_trigger_book(_made()) is None


@pytest.mark.parametrize(
    ("when", "problem"),
    [
        ("fre < 30", "cannot be used: undeclared reference to 'fre'"),
        ("1 < 30", "names no figure of its pot"),
    ],
)
def test_mistakes_are_told(when: str, problem: str) -> None:
    """An expression that cannot be used, or that says nothing of the pot, is a mistake."""
    (mistake,) = check_pot_triggers(_made(when))
    assert (mistake.where, mistake.id, mistake.problem) == ("triggers", "t0", problem)


def test_what_is_right_has_no_mistake() -> None:
    """All four figures may be named."""
    assert list(check_pot_triggers(_made("free < 10000", "committed + reserved > size / 2"))) == []
