"""How full is each role's window? A bar for each, with whose words fill it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from orchestrator.engine import Session
from orchestrator.messages.window import Window
from orchestrator.report.clean import clean

__all__ = ["gauges_of"]

_NAME, _WIDEST, _NARROWEST = 12, 40, 10
_LONG = 45
"""Columns that make room for what is pinned, which hardly changes."""

_SHADES = ("█", "▓", "▒", "░", "·")
_PLAIN = ("#", "%", "=", "-", ".")
"""For what is pinned, then for senders in turn; the last one is empty room."""

_COLOURS = ("white", "blue", "yellow", "green", "magenta", "cyan")


def gauges_of(session: Session, windows: Mapping[str, Window], width: int, *, unicode: bool) -> list[Text]:
    """Return a line for each role whose window is known, narrow enough for the terminal."""
    return [
        _gauge(session, role.name, windows[role.name], width, unicode=unicode) for role in session.roles if role.name in windows
    ]


def _gauge(session: Session, role: str, window: Window, width: int, *, unicode: bool) -> Text:
    room = max(_NARROWEST, min(_WIDEST, width - _NAME - 48))
    line = Text(f"{clean(role, _NAME - 1):<{_NAME}}", style="dim", no_wrap=True, overflow="ellipsis")
    drawn = 0
    for place, tokens in enumerate((window.pinned, *window.held)):
        cells = min(room - drawn, -(-tokens * room // window.size))
        line.append(_mark(place, unicode=unicode) * cells, style=_COLOURS[place % len(_COLOURS)])
        drawn += cells
    line.append((_SHADES if unicode else _PLAIN)[-1] * (room - drawn), style="dim")
    line.append(f" {window.used * 100 // window.size:>3} %", style="bold" if window.used * 10 >= window.size * 9 else "")
    left = width - _NAME - room - 7
    line.append(" " + clean(", ".join(_senders(session, window, wide=left > _LONG)), max(1, left)), style="dim")
    return line


def _mark(place: int, *, unicode: bool) -> str:
    marks = (_SHADES if unicode else _PLAIN)[:-1]
    return marks[0] if place == 0 else marks[1 + (place - 1) % (len(marks) - 1)]


def _senders(session: Session, window: Window, *, wide: bool) -> Iterator[str]:
    if window.estimated:
        yield "estimated"
    if wide:
        yield f"pinned {window.pinned * 100 // window.size}"
    for role, held in zip(session.roles, window.held, strict=False):
        yield f"{role.name} {held * 100 // window.size}"
