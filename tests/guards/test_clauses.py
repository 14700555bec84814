"""Does each clause of the rules of words decide about a draft? Honest and faulty ones that differ in just that clause."""

from __future__ import annotations

import pytest

from tests.corpus import Record
from tests.guards.clauses import ROWS, found_in


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_a_draft_is_judged_by_the_clause_that_its_row_shows(row: Record) -> None:
    """Codes and words of all findings are those of the row; a row names what it shows, and its twin lacks just that."""
    found = found_in(row)
    assert [[finding.code, finding.words] for finding in found] == row["findings"]
    assert bool(found) is str(row["id"]).rstrip("-0123456789").endswith("faulty")
