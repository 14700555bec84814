"""How is a value said to a person?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term, exact
from orchestrator.messages.value import IssueName
from orchestrator.report.figures import amount, clause, duration, listed, moment, plural, said, short, short_id


def _number(name: str, value: str, unit: str) -> tuple[Term, Issue]:
    issue = NumberIssue(name=IssueName(name), unit=unit, min=Decimal(0), max=Decimal(10**9))
    return Number(issue=issue.name, value=Decimal(value)), issue


_FORMAT = ChoiceIssue(name=IssueName("creative_format"), options=("static", "video"))
_DAYS = ChoiceIssue(name=IssueName("payment_days"), options=("30", "60"), numeric=True)
_DATE = DateIssue(name=IssueName("launch_date"), min=date(2026, 9, 1), max=date(2026, 10, 31))
_FLAG = FlagIssue(name=IssueName("egress_review"))

TERMS = [
    (*_number("search_spend", "62000", "USD"), "62,000 USD", "search spend 62,000 USD", "62,000"),
    (*_number("unit_price", "2.5", "EUR"), "2.50 EUR", "unit price 2.50 EUR", "2.50"),
    (*_number("creative_hours", "180", "hour"), "180 hours", "180 creative hours", "180"),
    (*_number("creative_hours", "1", "hour"), "1 hour", "1 creative hour", "1"),
    (*_number("seats", "300", "seat"), "300 seats", "300 seats", "300"),
    (*_number("spot_share", "40", "percent"), "40 percent", "spot share 40 percent", "40"),
    (*_number("log_retention", "90", "day"), "90 days", "log retention 90 days", "90"),
    (*_number("boxes", "7", ""), "7", "boxes 7", "7"),
    (Number(issue=_DAYS.name, value=Decimal(60)), _DAYS, "60", "payment days 60", "60"),
    (Choice(issue=_FORMAT.name, value="video"), _FORMAT, "video", "creative format video", "video"),
    (
        Day(issue=_DATE.name, value=date(2026, 10, 1)),
        _DATE,
        "Thursday 1 October 2026",
        "launch on Thursday 1 October 2026",
        "2026-10-01",
    ),
    (Flag(issue=_FLAG.name, value=True), _FLAG, "yes", "egress review", "yes"),
    (Flag(issue=_FLAG.name, value=False), _FLAG, "no", "no egress review", "no"),
]


@pytest.mark.parametrize(("term", "issue", "as_said", "as_clause", "as_short"), TERMS)
def test_each_kind_of_term_is_said(term: Term, issue: Issue, as_said: str, as_clause: str, as_short: str) -> None:
    """Figures carry separators and units, dates their weekday, flags a yes or no; units are not said twice."""
    assert (said(term, issue), clause(term, issue), short(term, issue)) == (as_said, as_clause, as_short)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_separators_change_no_figure(number: Decimal) -> None:
    """Without its separators an amount is the exact text of the number."""
    assert amount(number).replace(",", "") == exact(number)


@pytest.mark.parametrize(
    ("count", "unit", "word"),
    [
        (2, "hour", "hours"),
        (1, "hour", "hour"),
        (0, "week", "weeks"),
        (3, "day", "days"),
        (2, "company", "companies"),
        (2, "box", "boxes"),
        (2, "USD", "USD"),
        (2, "percent", "percent"),
        (2, "thousand", "thousand"),
        (2, "%", "%"),
        (2, "", ""),
    ],
)
def test_units_follow_their_count(count: int, unit: str, word: str) -> None:
    """Units take a plural, currencies and shares don't."""
    assert plural(count, unit) == word


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.84, "0.8 s"), (12.4, "12 s"), (60, "1 min"), (580, "9 min 40 s"), (3600, "1 h"), (7500, "2 h 5 min")],
)
def test_durations_are_short(seconds: float, text: str) -> None:
    """A time span is said in its two greatest units."""
    assert duration(seconds) == text


def test_small_words() -> None:
    """Lists read as English, times as dates, ids without their session."""
    assert (listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == ("", "a", "a and b", "a, b and c")
    assert moment(datetime(2026, 10, 1, 9, 30, tzinfo=UTC)) == "2026-10-01 09:30:00 UTC"
    assert (short_id("m7-k4xq"), short_id(None)) == ("m7", "")
