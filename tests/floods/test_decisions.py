"""Does a flood of words change what is agreed? Not under budget; where the history is cut in front, it does."""

from __future__ import annotations

import pytest

from orchestrator.engine import Session
from orchestrator.messages.terms import Number
from tests.floods.reader import FLOODS, Make, naive, play, under_budget


def _settled(session: Session) -> tuple[str | None, int, tuple[str, ...]]:
    prices = tuple(str(term.value) for term in session.terms if isinstance(term, Number) and term.issue == "unit_price")
    return session.status, session.round, prices


def _quiet(_: int) -> str:
    return "This is our offer."


@pytest.mark.parametrize("make", [under_budget, naive])
async def test_without_a_flood_the_supplier_holds_out(make: Make) -> None:
    """As long as it sees its mandate and the offers, the supplier waits for the price that it wants."""
    session = await play(make, _quiet)
    assert _settled(session) == ("agreed", 5, ("2.39",))


@pytest.mark.slow
@pytest.mark.parametrize("flood", FLOODS)
async def test_under_budget_a_flood_changes_nothing(flood: str) -> None:
    """With pinned parts and shares the same agreement is reached under every flood as without one."""
    assert _settled(await play(under_budget, FLOODS[flood])) == ("agreed", 5, ("2.39",))


@pytest.mark.slow
@pytest.mark.parametrize("flood", FLOODS)
async def test_a_history_that_is_cut_in_front_gives_way(flood: str) -> None:
    """Without them the same supplier signs earlier, for less: so the test above can fail."""
    status, rounds, (price,) = _settled(await play(naive, FLOODS[flood]))
    assert (status, rounds < 5, price < "2.39") == ("agreed", True, True)
