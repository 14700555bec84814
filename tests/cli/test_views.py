"""What is seen while a session runs?"""

from __future__ import annotations

import io
import sys
import threading
from dataclasses import replace
from textwrap import wrap

import pytest
from inline_snapshot import snapshot
from rich.console import Console

from orchestrator.cli.live import LivePainter
from orchestrator.cli.picture import draw
from orchestrator.cli.plain import PlainPainter
from orchestrator.cli.screen import Screen, screen_for
from orchestrator.engine import Session, advance, fresh
from orchestrator.messages.entry import Entry
from tests.report.story import Story, low, told


def _before(story: Story) -> Session:
    return fresh(story.session.settings)


def _drawn(story: Story, width: int, height: int, *, unicode: bool = True, waited: float = 2.5) -> list[str]:
    painter = LivePainter(_before(story), Console(file=io.StringIO(), width=width, height=height))
    painter.paint(tuple(story.entries))
    painter.close()
    picture = painter.picture()
    picture = replace(picture, waited=waited)
    out = io.StringIO()
    Console(file=out, width=width, height=height, color_system=None).print(draw(picture, width, height, unicode=unicode))
    return [line.rstrip() for line in out.getvalue().splitlines()]


def _folded(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in wrap(line, 110)]


@pytest.fixture
def half_way() -> Story:
    """Return a talk with three offers on the table, one of them changed, and a refused draft."""
    story = Story()
    story.write(act="propose", terms={"search_spend": 40000, "vip_list": True}, text="Let us begin small.")
    story.write(act="propose", terms=low(), text="Video, [bold]soon[/bold]\x1b[2J.")
    story.write(act="propose", terms=low(hours=120), text="Fewer hours.")
    story.write(act="propose", terms=low(spend=45000), text="A little more.")
    story.write(act="propose", terms=low(hours=330), text="More hours.")
    return story


