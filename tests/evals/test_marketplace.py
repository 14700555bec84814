"""Tests of the suite `marketplace`: the best matching, the day over the bus, and what gathering quotes changes."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.harness.running import Job, done_of, plan
from evals.harness.suite import Options
from evals.harness.table import Attacker, folder_of, hold, hostile
from evals.market.assignment import best_assignment
from evals.suites.registry import load_suite
from orchestrator.assembly import rules_for

_WORTHS = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(-5, 9).map(float), min_size=columns, max_size=columns), min_size=1, max_size=4
    )
)


def _tried(worths: list[list[float]]) -> float:
    """Return the best total by trying all ways, each row having the choice to stay alone."""
    rows, columns = len(worths), len(worths[0])
    places = (*range(columns), *([-1] * rows))
    return max(
        sum(0.0 if place < 0 else worths[row][place] for row, place in enumerate(way)) for way in permutations(places, rows)
    )


@given(_WORTHS)
def test_the_best_assignment_is_the_best_of_all(worths: list[list[float]]) -> None:
    """No way of matching rows to columns is worth more, and no column is given away twice."""
    found = best_assignment(worths)
    taken = [column for column in found if column is not None]
    total = sum(worths[row][column] for row, column in enumerate(found) if column is not None)
    assert len(taken) == len(set(taken))
    assert total == _tried(worths)


def test_nobody_is_matched_where_nobody_is() -> None:
    """An empty market has an empty matching."""
    assert best_assignment([]) == ()


def test_gathered_quotes_take_the_advantage_from_who_is_fast() -> None:
    """A hasty buyer takes what came first; where quotes are gathered, no deal is lost and the first offer wins less often."""
    suite = load_suite("marketplace")
    options = Options(given={"buyers": "6", "sellers": "18", "found": "3", "habit": "hasty"})
    wanted = plan(suite, options)
    assert all(proof.holds for proof in suite.proofs(options))
    done = {job.case.id: done_of(suite, options, Job(job.case, 1)) for job in wanted.jobs()}
    before, after = done["open/hasty"], done["gathered/hasty"]
    assert (before.error, after.error) == ("", "")
    assert before.value("deals") == after.value("deals") == 1.0
    assert (before.value("first") or 0) > (after.value("first") or 0)
    assert (before.value("refused"), bool(after.value("refused"))) == (0.0, True)
    assert (after.value("welfare") or 0) <= 1.0


@pytest.mark.parametrize("wanted", [0, 2])
def test_no_acceptance_is_admitted_before_enough_offers_whoever_hurries(wanted: int) -> None:
    """With a role that accepts at once, `min_offers` puts every acceptance behind offers of two others."""
    folder = folder_of("campaign")
    agreement = folder.negotiation.agreement.model_copy(update={"min_offers": wanted})
    negotiation = folder.negotiation.model_copy(update={"agreement": agreement})
    hurried = Attacker(hostile(negotiation, "hasty"))
    session = hold(replace(folder, negotiation=negotiation), rules_for(negotiation), seed=1, seats={"channel": hurried}).session
    first = next(move for move in session.moves if move.act == "accept")
    offered = {move.sender for move in session.moves if move.turn < first.turn and move.act == "propose"} - {first.sender}
    assert session.status == "agreed"
    assert len(offered) >= max(1, wanted)
