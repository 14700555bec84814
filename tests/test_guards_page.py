"""Does the page of guards say what they do? Each example in its table is judged."""

from __future__ import annotations

import re

import pytest

from guards.standard import standard_guards
from orchestrator.messages.draft import Draft
from tests.corpus import view_of
from tests.guards.cases import CAMPAIGN
from tests.pages import ROOT

_ROWS = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", (ROOT / "docs" / "guards.md").read_text("utf-8"), re.MULTILINE)


def _kinds(text: str) -> set[str]:
    view = view_of(CAMPAIGN, "budget", ())
    return {finding.kind for guard in standard_guards(CAMPAIGN) for finding in guard(Draft(act="inform", text=text), view)}


@pytest.mark.parametrize(("kind", "fit", "faulty"), _ROWS, ids=lambda part: str(part)[:12])
def test_examples_are_judged_as_the_page_says(kind: str, fit: str, faulty: str) -> None:
    """The fit example of a kind has no finding, the faulty one has a finding of that kind."""
    assert (_kinds(fit), kind in _kinds(faulty)) == (set(), True)


def test_every_kind_of_the_page_has_examples() -> None:
    """The table has the kinds that it should have."""
    assert {"fact", "history", "scope", "authority", "approval", "guarantee", "leak", "injection"} <= {
        kind for kind, _, _ in _ROWS
    }
