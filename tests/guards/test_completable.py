"""What does the guard of partial plans say? A refusal with reasons, a completion on record, or that it does not know."""

from __future__ import annotations

from pathlib import Path

from guards.patterns.completable import can_be_completed
from orchestrator.messages.completing import Completing, Completion, Obstacle
from orchestrator.messages.finding import Finding
from orchestrator.messages.negotiation import Rule
from orchestrator.messages.terms import Terms
from orchestrator.messages.value import RoleName
from tests.corpus import Record, draft_of, negotiation_of, terms_of, view_of

THEATRE = negotiation_of(Path("tests/corpora/scenarios/theatre.yaml"))
WHOLE: Record = {
    "elective_cases": 66,
    "theatre_hours": 176,
    "weekend_list": False,
    "beds_reserved": 28,
    "plan_start": "2027-01-18",
    "agency_shifts": 16,
    "agency_rate": 420,
    "overtime_hours": 60,
}


def _always(completion: Completion) -> Completing:
    def answer(role: RoleName | None, terms: Terms, /) -> Completion:
        assert role == "surgery"
        assert terms
        return completion

    return answer


def _judged(completion: Completion, record: Record) -> tuple[Finding, ...]:
    guard = can_be_completed(_always(completion))
    return guard(draft_of(THEATRE, record), view_of(THEATRE, "surgery", ()))


def test_part_that_fits_no_plan_is_refused() -> None:
    """The sender learns which policies, own limits and reserve leave no room, and what they say."""
    capacity = Rule(id="weekday-capacity", rule="weekend_list || theatre_hours <= 280", why="280 hours from Monday to Friday")
    safe = Rule(id="safe-hours", rule="theatre_hours >= elective_cases * 2")
    obstacles = (Obstacle("policy", capacity), Obstacle("limit", safe), Obstacle("reserve"))
    completion = Completion(answer="impossible", obstacles=obstacles)
    assert _judged(completion, {"act": "propose", "terms": {"theatre_hours": 300, "weekend_list": False}}) == (
        Finding(
            code="constraint.infeasible",
            kind="policy",
            severity="refuse",
            path="terms",
            words="theatre_hours 300, weekend_list false",
            message="no whole plan has theatre_hours 300, weekend_list false: that leaves no room under policy"
            " 'weekday-capacity' (280 hours from Monday to Friday), your own limit 'safe-hours' and your reserve",
            allowed="weekend_list || theatre_hours <= 280; theatre_hours >= elective_cases * 2",
        ),
    )


def test_part_that_fits_is_completed_on_record() -> None:
    """A part that can be completed passes, with a plan for it on record."""
    completion = Completion(answer="possible", terms=terms_of(THEATRE, WHOLE))
    (finding,) = _judged(completion, {"act": "propose", "terms": {"elective_cases": 66}})
    filled = (
        "theatre_hours 176, weekend_list false, beds_reserved 28, plan_start 2027-01-18, agency_shifts 16,"
        " agency_rate 420, overtime_hours 60"
    )
    assert (finding.code, finding.severity, finding.words, finding.allowed) == (
        "constraint.filled",
        "note",
        "elective_cases 66",
        filled,
    )


def test_undecided_is_a_note() -> None:
    """What the search could not decide does not stop a part: the whole offer will be judged."""
    (finding,) = _judged(
        Completion(answer="undecided", why="looked at 300 parts of the space"),
        {"act": "propose", "terms": {"elective_cases": 66}},
    )
    assert (finding.code, finding.severity) == ("constraint.undecided", "note")
    assert finding.message == (
        "whether a whole plan can have elective_cases 66 was not decided: looked at 300 parts of the space;"
        " the whole offer will be judged"
    )


def test_contradiction_without_rules_is_that_of_the_ranges() -> None:
    """Where no rule takes part, the ranges of the issues leave no room."""
    (finding,) = _judged(Completion(answer="impossible"), {"act": "propose", "terms": {"elective_cases": 66}})
    assert finding.message == "no whole plan has elective_cases 66: that leaves no room under the ranges of the issues"


def test_only_partial_proposals_are_judged() -> None:
    """Whole offers are judged by policies and mandates; other acts bind no terms."""
    never = Completion(answer="impossible")
    assert _judged(never, {"act": "propose", "terms": WHOLE}) == ()
    assert _judged(never, {"act": "inform", "text": "Good morning."}) == ()
