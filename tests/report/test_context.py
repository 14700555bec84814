"""Who holds how much of whose window, how fast did it come, and what should somebody who approves know?"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from inline_snapshot import snapshot

from orchestrator.messages.window import Window
from orchestrator.report.chart import chart
from orchestrator.report.context import context, seen, sent, use_lines, warnings
from tests.report.flooded import flooded
from tests.report.story import Story


@pytest.fixture(scope="module")
def flood() -> Story:
    """Return the flooded talk."""
    return flooded()


def test_all_figures_are_told_to_machines(flood: Story) -> None:
    """Tokens, bytes, pace and growth of each sender; of each window who held what, by round and in all."""
    assert context(flood.session, flood.entries) == snapshot(
        {
            "estimated": False,
            "sent": {
                "budget": {
                    "messages": 3,
                    "tokens": 6,
                    "bytes": 29,
                    "cut": 0,
                    "withheld": 0,
                    "flagged": [],
                    "per_second": 0.545,
                    "rounds": [4, 1, 1, 0],
                    "growth": [-3, 0, -1],
                },
                "channel": {
                    "messages": 3,
                    "tokens": 6,
                    "bytes": 26,
                    "cut": 0,
                    "withheld": 0,
                    "flagged": [],
                    "per_second": 0.545,
                    "rounds": [4, 1, 1, 0],
                    "growth": [-3, 0, -1],
                },
                "capacity": {
                    "messages": 3,
                    "tokens": 1322,
                    "bytes": 5948,
                    "cut": 0,
                    "withheld": 0,
                    "flagged": [{"move": "m3-k4xq", "score": 0.95}, {"move": "m6-k4xq", "score": 0.95}],
                    "per_second": 0.545,
                    "rounds": [600, 720, 2, 0],
                    "growth": [120, -718, -2],
                },
            },
            "windows": {
                "budget": {
                    "window": 8000,
                    "rounds": [
                        {"round": 1, "pinned": 2000, "held": {"budget": 0, "channel": 0, "capacity": 0}},
                        {"round": 2, "pinned": 2000, "held": {"budget": 60, "channel": 20, "capacity": 700}},
                        {"round": 3, "pinned": 2000, "held": {"budget": 80, "channel": 30, "capacity": 1500}},
                        {"round": 4, "pinned": 2000, "held": {"budget": 90, "channel": 40, "capacity": 1600}},
                    ],
                    "total": {"budget": 230, "channel": 90, "capacity": 3800},
                },
                "channel": {
                    "window": 8000,
                    "rounds": [
                        {"round": 1, "pinned": 2000, "held": {"budget": 60, "channel": 0, "capacity": 0}},
                        {"round": 2, "pinned": 2000, "held": {"budget": 80, "channel": 20, "capacity": 700}},
                        {"round": 3, "pinned": 2000, "held": {"budget": 90, "channel": 30, "capacity": 1500}},
                        {"round": 4, "pinned": 2000, "held": {"budget": 100, "channel": 40, "capacity": 1600}},
                    ],
                    "total": {"budget": 330, "channel": 90, "capacity": 3800},
                },
                "capacity": {
                    "window": 8000,
                    "rounds": [
                        {"round": 1, "pinned": 2000, "held": {"budget": 60, "channel": 20, "capacity": 0}},
                        {"round": 2, "pinned": 2000, "held": {"budget": 80, "channel": 30, "capacity": 700}},
                        {"round": 3, "pinned": 2000, "held": {"budget": 90, "channel": 40, "capacity": 1500}},
                    ],
                    "total": {"budget": 230, "channel": 90, "capacity": 2200},
                },
            },
        }
    )


def test_what_was_sent_is_the_sum_of_what_was_counted(flood: Story) -> None:
    """Nothing is recounted: a sender's tokens are those of its moves, and the rounds add up to them."""
    for each in sent(flood.session):
        moves = [move for move in flood.session.moves if move.sender == each.role]
        assert (each.tokens, sum(each.rounds)) == (sum(move.tokens for move in moves),) * 2


