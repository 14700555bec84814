"""What does CEL answer, and how are its errors told?"""

from __future__ import annotations

import pytest

from guards.celenv import CannotCompile, Program, compile_source, environment, readable
from orchestrator.messages.negotiation import ChoiceIssue, FlagIssue
from orchestrator.messages.terms import RuleValue
from orchestrator.messages.value import IssueName
from tests.guards.cases import CAMPAIGN

ISSUES = (
    *CAMPAIGN.issues,
    ChoiceIssue(name=IssueName("days"), options=("14", "30"), numeric=True),
    FlagIssue(name=IssueName("review")),
)
ENV = environment(ISSUES)


def _program(source: str) -> Program:
    program = compile_source(ENV, source)
    assert isinstance(program, Program)
    return program


@pytest.mark.parametrize(
    ("source", "answers"),
    [
        ("[true, false]", (True, False)),
        ("[]", ()),
        ("[flight_weeks > 2.0]", (True,)),
        ("[true, dyn(1)]", None),
        ("[dyn(0), false]", None),
        ("true", None),
        ("dyn('text')", None),
        ("[true, 1 / 0 == 1]", None),
        ("[true, creative_hours > 1.0]", None),
    ],
)
def test_answers_are_nothing_but_booleans(source: str, answers: tuple[bool, ...] | None) -> None:
    """A list of booleans is told as it is; an error, another value, or a list with anything else in it gives no answers."""
    assert _program(source).answers({"flight_weeks": 3.0}) == answers


def test_what_is_given_again_is_answered_again_whatever_was_asked_between() -> None:
    """An answer that is kept is that of exactly the same values: 0 and -0 are told apart, and so are long texts."""
    program = _program("[1.0 / flight_weeks > 0.0, creative_format == 'video']")
    given: tuple[dict[str, RuleValue], ...] = (
        {"flight_weeks": 0.0, "creative_format": "video"},
        {"flight_weeks": -0.0, "creative_format": "video"},
        {"flight_weeks": True, "creative_format": "video"},
        {"flight_weeks": 1.0, "creative_format": "video"},
        {"flight_weeks": 1.0, "creative_format": "v" * 2_000},
    )
    expected = [(True, True), (False, True), (True, True), (True, True), (True, False)]
    assert [program.answers(each) for _ in range(3) for each in given] == expected * 3


def test_no_more_than_so_many_answers_are_kept() -> None:
    """A program that was asked about thousands of values keeps a bounded number of answers, and none about long texts."""
    program = _program("[flight_weeks > 2.0]")
    assert all(program.answers({"flight_weeks": float(weeks)}) == (weeks > 2,) for weeks in range(3_000))
    assert len(program.answered) <= 1_024
    before = len(program.answered)
    assert program.answers({"flight_weeks": 3.0, "creative_format": "v" * 2_000}) == (True,)
    assert len(program.answered) == before


@pytest.mark.parametrize(
    ("name", "gives"),
    [
        ("search_spend", "DOUBLE"),
        ("creative_format", "STRING"),
        ("launch_date", "STRING"),
        ("days", "DOUBLE"),
        ("review", "BOOL"),
    ],
)
def test_each_issue_has_its_type(name: str, gives: str) -> None:
    """Figures are doubles, also where they are options; options and days are strings; flags are booleans."""
    assert _program(name).gives == gives


@pytest.mark.parametrize("source", ["1 +", "nobody > 1", "creative_format > 1.0", "\x00", "'open", "1 +\n* 2"])
def test_what_does_not_compile_says_why_in_one_line(source: str) -> None:
    """A source that is no rule comes back with a reason, not as an exception."""
    found = compile_source(ENV, source)
    assert isinstance(found, CannotCompile)
    assert found.reason
    assert "\n" not in found.reason


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("divide by zero", "divide by zero"),
        ("INVALID_ARGUMENT: divide by zero", "divide by zero"),
        ("divide by zero\n at line 2", "divide by zero"),
        ("ERROR: <input>:1:3: no such thing (in container '')\n | x\n | ^", "no such thing"),
        ("ERROR: <input>:1:3: one\n | x\nERROR: <input>:2:13: two\n | y", "one; two"),
        ("INVALID_ARGUMENT: ERROR: <input>:1:3: NOT_FOUND: one [INVALID_ARGUMENT]", "one"),
        ("ERROR: <input>:1:3: mismatched input '<EOF>' expecting {'[', '{'}", "mismatched input the end of the rule"),
        ("  spaced  ", "spaced"),
        ("", ""),
    ],
)
def test_errors_are_told_without_codes_and_pictures(reason: str, said: str) -> None:
    """Of an error of the runtime its sentences are left, one after the other."""
    assert readable(reason) == said
