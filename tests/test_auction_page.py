"""Does the page of findings about auctions list what there is? Every code of guards and of bids, and no other."""

from __future__ import annotations

import re

from orchestrator.analysis.auctions import CODES
from tests.pages import ROOT

_PAGE = ROOT / "docs" / "reference" / "auction-findings.md"
_GUARDS = ROOT / "guards" / "patterns" / "auction.py"


def test_every_code_is_on_the_page() -> None:
    """The page has a row for each code, and none for codes that there are not."""
    rows = re.findall(r"^\| `(auction\.[a-z]+)` \|", _PAGE.read_text("utf-8"), re.MULTILINE)
    written = {f"auction.{code}" for code in re.findall(r'_(?:finding|priced)\("([a-z]+)"', _GUARDS.read_text("utf-8"))}
    assert sorted(rows) == sorted(written | {*CODES})
