"""How are drafts worded? JSON with exact figures, and sentences that say what the terms say."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term
from orchestrator.messages.value import IssueName, OfferId
from orchestrator.messages.view import agenda_of
from orchestrator.models.strategy.wording import acceptance, note, proposal, rejection, said, sentence
from tests.models.talks import bargain, priced

AGENDA = agenda_of(bargain("low", "high"))


def _number(name: str, unit: str) -> NumberIssue:
    return NumberIssue(name=IssueName(name), unit=unit, min=Decimal(-10), max=Decimal(10**6))


@pytest.mark.parametrize(
    ("issue", "value", "text"),
    [
        (_number("search_spend", "USD"), "62000", "search spend 62,000 USD"),
        (_number("unit_price", "EUR"), "2.650", "unit price 2.65 EUR"),
        (_number("spot_share", "percent"), "40", "spot share 40 percent"),
        (_number("log_retention", "day"), "200", "log retention 200 days"),
        (_number("notice", "month"), "1", "notice 1 month"),
        (_number("creative_hours", "hour"), "120", "creative hours 120"),
        (_number("replicas", "replica"), "1E+1", "replicas 10"),
        (_number("balance", "EUR"), "-1000.5", "balance -1,000.5 EUR"),
        (None, "7", "anything 7"),
    ],
)
def test_figures_are_said_with_their_unit(issue: NumberIssue | None, value: str, text: str) -> None:
    """Thousands are grouped, currencies and common measures named, unless the issue's name has them already."""
    name = issue.name if issue else IssueName("anything")
    assert said(issue, Number(issue=name, value=Decimal(value))) == text


@pytest.mark.parametrize(
    ("issue", "term", "text"),
    [
        (
            ChoiceIssue(name=IssueName("format"), options=("video",)),
            Choice(issue=IssueName("format"), value="video"),
            "format video",
        ),
        (
            DateIssue(name=IssueName("launch_date"), min=date(2026, 9, 1), max=date(2026, 9, 2)),
            Day(issue=IssueName("launch_date"), value=date(2026, 9, 2)),
            "launch date 2026-09-02",
        ),
        (FlagIssue(name=IssueName("review")), Flag(issue=IssueName("review"), value=True), "review yes"),
        (FlagIssue(name=IssueName("review")), Flag(issue=IssueName("review"), value=False), "review no"),
    ],
)
def test_other_values_are_said_as_they_are(issue: Issue, term: Term, text: str) -> None:
    """Options and dates are said as they stand in the terms, flags as yes and no."""
    assert said(issue, term) == text


def test_a_proposal_is_exact_json() -> None:
    """Figures keep all their digits; flags, dates and options are JSON of their types."""
    terms = (
        Number(issue=IssueName("price"), value=Decimal("0.1234567890123456789")),
        Flag(issue=IssueName("review"), value=True),
        Day(issue=IssueName("launch"), value=date(2026, 9, 2)),
        Choice(issue=IssueName("format"), value='a "b"'),
    )
    text = proposal(terms, "Words.")
    assert json.loads(text, parse_float=Decimal) == {
        "act": "propose",
        "terms": {"price": Decimal("0.1234567890123456789"), "review": True, "launch": "2026-09-02", "format": 'a "b"'},
        "text": "Words.",
    }


def test_other_drafts_are_json_of_their_act() -> None:
    """An acceptance and a rejection name the offer; a note has words only."""
    offer = OfferId("m3-abcd")
    drafts = [json.loads(text) for text in (acceptance(offer, 0), rejection(offer), note("Words."))]
    assert [(draft["act"], draft.get("offer")) for draft in drafts] == [("accept", offer), ("reject", offer), ("inform", None)]
    assert all(draft["text"] for draft in drafts)


@pytest.mark.parametrize(
    ("before", "whom", "text"),
    [
        (None, None, "I would start with price 30 EUR."),
        (20, None, "I now propose price 30 EUR."),
        (20, "high", "In answer to high, I propose price 30 EUR."),
        (30, "high", "In answer to high, I propose price 30 EUR."),
    ],
)
def test_a_sentence_names_what_changed_and_whom_it_answers(before: int | None, whom: str | None, text: str) -> None:
    """An opening, a next proposal and an answer are worded each in its way."""
    assert sentence(AGENDA, priced(30), () if before is None else priced(before), whom, 0) == text


def test_a_sentence_says_when_the_rest_stays_as_it_was() -> None:
    """If few of many terms changed, only they are named."""
    old = tuple(Number(issue=IssueName(name), value=Decimal(1)) for name in "abcd")
    new = (*old[:3], Number(issue=IssueName("d"), value=Decimal(2)))
    assert sentence(AGENDA, new, old, None, 0) == "I now propose d 2. The rest of my offer stays as it was."
    assert sentence(AGENDA, new, (), None, 0) == "I would start with a 1, b 1 and c 1."
