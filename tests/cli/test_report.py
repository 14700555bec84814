"""Can a person see whose words filled whose window: in a report, as a chart, and while the talk goes on?"""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pytest
from inline_snapshot import snapshot
from rich.console import Console

from orchestrator.cli.live import LivePainter
from orchestrator.cli.picture import draw
from orchestrator.engine import fresh
from tests.cli.desk import Desk, Kept
from tests.report.flooded import flooded


def test_a_report_tells_what_was_said_and_who_holds_what(full_desk: Desk, kept: Kept) -> None:
    """A line for each role of what it said, and one for each window."""
    done = full_desk.do("report", kept.waiting)
    heads = [line for line in done.out.splitlines() if line and not line.startswith(" ")][-2:]
    assert (done.code, done.err, heads) == (0, "", ["What was said", "Whose words are in whose window, at its last prompt"])
    told = [line.strip() for line in done.out.splitlines()]
    for role in ("buyer", "supplier"):
        assert sum(line.startswith(f"{role}: ") and " messages, " in line and line.endswith(" bytes") for line in told) == 1
        assert sum(line.startswith(f"{role} used ") for line in told) == 1


def test_a_report_gives_machines_the_figures_of_the_outcome(full_desk: Desk, kept: Kept) -> None:
    """`report --json` holds what `context` holds in the outcome of the session."""
    figures = full_desk.do("report", kept.agreed, "--json").json
    assert figures == {"session": kept.agreed, **full_desk.do("resume", kept.agreed, "--json").json["context"]}
    windows = figures["windows"]
    assert [*windows] == ["budget", "channel", "capacity"]
    sent = {role: told["tokens"] for role, told in figures["sent"].items()}
    assert all(tokens > 100 for tokens in sent.values())


def test_a_report_draws_a_chart(full_desk: Desk, kept: Kept) -> None:
    """`--svg` writes a chart that is a whole document; where it can't be written, that is said."""
    done = full_desk.do("report", kept.agreed, "--svg", "windows.svg")
    assert (done.code, done.out.splitlines()[-1]) == (0, "The chart is in windows.svg.")
    root = ET.parse(full_desk.path / "windows.svg").getroot()  # noqa: S314 - our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    failed = full_desk.do("report", kept.agreed, "--svg", "nowhere/windows.svg")
    assert (failed.code, failed.out) == (2, "")
    assert failed.err.startswith("handfast: 'nowhere/windows.svg' cannot be written: No such file")


def _gauges(width: int, *, unicode: bool) -> list[str]:
    story = flooded()
    shown = Console(file=io.StringIO(), width=width, height=40, color_system=None)
    painter = LivePainter(fresh(story.session.settings), shown)
    painter.paint(tuple(story.entries[:9]))
    painter.close()
    with shown.capture() as capture:
        shown.print(draw(painter.picture(), width, 40, unicode=unicode))
    return [line.rstrip() for line in capture.get().splitlines() if " % " in line]


@pytest.mark.parametrize(
    ("width", "unicode", "lines"),
    [
        (
            60,
            True,
            snapshot(
                [
                    "budget      ███▓▒░░···  45 % budget 1, channel 0, capacity…",
                    "channel     ███▓▒░░···  45 % budget 1, channel 0, capacity…",
                    "capacity    ███▓▒░····  35 % budget 1, channel 0, capacity 8",
                ]
            ),
        ),
        (
            120,
            True,
            snapshot(
                [
                    "budget      ██████████▓▒░░░░░░░░····················  45 % pinned 25, budget 1, channel 0, capacity 18",
                    "channel     ██████████▓▒░░░░░░░░····················  45 % pinned 25, budget 1, channel 0, capacity 18",
                    "capacity    ██████████▓▒░░░░························  35 % pinned 25, budget 1, channel 0, capacity 8",
                ]
            ),
        ),
        (
            120,
            False,
            snapshot(
                [
                    "budget      ##########%=--------....................  45 % pinned 25, budget 1, channel 0, capacity 18",
                    "channel     ##########%=--------....................  45 % pinned 25, budget 1, channel 0, capacity 18",
                    "capacity    ##########%=----........................  35 % pinned 25, budget 1, channel 0, capacity 8",
                ]
            ),
        ),
    ],
    ids=["narrow", "wide", "plain"],
)
def test_the_live_view_has_a_gauge_for_each_window(
    width: int,
    unicode: bool,  # noqa: FBT001 - a row of the table
    lines: list[str],
) -> None:
    """A bar of what is pinned and of each sender's words, how full the window is, and who holds how many percent."""
    assert _gauges(width, unicode=unicode) == lines
