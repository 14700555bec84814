"""Which values may an issue take? Said for people with or without a unit, and decided exactly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from guards.grid import allowed, in_steps
from guards.policy import keeps_policies
from orchestrator.messages.draft import Draft
from orchestrator.messages.negotiation import ChoiceIssue, DateIssue, FlagIssue, Issue, NumberIssue, Rule
from orchestrator.messages.terms import Number
from orchestrator.messages.value import IssueName
from tests.corpus import view_of
from tests.guards.cases import CAMPAIGN

VIEW = view_of(CAMPAIGN, "channel", [])
WEEKS = NumberIssue(name=IssueName("weeks"), min=Decimal(3), max=Decimal(12), step=Decimal("1.5"))


@pytest.mark.parametrize(
    ("issue", "said"),
    [
        (WEEKS, "3 to 12 in steps of 1.5"),
        (WEEKS.model_copy(update={"unit": "weeks"}), "3 to 12 in steps of 1.5, weeks"),
        (ChoiceIssue(name=IssueName("format"), options=("static", "video")), "one of static, video"),
        (DateIssue(name=IssueName("day"), min=date(2026, 9, 1), max=date(2026, 10, 31)), "2026-09-01 to 2026-10-31"),
        (FlagIssue(name=IssueName("review")), "true or false"),
    ],
)
def test_allowed_values_are_said_in_words(issue: Issue, said: str) -> None:
    """What an issue takes is said in the words of its kind, with the unit where there is one."""
    assert allowed(issue) == said


@pytest.mark.parametrize(
    ("value", "fits"),
    [("3", True), ("4.5", True), ("12", True), ("4", False), ("4.5000000000000000000000000000000000000001", False)],
)
def test_grid_starts_at_the_minimum(value: str, *, fits: bool) -> None:
    """A value lies on the grid where whole steps lead to it from the minimum, to the last of forty digits."""
    assert in_steps(WEEKS, Decimal(value)) is fits


@pytest.mark.parametrize("step", ["0", "-1"])
def test_step_that_leads_nowhere_makes_no_grid(step: str) -> None:
    """Without a step upwards every value fits."""
    assert in_steps(WEEKS.model_copy(update={"step": Decimal(step)}), Decimal("3.3"))


def test_term_of_no_issue_is_left_to_the_shape() -> None:
    """A term of an issue that is not negotiated has no grid to be off; the reader of drafts refuses it."""
    draft = Draft(act="propose", terms=(Number(issue=IssueName("billboards"), value=Decimal(-1)),))
    assert keeps_policies(CAMPAIGN)(draft, VIEW) == ()


def test_no_terms_break_no_policy() -> None:
    """A proposal of nothing breaks no policy, not even one that can never be read."""
    odd = CAMPAIGN.model_copy(update={"policies": (Rule(id="odd", rule="1 <"),)})
    assert keeps_policies(odd)(Draft(act="propose"), VIEW) == ()


def test_policies_print_their_rules_and_not_their_issues() -> None:
    """A guard prints short: its rules, and nothing that is compiled from them."""
    (rule,) = (Rule(id="cap", rule="search_spend <= 100.0"),)
    guard = keeps_policies(CAMPAIGN.model_copy(update={"policies": (rule,)}))
    assert repr(guard) == f"KeepsPolicies(book=RuleBook(rules=({rule!r},)))"
