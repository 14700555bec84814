"""Does the measurement of findings measure? A planted ring is named, and the table has a row for each form and abuse."""

from __future__ import annotations

import pytest

from evals.auctions.__main__ import FIRST_SEED, judged, main
from evals.auctions.measures import cell_of
from evals.auctions.world import row_of
from orchestrator.report.scores import Share


@pytest.mark.slow
def test_a_planted_ring_is_counted() -> None:
    """Its members are the culprits, and nobody honest is named."""
    cell = cell_of([judged("first_price", "ring", FIRST_SEED - 1, 16)])
    assert (cell.culprits, cell.honest, cell.rows) == (Share(2, 2), Share(0, 3), Share(0, 1))
    assert 100 < cell.price < 1_000


def test_a_row_is_the_same_for_the_same_seed() -> None:
    """Values, manners and culprits are drawn by it."""
    assert row_of("ascending", "shill", 5, 3) == row_of("ascending", "shill", 5, 3)
    assert row_of("ascending", "shill", 5, 3) != row_of("ascending", "shill", 6, 3)
    assert len(row_of("ascending", "ring_of_3", 5, 3).culprits) == 3


@pytest.mark.slow
def test_the_table_has_all_rows(capsys: pytest.CaptureFixture[str]) -> None:
    """Copying and sniping are planted where bids can be seen."""
    main(["--rows", "1", "--auctions", "2", "--seed", "1"])
    rows = [line.split()[:2] for line in capsys.readouterr().out.splitlines()[2:]]
    assert (len(rows), rows.count(["ascending", "copy"]), ["first_price", "copy"] in rows) == (20, 1, False)
