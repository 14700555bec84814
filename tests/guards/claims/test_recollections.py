"""Is it seen what was never said, offered, moved or let go of, and is an honest recollection left alone?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from tests.corpus import Record
from tests.guards.verdicts import case_in, said_of

_TABLE = Path(__file__).parents[2] / "tables" / "guards-history.jsonl"
_ROWS = tuple(cast("Record", json.loads(line)) for line in _TABLE.read_text("utf-8").splitlines())


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row['case']}-{str(row['text'])[:40]}")
def test_what_is_recalled_is_held_against_the_messages_that_it_means(row: Record) -> None:
    """A sentence of the table, said after the talk of a labelled case, has findings of history exactly if it is faulty."""
    case = case_in(str(row["corpus"]), str(row["case"]))
    found = said_of({**case, "draft": {"act": "inform", "text": row["text"]}})
    assert {code.partition(".")[0] for code, _, _ in found} == ({"history"} if row["faulty"] else set())
    assert all(words in str(row["text"]) for _, _, words in found)
