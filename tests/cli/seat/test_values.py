"""Which value does a person mean? Rows of `tests/tables/seat-values.jsonl`."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from orchestrator.cli.seat.asking import Question, chosen, is_yes
from orchestrator.cli.seat.values import NotMeant, allowed, read_value
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.terms import spoken
from orchestrator.messages.value import IssueName
from tests.guards.cases import rows

ISSUES: dict[str, Issue] = {
    "price": NumberIssue(name=IssueName("price"), unit="EUR", min=Decimal("1.50"), max=Decimal(4), step=Decimal("0.01")),
    "volume": NumberIssue(name=IssueName("volume"), unit="unit", min=Decimal(50000), max=Decimal(400000), step=Decimal(5000)),
    "days": ChoiceIssue(name=IssueName("days"), options=("14", "30", "60"), numeric=True, unit="day"),
    "format": ChoiceIssue(name=IssueName("format"), options=("static", "stills", "video")),
    "start": DateIssue(name=IssueName("start"), min=date(2027, 1, 4), max=date(2027, 3, 31)),
    "review": FlagIssue(name=IssueName("review")),
}


@pytest.mark.parametrize("name", rows("seat-values"))
def test_words_mean_the_value_of_their_row(name: str) -> None:
    """Words are read as the value that they mean, or answered with what was expected."""
    row = rows("seat-values")[name]
    issue = ISSUES[str(row["issue"])]
    if "means" in row:
        assert spoken(read_value(issue, str(row["words"]))) == row["means"]
        return
    with pytest.raises(NotMeant, match=re.escape(f"is not {allowed(issue)}")):
        read_value(issue, str(row["words"]))


def test_what_an_issue_takes_is_said_with_its_unit() -> None:
    """A range has its ends, unit and step; a choice its options; a date its first and last day."""
    assert [allowed(issue) for issue in ISSUES.values()] == [
        "a number from 1.5 to 4 EUR in steps of 0.01",
        "a number from 50,000 to 400,000 units in steps of 5,000",
        "one of 14, 30, 60 days",
        "one of static, stills, video",
        "a date from 2027-01-04 to 2027-03-31",
        "yes or no",
    ]


def test_a_yes_or_no_is_asked_for_until_it_is_given() -> None:
    """Enter means what the question says; anything else but yes and no is asked again."""
    assert [is_yes(line, otherwise=True) for line in ("", "y", "No", "perhaps")] == [True, True, False, None]
    asking = chosen("Send it?", otherwise=False)
    assert next(asking) == Question((), "Send it? [y/N] ")
    again = asking.send("perhaps")
    assert again.lines == ("Please answer yes or no, or press Enter for no.",)
    with pytest.raises(StopIteration) as done:
        asking.send("yes")
    assert done.value.value is True
