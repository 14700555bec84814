"""Does each clause of the rules of words decide about a draft? Honest and faulty ones that differ in just that clause."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from guards.standard import standard_guards
from tests.corpus import Record, draft_of, negotiation_of, view_of

_TABLES = Path(__file__).resolve().parents[1] / "tables"
_ROWS = tuple(cast("Record", json.loads(line)) for line in (_TABLES / "guards-clauses.jsonl").read_text("utf-8").splitlines())
_BELLS = negotiation_of(_TABLES / "trades" / "bells.yaml")
_GUARDS = standard_guards(_BELLS)
_TERMS: Record = {
    "bell_price": 20, "bronze": 2400, "bell_count": 5, "tuning": "concert", "hanging_day": "2028-05-18", "casting_weeks": 16,
    "deposit": 20, "payment_days": 30, "warranty": 12, "crane": True, "trial": "2-week",
}  # fmt: skip
_TALK: tuple[Record, ...] = (
    {
        "id": "m1",
        "sender": "parish",
        "act": "propose",
        "terms": {**_TERMS, "bell_price": 18, "deposit": 10, "warranty": 15},
        "text": "We start at 18 a kilo with fifteen years of warranty.",
    },
    {
        "id": "m2",
        "sender": "foundry",
        "act": "propose",
        "terms": {**_TERMS, "bell_price": 24.5, "deposit": 35, "casting_weeks": 22, "payment_days": 14},
        "text": "24.50 a kilo and 22 weeks in the pit; concert pitch takes time.",
    },
    {"id": "m3", "sender": "haulier", "act": "inform", "text": "The crane can stand in the yard from 8 May, for 640 euros a day."},
)


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: str(row["id"]))
def test_a_draft_is_judged_by_the_clause_that_its_row_shows(row: Record) -> None:
    """Codes and words of all findings are those of the row; a row names what it shows, and its twin lacks just that."""
    changed = cast("Record", row.get("terms", {}))
    terms = {issue: value for issue, value in {**_TERMS, **changed}.items() if value is not None}
    draft = {"act": row["act"], "text": row["text"], **({"terms": terms} if row["act"] == "propose" else {})}
    draft |= {"offer": row["offer"]} if "offer" in row else {}
    history = (*_TALK, *cast("list[Record]", row.get("then", [])))
    view = view_of(_BELLS, str(row["sender"]), history)
    found = [finding for guard in _GUARDS for finding in guard(draft_of(_BELLS, draft), view)]
    assert [[finding.code, finding.words] for finding in found] == row["findings"]
