"""How is told what could not be found out?"""

from __future__ import annotations

from dataclasses import replace

from inline_snapshot import snapshot

from orchestrator.analysis.asking import Stepwise
from orchestrator.analysis.boxsearch import BoxSearch
from orchestrator.analysis.conflict import Conflict
from orchestrator.analysis.counting import Count
from orchestrator.analysis.demands import problem_of
from orchestrator.analysis.feasibility import Feasibility, examine
from orchestrator.analysis.relaxing import Relaxation
from orchestrator.analysis.rule_tree import CannotExpress
from orchestrator.messages.negotiation import Rule
from orchestrator.messages.value import RoleName
from orchestrator.report.feasible import feasible_json, feasible_lines
from tests.analysis.pairs import easy

BOOK = easy()
PROBLEM = problem_of(BOOK)


def _told(known: Feasibility, seat: str | None = None) -> list[str]:
    return list(feasible_lines(BOOK, known, None if seat is None else RoleName(seat)))


def test_undecided_says_why() -> None:
    """What could not be decided is told with the reason."""
    known = examine(PROBLEM, Stepwise((BoxSearch(0),)), lambda: True)
    assert _told(known) == ["Undecided: looked at 0 parts of the space."]
    assert (known.answer, feasible_json(BOOK, known)["why"]) == ("undecided", "looked at 0 parts of the space")


def test_counts_say_how_they_were_had() -> None:
    """An estimate is rounded and has its range; a bound is called one."""
    known = replace(examine(PROBLEM, BoxSearch(500), lambda: True), example=None)
    bound = replace(known, count=Count("at most", 540, 0, 540, 540))
    drawn = replace(known, count=Count("estimate", 123_456, 120_001, 129_999, 10**9))
    assert [_told(each)[1] for each in (bound, drawn)] == snapshot(
        [
            "At most 540 of 540 outcomes keep every policy, limit and reserve (a bound; it was not counted).",
            (
                "About 123,000 of 1,000,000,000 outcomes keep every policy, limit and reserve (an estimate from draws;"
                " probably 120,000 to 130,000)."
            ),
        ]
    )


def test_hurry_is_told() -> None:
    """A contradiction that may not be the smallest, and a search that was cut short, are called so."""
    conflict = Conflict(PROBLEM.demands, minimal=False, smallest=False)
    eased = Relaxation(PROBLEM.demands[0], "figure", "1", "1.234", nearest=False, places=(0,) * 6)
    known = Feasibility(
        problem=PROBLEM, answer="hopeless", outcomes=540, conflict=conflict, relaxations=(eased,), is_whole=False
    )
    assert _told(known) == snapshot(
        [
            "No agreement is possible: somewhere among these 2 is a contradiction, not yet made as small as can be.",
            "  reserve of a: worth at least 0.1 of 1 to it",
            "  reserve of b: worth at least 0.1 of 1 to it",
            "A deal opens if one of these gives way, and all else stays as it is:",
            "  reserve of a from 1 to about 1.234",
            "Time ran out before everything was looked at; --seconds gives more.",
        ]
    )
    assert _told(replace(known, conflict=None, relaxations=(), is_whole=True)) == ["No agreement is possible."]


def test_rule_that_is_not_weighed_is_named() -> None:
    """A rule without a tree is named with its words, or from another seat without."""
    own = BOOK.roles[0].model_copy(
        update={"mandate": BOOK.roles[0].mandate.model_copy(update={"limits": (Rule(id="odd", rule='region.matches("e")'),)})}
    )
    problem = problem_of(BOOK.model_copy(update={"roles": (own, *BOOK.roles[1:])}))
    assert problem.beyond[0].why == CannotExpress('region.matches("e")', "reads a field or calls a function")
    known = Feasibility(problem=problem, answer="hopeless", outcomes=540, beyond=problem.beyond)
    assert (_told(known)[1], _told(known, "b")[1]) == snapshot(
        (
            (
                "Not weighed: limit odd of a, 'region.matches(\"e\")' reads a field or calls a function;"
                " no agreement is possible whatever it asks."
            ),
            "Not weighed: a private limit of a; no agreement is possible whatever it asks.",
        )
    )
    assert feasible_json(BOOK, known, RoleName("b"))["not_weighed"] == snapshot(
        [{"kind": "limit", "role": "a", "named": "a private limit of a"}]
    )
