"""What do combined guards find? What their guard finds, for some roles, for some drafts, or less severely."""

from __future__ import annotations

import pytest

from guards.combine import only_for, soften, when
from orchestrator.messages.draft import Draft
from orchestrator.messages.finding import Finding, Severity
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View
from tests.corpus import view_of
from tests.guards.cases import CAMPAIGN

VIEW = view_of(CAMPAIGN, "channel", [])


def _finding(severity: Severity) -> Finding:
    return Finding(code=f"some.{severity}", kind="terms", severity=severity, path="text", message="so")


def _all_severities(_draft: Draft, _view: View) -> tuple[Finding, ...]:
    return (_finding("note"), _finding("withhold"), _finding("refuse"))


@pytest.mark.parametrize(("role", "count"), [("channel", 3), ("budget", 0)])
def test_guard_for_some_roles_is_silent_for_the_others(role: str, count: int) -> None:
    """A guard for some roles judges only their drafts."""
    assert len(only_for([RoleName(role)], _all_severities)(Draft(act="inform"), VIEW)) == count


@pytest.mark.parametrize(("text", "count"), [("words", 3), ("", 0)])
def test_guard_under_a_condition_judges_only_where_it_is_true(text: str, count: int) -> None:
    """A guard under a condition judges only the drafts of which it is true."""
    guard = when(lambda draft, _: bool(draft.text), _all_severities)
    assert len(guard(Draft(act="inform", text=text), VIEW)) == count


@pytest.mark.parametrize(
    ("most", "severities"),
    [
        ("note", ["note", "note", "note"]),
        ("withhold", ["note", "withhold", "withhold"]),
        ("refuse", ["note", "withhold", "refuse"]),
    ],
)
def test_softened_findings_weigh_at_most_so_much(most: Severity, severities: list[str]) -> None:
    """A softened guard finds the same, at most so severely; what was milder stays."""
    findings = soften(most, _all_severities)(Draft(act="inform"), VIEW)
    assert [finding.severity for finding in findings] == severities
    assert [finding.code for finding in findings] == ["some.note", "some.withhold", "some.refuse"]


def test_combined_guards_compare_and_print() -> None:
    """Equal combinations are equal, and say what they combine."""
    roles = [RoleName("channel")]
    assert only_for(roles, _all_severities) == only_for(roles, _all_severities)
    assert "channel" in repr(only_for(roles, _all_severities))
