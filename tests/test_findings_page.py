"""Does the page of findings say what the guards do? Each example is judged, and each code of the code is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest

from guards.gates import gate_book
from guards.shape import read as read_shape
from guards.standard import standard_guards
from orchestrator.engine.rules import Rules, judge, read
from orchestrator.messages.finding import Severity
from orchestrator.messages.view import View
from tests.corpus import negotiation_of, view_of
from tests.pages import ROOT

_PAGE = ROOT / "docs" / "reference" / "findings.md"
_KINDS = "shape|reference|policy|budget|mandate|terms|gate|guard|approval|guarantee|leak|injection|context|constraint|people"
_CODE = rf"(?:{_KINDS})\.[a-z_]+"
_ROW = re.compile(rf"^\| `({_CODE})` \| (\w+) \| (.+?) \| (?:`(.*)`)? *\|$", re.MULTILINE)
_WRITTEN = re.compile(rf'"({_CODE})"')
_COMPOSED = {
    *(f"policy.{fault}" for fault in ("range", "step", "option", "type")),
    *(f"leak.{sort}" for sort in ("fact", "limit")),
    *(f"injection.{sort}" for sort in ("hidden", "encoded")),
    *(f"terms.{sort}" for sort in ("figure", "date", "option", "kept", "step", "sum")),
}
"""Codes that the guards put together from two parts."""

_PLACES = ("guards", "guards/patterns", "orchestrator/engine")

_FULL = {
    "search_spend": 80000,
    "social_spend": 45000,
    "email_spend": 8000,
    "creative_format": "mixed",
    "creative_hours": 150,
    "launch_date": "2026-09-21",
    "flight_weeks": 6,
}
_TABLE: tuple[dict[str, object], ...] = (
    {"id": "m1-k4xq", "sender": "channel", "act": "propose", "terms": {"flight_weeks": 8}},
    {"id": "w-k4xq", "sender": "channel", "act": "withdraw", "offer": "m1-k4xq"},
    {"id": "m2-k4xq", "sender": "capacity", "act": "propose", "terms": {"launch_date": "2026-10-06"}},
    {"id": "m3-k4xq", "sender": "budget", "act": "propose", "terms": {**_FULL, "search_spend": 60000}},
    {"id": "m4-k4xq", "sender": "channel", "act": "propose", "terms": _FULL},
    {"id": "m5-k4xq", "sender": "channel", "act": "query", "text": "Which line would you move first?"},
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page's tables."""

    code: str
    severity: Severity
    example: str


def _rows() -> tuple[Row, ...]:
    found = _ROW.findall(_PAGE.read_text("utf-8"))
    return tuple(Row(code, severity, example) for code, severity, _, example in found)


_CAMPAIGN = ROOT / "prompts" / "campaign" / "negotiation.yaml"


@cache
def _view() -> View:
    return view_of(negotiation_of(_CAMPAIGN), "budget", _TABLE)


@cache
def _rules() -> Rules:
    negotiation = negotiation_of(_CAMPAIGN)
    return Rules(read=read_shape, guards=standard_guards(negotiation), gates=gate_book(negotiation))


@pytest.mark.parametrize("row", [row for row in _rows() if row.example], ids=lambda row: row.code)
def test_example_gives_its_finding(row: Row) -> None:
    """Each example on the page is found out with the code and the severity that the page gives."""
    reading = read(_rules(), row.example, _view())
    judged = judge(_rules(), reading.draft, _view()) if reading.draft else ()
    assert (row.code, row.severity) in [(finding.code, finding.severity) for finding in (*reading.findings, *judged)]


def test_every_code_is_on_the_page() -> None:
    """The page lists the codes of guards and engine: all of them, each once, and no others."""
    sources = [path for place in _PLACES for path in (ROOT / place).glob("*.py")]
    written = {code for source in sources for code in _WRITTEN.findall(source.read_text("utf-8"))}
    assert sorted(row.code for row in _rows()) == sorted(written | _COMPOSED)
