"""Do the journals that older versions wrote still hold? Each is verified and decided again, entry by entry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestrator.assembly import check_heads, rules_for
from orchestrator.messages.entry import Row
from orchestrator.runtime.record import redecide

JOURNALS = sorted((Path(__file__).parent / "journals").glob("*.jsonl"))
ENDS = {"campaign": ("agreed", "all"), "procurement": ("agreed", "all")}


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_stored_journal_is_decided_as_it_was(path: Path) -> None:
    """Chain and signatures hold, every recorded reply gives the recorded events, and the session ends as it did."""
    rows = tuple(Row(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())
    session = redecide(check_heads(rows).entries, rules_for)
    assert (session.status, session.reason) == ENDS[path.stem]