def test_a_window_is_that_of_the_last_prompt_of_a_round(flood: Story) -> None:
    """A role that was asked twice in a round, for a repair, is told with what it read last."""
    budget = seen(flood.session, flood.entries)[0]
    assert budget.last == Window(size=8000, pinned=2000, held=(90, 40, 1600))
    assert [number for number, _ in budget.rounds] == [1, 2, 3, 4]


def test_both_sides_are_told_in_a_line_each(flood: Story) -> None:
    """For each role: how full its window was when it last wrote, and whose words filled it."""
    assert list(use_lines(flood.session, flood.entries)) == snapshot(
        [
            "budget used 47 % of 8,000 tokens: pinned 2,000, budget 90, channel 40, capacity 1,600",
            "channel used 47 % of 8,000 tokens: pinned 2,000, budget 100, channel 40, capacity 1,600",
            "capacity used 45 % of 8,000 tokens: pinned 2,000, budget 90, channel 40, capacity 1,500",
        ]
    )


def test_whoever_approves_is_warned_of_a_flood(flood: Story) -> None:
    """Rounds and tokens that added no term before the offer, and flagged messages, are said in a sentence each."""
    offer = flood.session.offer(flood.session.settled)
    assert offer is not None
    assert list(warnings(flood.session, offer)) == snapshot(
        [
            "this offer followed 2 rounds in which capacity sent 1,320 tokens that added no term",
            "2 messages of capacity, 1,320 tokens, were flagged: repeats and empty",
        ]
    )


def test_an_honest_talk_gives_no_warning() -> None:
    """A few words without a term are nothing that anybody must know."""
    story = Story()
    story.settle()
    offer = story.session.offer(story.session.settled)
    assert offer is not None
    assert list(warnings(story.session, offer)) == []
    assert list(use_lines(story.session, story.entries)) == []


_NAMESPACE = "{http://www.w3.org/2000/svg}"


def _texts(svg: str) -> Iterator[str]:
    root = ET.fromstring(svg)  # noqa: S314 - our own
    yield from (node.text or "" for node in root.iter(f"{_NAMESPACE}text"))


def test_the_chart_has_a_panel_for_each_role(flood: Story) -> None:
    """Each panel says how full the window was, and has a stacked bar for each round with a part for each sender."""
    svg = chart(flood.session, flood.entries)
    titles = [text for text in _texts(svg) if " % of " in text or " said, " in text]
    assert titles == [
        "tokens said, as they were written: budget 6, channel 6, capacity 1,322",
        "budget: 47 % of 8,000 tokens in round 4",
        "channel: 47 % of 8,000 tokens in round 4",
        "capacity: 45 % of 8,000 tokens in round 3",
    ]
    root = ET.fromstring(svg)  # noqa: S314 - our own
    bars = [node for node in root.iter(f"{_NAMESPACE}rect") if node.find(f"{_NAMESPACE}title") is not None]
    assert len(bars) == (4 + 4 + 4 + 3) * 4
    heights = [float(bar.get("height", "0")) for bar in bars[16:20]]
    assert (heights[0] > 40, heights[1:]) == (True, [0.0, 0.0, 0.0])
    assert "\u25b2" in set(_texts(svg))


def test_a_chart_without_windows_says_so() -> None:
    """A record from before windows were measured has nothing to draw."""
    assert "No window was measured in this session." in set(_texts(chart(Story().session, Story().entries)))


def test_names_cannot_break_the_chart(flood: Story) -> None:
    """What stands in the file is text in the chart, whatever characters it has."""
    settings = flood.session.settings
    negotiation = settings.negotiation.model_copy(update={"title": '<script>"&\x1b[2J'})
    session = flood.session.but()
    object.__setattr__(session, "settings", settings.model_copy(update={"negotiation": negotiation}))
    root = ET.fromstring(chart(session, flood.entries))  # noqa: S314 - our own
    title = root.find(f"{_NAMESPACE}title")
    assert title is not None
    assert title.text == "Tokens in each role's window, by sender and round: <script>\"&"
