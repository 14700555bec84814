"""How far are two offers apart? Each issue as a share of its range, names as far as can be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from orchestrator.messages.distance import distance
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, NumberIssue
from orchestrator.messages.terms import Choice, Day, Flag, Number, Term
from orchestrator.messages.value import IssueName

PRICE, SEATS, COLOUR, START, HASTE = (IssueName(name) for name in ("price", "seats", "colour", "start", "haste"))
ISSUES = (
    NumberIssue(name=PRICE, min=Decimal(0), max=Decimal(100)),
    ChoiceIssue(name=SEATS, options=("1", "2", "5"), numeric=True),
    ChoiceIssue(name=COLOUR, options=("red", "blue")),
    DateIssue(name=START, min=date(2026, 3, 1), max=date(2026, 3, 11)),
    FlagIssue(name=HASTE),
)
HERE: tuple[Term, ...] = (
    Number(issue=PRICE, value=Decimal(20)),
    Number(issue=SEATS, value=Decimal(1)),
    Choice(issue=COLOUR, value="red"),
    Day(issue=START, value=date(2026, 3, 1)),
    Flag(issue=HASTE, value=True),
)
THERE: tuple[Term, ...] = (
    Number(issue=PRICE, value=Decimal(70)),
    Number(issue=SEATS, value=Decimal(2)),
    Choice(issue=COLOUR, value="blue"),
    Day(issue=START, value=date(2026, 3, 6)),
    Flag(issue=HASTE, value=False),
)


def test_issues_add_up() -> None:
    """Half of a range, a quarter, another name, half of a range of days, and the other answer."""
    assert distance(ISSUES, HERE, THERE) == distance(ISSUES, THERE, HERE) == 0.5 + 0.25 + 1 + 0.5 + 1


def test_an_open_issue_is_as_far_as_can_be() -> None:
    """What one offer leaves open and the other names counts in full; what both leave open does not count."""
    assert distance(ISSUES, HERE[:1], HERE[:2]) == 1
    assert distance(ISSUES, HERE, HERE) == distance(ISSUES, (), ()) == 0
