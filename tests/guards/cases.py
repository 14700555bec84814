"""What do the rows of `tests/tables/guards-*.jsonl` say? Views, drafts and findings of each case."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias, cast

from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Negotiation
from orchestrator.messages.view import View
from tests.corpus import Record, draft_of, negotiation_of, view_of

__all__ = ["CAMPAIGN", "FULL", "Brief", "Case", "brief", "cases", "expected", "negotiation", "rows"]

_ROOT = Path(__file__).parents[2]

Brief: TypeAlias = tuple[str, str, str, str]
"""Code, severity, path and words of a finding."""

FULL: Record = {
    "search_spend": 60000,
    "social_spend": 40000,
    "email_spend": 10000,
    "creative_format": "mixed",
    "creative_hours": 150,
    "launch_date": "2026-10-01",
    "flight_weeks": 5,
}


@dataclass(frozen=True, slots=True)
class Case:
    """A draft, the view of its sender, and what a guard must find."""

    id: str
    negotiation: Negotiation
    draft: Draft
    view: View
    findings: tuple[Brief, ...]


@lru_cache(maxsize=8)
def negotiation(name: str) -> Negotiation:
    """Return a shipped negotiation."""
    return negotiation_of(_ROOT / "prompts" / name / "negotiation.yaml")


CAMPAIGN = negotiation("campaign")


def brief(findings: Sequence[Finding]) -> tuple[Brief, ...]:
    """Return what the tables record of findings."""
    return tuple((finding.code, finding.severity, finding.path, finding.words) for finding in findings)


@lru_cache(maxsize=8)
def rows(name: str) -> dict[str, Record]:
    """Return the rows of a table by their ids."""
    lines = (_ROOT / "tests" / "tables" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    read = [cast("Record", json.loads(line)) for line in lines]
    return {str(row["id"]): row for row in read}


@lru_cache(maxsize=8)
def cases(name: str) -> dict[str, Case]:
    """Return the cases of a table of drafts by their ids."""
    return {name: _case(row) for name, row in rows(name).items()}


def expected(row: Record) -> tuple[Brief, ...]:
    """Return the findings that a row expects."""
    return tuple((code, severity, path, words) for code, severity, path, words in cast("list[Brief]", row["findings"]))


def _case(row: Record) -> Case:
    held = negotiation(str(row["negotiation"]))
    view = view_of(held, str(row["sender"]), cast("list[Record]", row["history"]))
    return Case(str(row["id"]), held, draft_of(held, cast("Record", row["draft"])), view, expected(row))
