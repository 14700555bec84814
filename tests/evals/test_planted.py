"""Are figures found that nobody wrote by hand, and right ones let alone, however they are said?"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest

from evals.planted.__main__ import Found, found_by, lines_of_ways, readable, total_of, ways_in
from evals.planted.planting import Way, planted
from evals.planted.spelling import in_digits, in_words, with_unit
from orchestrator.assembly import load_scenario

_TESTS = Path(__file__).resolve().parents[1]
_WAYS = ways_in(_TESTS / "tables" / "planted-ways.jsonl")
_WEIGHED = ("would", "At {value}", "My terms say", "our number is", "which is", "last word")
"""Ways that leave open what is meant, or that no rule reads: they are measured and not asked for."""


@cache
def _found() -> dict[Way, Found]:
    folder = _TESTS / "corpora"
    ways = tuple(way for way in _WAYS if not any(words in way.says for words in _WEIGHED))
    return dict(found_by(ways, readable(folder), folder / "scenarios", each=4))


def test_wrong_values_are_found_and_right_ones_let_alone() -> None:
    """Of wrong values at least 19 in 20 are found; of right ones at most one in 50 is touched."""
    total = total_of(_found())
    assert (total.caught.value or 0.0) >= 0.95
    assert (total.touched.value or 1.0) <= 0.02


def test_each_way_has_a_line() -> None:
    """The table has a line for each way, and one for all."""
    lines = [*lines_of_ways(_found())]
    assert len(lines) == len(_found()) + 1
    assert "caught" in lines[-1]


def test_planting_is_the_same_each_time() -> None:
    """One seed gives the same sentences; a right one and a wrong one that differ."""
    place = next(place for place in readable(_TESTS / "corpora") if place.case.draft.get("act") == "propose")
    scenario = load_scenario(_TESTS / "corpora" / "scenarios" / f"{place.case.scenario}.yaml")
    drawn = [[*planted(_WAYS[0], place.case, scenario, Random(3))] for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert [one.is_wrong for one in drawn[0]] == [False, True]
    assert drawn[0][0].case.draft["text"] != drawn[0][1].case.draft["text"]


@pytest.mark.parametrize(
    ("number", "digits", "words"),
    [
        (7, "7", "seven"),
        (42, "42", "forty-two"),
        (105, "105", "one hundred and five"),
        (46_000, "46,000", "forty-six thousand"),
    ],
)
def test_figures_are_spelled(number: int, digits: str, words: str) -> None:
    """Figures stand in digits with commas, and in words."""
    assert (in_digits(number), in_words(number)) == (digits, words)
    assert [with_unit("3", unit, is_one=False) for unit in ("week", "USD", "percent", "m3", "")] == [
        "3 weeks",
        "3 USD",
        "3 percent",
        "3 m3",
        "3",
    ]
