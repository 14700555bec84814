"""Are words about a typed condition judged fairly? Those that say what the package says pass; a figure beside it does not."""

from __future__ import annotations

import json

import pytest

from guards.shape import read
from guards.standard import standard_guards
from orchestrator.assembly import load_folder
from orchestrator.messages.pattern import TradeSpace
from tests.corpus import view_of

CAMPAIGN = load_folder("campaign").negotiation.model_copy(update={"pattern_rules": TradeSpace()})
TERMS = {
    "search_spend": 60000,
    "social_spend": 40000,
    "email_spend": 8000,
    "creative_format": "static",
    "creative_hours": 150,
    "launch_date": "2026-09-20",
    "flight_weeks": 6,
}
HONEST = (
    "If the launch moves to the 20th of September, then 60k for search.",
    "On condition that the launch moves to 20 September, I can go to 60k on search spend.",
    "Provided that email spend is 8,000 we give 60k on search.",
)


def codes(text: str, **more: object) -> list[str]:
    """Return the codes of all findings on a package with these words."""
    view = view_of(CAMPAIGN, "budget", ())
    reading = read(json.dumps({"act": "propose", "terms": TERMS, "text": text, **more}), view)
    judged = [finding for guard in standard_guards(CAMPAIGN) for finding in guard(reading.draft, view)] if reading.draft else []
    return [finding.code for finding in (*reading.findings, *judged)]


@pytest.mark.parametrize("text", HONEST)
def test_a_condition_in_words_that_the_package_has_passes(text: str) -> None:
    """A condition and what is given for it may be said, typed as a condition or not."""
    assert codes(text, conditions=["launch_date", "email_spend"]) == []
    assert codes(text) == []


def test_a_figure_beside_the_package_is_ungrounded() -> None:
    """What would be given without the condition is no term of the package, and words that offer it are refused."""
    text = "Should launch be 2026-09-20, search spend is 60,000; without that, 45,000."
    assert codes(text, conditions=["launch_date"]) == ["terms.ungrounded"]
