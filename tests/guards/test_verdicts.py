"""Is every draft that the rules were made on judged as before? A change of rules shows here, draft by draft."""

from __future__ import annotations

import json
from typing import cast

import pytest

from tests.corpus import Record
from tests.guards.verdicts import TABLE, case_in, said_of

_ROWS = [cast("Record", json.loads(line)) for line in TABLE.read_text(encoding="utf-8").splitlines()]
_FEW = 10
"""Drafts of one test, so that each takes no time to speak of."""


@pytest.mark.parametrize("first", range(0, len(_ROWS), _FEW))
def test_drafts_are_judged_as_the_table_says(first: int) -> None:
    """Code, weight and words of every finding; `python -m tests.guards.renew` writes the table anew."""
    rows = _ROWS[first : first + _FEW]
    found = {str(row["id"]): said_of(case_in(str(row["corpus"]), str(row["id"]))) for row in rows}
    assert found == {str(row["id"]): row["findings"] for row in rows}