def test_plain_lines_tell_each_move(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a live view a session is a line for each move, with words and findings beneath it."""
    story = told()
    painter = PlainPainter(_before(story))
    for entry in story.entries:
        painter.paint((entry,))
    painter.close()
    assert _folded(capsys.readouterr().out) == snapshot(
        [
            "round 1 · budget proposes m1: search spend 40,000, vip list yes, open: creative format, creative hours and",
            "launch date",
            '    "Let us begin small."',
            "round 1 · channel is refused (draft 1)",
            "    ! terms.creative_hours: 'capacity' has at most 320 hours, not 330 (mandate.limit)",
            "round 1 · channel proposes m2: search spend 62,000, creative format video, creative hours 180, launch date",
            "2026-10-01, vip list no",
            '    "Video, within the hours."',
            "round 1 · capacity is refused (draft 1)",
            "    ! text: nobody controls success (guarantee.outcome)",
            "round 1 · capacity is refused (draft 2)",
            "    ! text: nobody controls success (guarantee.outcome)",
            "round 1 · capacity accepts m2",
            "    ! its words were withheld",
            "    ! text: nobody controls success (guarantee.outcome)",
            "round 2 · budget accepts m2",
            "settled: budget, channel and capacity back m2",
            "gate big-spend reached: cmo must approve m2",
            "gate big-spend: waiting for an answer",
            "gate big-spend denied by cmo: Too dear.",
            "    m2 of channel falls: denied by cmo: Too dear.",
            "round 2 · channel proposes m5: search spend 61,000 (was 62,000), 4 as before",
            '    "This is fair to all of us."',
            "round 2 · capacity accepts m5",
            "round 3 · budget accepts m5",
            "settled: budget, channel and capacity back m5",
            "gate big-spend reached: cmo must approve m5",
            "gate big-spend: waiting for an answer",
            "gate big-spend approved by cmo: Go.",
            "agreed on m5, digest 977ea06499d639f9",
        ]
    )


def test_the_picture_fits_a_narrow_terminal(half_way: Story) -> None:
    """In 60 columns: the round, who speaks, time left, the offers with what changed, backers, tokens, words, findings."""
    assert _drawn(half_way, 60, 40) == snapshot(
        [
            "────────────────────────────────────────────────────────────",
            "round 2 of 6 · 9 min 56 s left · channel mends its draft (2…",
            "                budget m4  channel m2 capacity m3",
            "search spend    45,000 ▲   62,000     62,000",
            "creative format video      video      video",
            "creative hours  180        180        120",
            "launch date     2026-10-01 2026-10-01 2026-10-01",
            "vip list        no ◆       no         no",
            "backed by       budget     channel    capacity",
            "tokens: budget 2,469, channel 2,492, capacity 1,243",
            'channel: "Video, [bold]soon[/bold]."',
            'capacity: "Fewer hours."',
            'budget: "A little more."',
            "! channel: terms.creative_hours: 'capacity' has at most 320…",
        ]
    )


def test_the_picture_uses_a_wide_terminal(half_way: Story) -> None:
    """In 120 columns there is room for whole words and the names of backers."""
    assert _drawn(half_way, 120, 40) == snapshot(
        [
            "────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────",
            "round 2 of 6 · 9 min 56 s left · channel mends its draft (2.5 s)",
            "                budget m4  channel m2 capacity m3",
            "search spend    45,000 ▲   62,000     62,000",
            "creative format video      video      video",
            "creative hours  180        180        120",
            "launch date     2026-10-01 2026-10-01 2026-10-01",
            "vip list        no ◆       no         no",
            "backed by       budget     channel    capacity",
            "tokens: budget 2,469, channel 2,492, capacity 1,243",
            'channel: "Video, [bold]soon[/bold]."',
            'capacity: "Fewer hours."',
            'budget: "A little more."',
            "! channel: terms.creative_hours: 'capacity' has at most 320 hours, not 330 (mandate.limit)",
        ]
    )


def test_the_picture_knows_small_and_simple_terminals(half_way: Story) -> None:
    """Where there are few lines only the table stays; where there is no Unicode, arrows are ASCII."""
    assert _drawn(half_way, 60, 12, unicode=False, waited=0) == snapshot(
        [
            "------------------------------------------------------------",
            "round 2 of 6 · 9 min 58 s left · channel mends its draft",
            "                budget m4  channel m2 capacity m3",
            "search spend    45,000 ^   62,000     62,000",
            "creative format video      video      video",
            "creative hours  180        180        120",
            "launch date     2026-10-01 2026-10-01 2026-10-01",
            "vip list        no *       no         no",
            "backed by       budget     channel    capacity",
        ]
    )


def test_the_picture_begins_empty_and_ends(half_way: Story) -> None:
    """Before any offer the table says so; when approvals are sought or the session is over, the head says so."""
    assert _drawn(Story(), 60, 40)[1:3] == snapshot(
        ["round 1 of 6 · 9 min 58 s left · budget writes (2.5 s)", "                nothing is on the table yet"]
    )
    half_way.write(act="propose", terms=low())
    half_way.accept()
    half_way.accept()
    assert _drawn(half_way, 60, 40)[1] == snapshot("round 3 of 6 · 9 min 57 s left · approvals are sought")
    half_way.rule(approved=True)
    assert _drawn(half_way, 60, 40)[1] == snapshot("round 3 of 6 · agreed")


def test_many_offers_show_the_latest(half_way: Story) -> None:
    """Where not all offers fit, those that were tabled last are shown."""
    assert _drawn(half_way, 44, 40)[2].split() == ["budget", "m4", "capacity", "m3"]


@pytest.mark.parametrize("width", [60, 120])
def test_no_line_is_wider_than_the_terminal(half_way: Story, width: int) -> None:
    """Whatever is drawn fits the terminal, so that nothing wraps and flickers."""
    assert max(len(line) for line in _drawn(half_way, width, 40)) <= width


def test_what_agents_write_is_not_interpreted(half_way: Story) -> None:
    """Markup in words is shown as it is written; escapes are gone before the terminal sees them."""
    out = io.StringIO()
    painter = LivePainter(_before(half_way), Console(file=out, width=100, force_terminal=True, color_system=None))
    painter.paint(tuple(half_way.entries))
    painter.close()
    assert '"Video, [bold]soon[/bold]."' in out.getvalue()
    assert "\x1b[2J." not in out.getvalue()


def test_a_slow_painter_delays_nobody(half_way: Story) -> None:
    """While a painter is stuck, watching returns at once; nothing is lost when it goes on."""
    stuck, free = threading.Event(), threading.Event()
    seen: list[Entry] = []

    class Slow:
        def paint(self, entries: tuple[Entry, ...]) -> None:
            seen.extend(entries)
            stuck.set()
            free.wait(10)

        def close(self) -> None:
            seen.append(half_way.entries[0])

    screen = Screen(Slow())
    screen.open()
    assert stuck.wait(10)
    for entry in half_way.entries:
        screen.watch(entry)
    free.set()
    screen.close()
    assert seen == [*half_way.entries, half_way.entries[0]]


def test_a_terminal_that_went_away_ends_nothing(half_way: Story) -> None:
    """When painting fails because the terminal is gone, the session's watcher still takes entries."""

    class Gone:
        def paint(self, entries: tuple[Entry, ...]) -> None:
            raise BrokenPipeError(len(entries))

        def close(self) -> None:
            pass

    screen = Screen(Gone())
    screen.open()
    screen.watch(half_way.entries[0])
    screen.close()


def test_without_a_terminal_lines_are_printed(half_way: Story, capsys: pytest.CaptureFixture[str]) -> None:
    """Where standard output is no terminal, a session is told in plain lines."""
    session = advance(_before(half_way), half_way.entries[0])
    with screen_for(session, plain=False) as watch:
        for entry in half_way.entries[1:]:
            watch(entry)
    assert [line[:42] for line in capsys.readouterr().out.splitlines() if line.startswith("round 2")] == [
        "round 2 · budget proposes m4: search spend",
        "round 2 · channel is refused (draft 1)",
    ]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _shown(story: Story, monkeypatch: pytest.MonkeyPatch, **settings: str) -> str:
    for name, value in {"TERM": "xterm", **settings}.items():
        monkeypatch.setenv(name, value)
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    with screen_for(_before(story), plain=False) as watch:
        for entry in story.entries:
            watch(entry)
    return terminal.getvalue()


def test_a_terminal_gets_a_live_view(half_way: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal the table is drawn in place."""
    shown = _shown(half_way, monkeypatch)
    assert "backed by" in shown
    assert "\x1b[" in shown


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colours_gets_lines(
    half_way: Story, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]
) -> None:
    """Where colours are not wanted, or a terminal has no skills, there are plain lines."""
    shown = _shown(half_way, monkeypatch, **settings)
    assert shown.startswith("round 1 · budget proposes m1: ")
    assert "\x1b[" not in shown


@pytest.fixture(autouse=True)
def no_terminal_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the terminal of whoever runs the tests out of them."""
    for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
