"""Which full terms stand for all? The edges and the eighths between them, each option, and a fixed spread."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest

from guards.samples import SPREAD, samples_of
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.terms import spoken
from orchestrator.messages.value import IssueName

SPEND = NumberIssue(name=IssueName("spend"), min=Decimal(10), max=Decimal(26), step=Decimal(2))
FORMAT = ChoiceIssue(name=IssueName("format"), options=("static", "video"))
DAYS = ChoiceIssue(name=IssueName("days"), options=("14", "30", "60"), numeric=True)
LAUNCH = DateIssue(name=IssueName("launch"), min=date(2026, 9, 1), max=date(2026, 9, 17))
REVIEW = FlagIssue(name=IssueName("review"))


def _corners(issue: Issue) -> list[str]:
    return [f"{term.kind} {spoken(term)}" for (term,) in samples_of((issue,))[:-SPREAD]]


@pytest.mark.parametrize(
    ("issue", "corners"),
    [
        (SPEND, [f"number {value}" for value in (10, 26, 18, 14, 22, 12, 24, 16, 20)]),
        (SPEND.model_copy(update={"max": Decimal("11.5")}), ["number 10"] * 9),
        (SPEND.model_copy(update={"max": Decimal(12)}), [f"number {value}" for value in (10, 12, *(10,) * 7)]),
        (SPEND.model_copy(update={"step": Decimal(0)}), ["number 10"] * 9),
        (SPEND.model_copy(update={"step": Decimal(-1)}), ["number 10"] * 9),
        (SPEND.model_copy(update={"step": Decimal(1)}), [f"number {v}" for v in (10, 26, 18, 14, 22, 12, 24, 16, 20)]),
        (SPEND.model_copy(update={"step": Decimal("0.5")}), [f"number {v}" for v in (10, 26, 18, 14, 22, 12, 24, 16, 20)]),
        (SPEND.model_copy(update={"step": Decimal(5)}), [f"number {v}" for v in (10, 25, 15, 10, 20, 10, 20, 15, 15)]),
        (FORMAT, ["choice static", "choice video"]),
        (DAYS, ["number 14", "number 30", "number 60"]),
        (LAUNCH, [f"date 2026-09-{day:02}" for day in (1, 17, 9, 5, 13, 3, 15, 7, 11)]),
        (LAUNCH.model_copy(update={"max": date(2026, 9, 1)}), ["date 2026-09-01"] * 9),
        (LAUNCH.model_copy(update={"max": date(2026, 9, 2)}), [f"date 2026-09-{d:02}" for d in (1, 2, *(1,) * 7)]),
        (LAUNCH.model_copy(update={"max": date(2026, 8, 1)}), ["date 2026-09-01"] * 9),
        (REVIEW, ["flag true", "flag false"]),
    ],
)
def test_corners_of_one_issue_come_first(issue: Issue, corners: list[str]) -> None:
    """The first samples are the edges of an issue, its middle and the other eighths, or each of its options."""
    assert _corners(issue) == corners


def test_shorter_issues_start_again() -> None:
    """All issues go through their values side by side; the short ones begin anew."""
    found = [tuple(spoken(term) for term in terms) for terms in samples_of((FORMAT, DAYS, REVIEW))[:-SPREAD]]
    assert found == [("static", "14", "true"), ("video", "30", "false"), ("static", "60", "true")]


def test_spread_is_fixed() -> None:
    """Besides the corners 64 terms are drawn, for ever the same and not all alike."""
    drawn = [",".join(spoken(term) for term in terms) for terms in samples_of((SPEND, FORMAT, DAYS, LAUNCH, REVIEW))]
    assert (SPREAD, len(drawn), len(set(drawn))) == (64, 73, 69)
    assert sha256("\n".join(drawn).encode()).hexdigest()[:16] == "f702b5ca06dedf55"


def test_nothing_to_settle_has_nothing_to_show() -> None:
    """Without issues the spread is empty terms, and there are no corners."""
    assert samples_of(()) == ((),) * SPREAD
