"""What is in the table of clauses? Drafts over a ring of bells, each with what all guards find in it and what it shows."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import cast

from guards.standard import standard_guards
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.view import Guard
from tests.corpus import Record, draft_of, negotiation_of, view_of

__all__ = ["ROWS", "found_in"]

_TABLES = Path(__file__).resolve().parents[1] / "tables"
ROWS = tuple(cast("Record", json.loads(line)) for line in (_TABLES / "guards-clauses.jsonl").read_text("utf-8").splitlines())

_TERMS: Record = {
    "bell_price": 20, "bronze": 2400, "bell_count": 5, "tuning": "concert", "hanging_day": "2028-05-18", "casting_weeks": 16,
    "deposit": 20, "payment_days": 30, "warranty": 12, "crane": True, "trial": "2-week",
}  # fmt: skip
"""The terms of each proposal, but for those that its row changes."""
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
    {
        "id": "m3",
        "sender": "haulier",
        "act": "inform",
        "text": "The crane can stand in the yard from 8 May, for 640 euros a day.",
    },
)
"""What was said before each draft; `then` of a row says what followed."""


def found_in(row: Record) -> tuple[Finding, ...]:
    """Return what all guards find in the draft of a row, in order."""
    negotiation, guards = _bells()
    terms = {**_TERMS, **cast("Record", row.get("terms", {}))} if row["act"] == "propose" else {}
    offer = {"offer": row["offer"]} if "offer" in row else {}
    draft = draft_of(negotiation, {"act": row["act"], "text": row["text"], "terms": terms, **offer})
    view = view_of(negotiation, str(row["sender"]), (*_TALK, *cast("list[Record]", row.get("then", []))))
    return tuple(finding for guard in guards for finding in guard(draft, view))


@lru_cache(maxsize=1)
def _bells() -> tuple[Negotiation, tuple[Guard, ...]]:
    negotiation = negotiation_of(_TABLES / "trades" / "bells.yaml")
    return negotiation, standard_guards(negotiation)
