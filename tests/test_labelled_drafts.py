"""What do the guards make of labelled drafts? The parts are fixed, and no part falls below what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from evals.words import PARTS, Part, judged_in, lines_of, own_in, part_of
from orchestrator.report.scores import Judged, overall

pytestmark = pytest.mark.slow

_FOLDER = Path(__file__).parent / "corpora"
_LEAST: Mapping[Part, tuple[float, float, float]] = {
    "made on": (0.96, 0.01, 0.98),
    "held back": (0.78, 0.08, 0.91),
    "unseen": (0.70, 0.06, 0.90),
}
"""What was caught at least, touched in error at most, and named rightly at least when the rules were last changed."""


@cache
def _judged() -> Mapping[Part, tuple[Judged, ...]]:
    return judged_in(_FOLDER)


def test_parts_are_fixed() -> None:
    """A case belongs to its part by its scenario and its id alone."""
    assert {part: len(drafts) for part, drafts in _judged().items()} == {"made on": 431, "held back": 223, "unseen": 279}
    assert [part_of(*case) for case in (("c-003", "campaign"), ("c-001", "campaign"), ("x", "media"))] == [
        "made on",
        "held back",
        "unseen",
    ]


@pytest.mark.parametrize("part", PARTS)
def test_no_part_falls_below_what_was_measured(part: Part) -> None:
    """Caught, false alarms and kinds named stay at what the last change of rules reached."""
    shares = overall(_judged()[part])
    caught, alarms, named = (shares[name].value or 0.0 for name in ("caught", "false_alarms", "kind_named"))
    least, most, right = _LEAST[part]
    assert (caught >= least, alarms <= most, named >= right) == (True, True, True)


def test_table_has_a_line_for_every_figure() -> None:
    """The printed table shows the parts side by side."""
    lines = list(lines_of(_judged()))
    assert [line.split()[0] for line in lines[1:4]] == ["caught", "false_alarms", "kind_named"]
    assert len({len(line.rstrip()) > 0 for line in lines}) == 1


def test_drafts_that_nobody_has_read_stay_judged_as_they_were() -> None:
    """Of our own drafts that no maker of rules has read, three in four are caught and one in nine is touched."""
    shares = overall(own_in(_FOLDER)["own, blind"])
    assert {name: (share.part, share.whole) for name, share in shares.items()} == {
        "caught": (40, 53),
        "false_alarms": (6, 51),
        "kind_named": (40, 40),
    }
