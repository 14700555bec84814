"""What does a session look like without a live view? A line for each move, and what was said and found beneath it."""

from __future__ import annotations

from orchestrator.cli.printing import say, terminal_width, wrapped
from orchestrator.engine import Session, advance
from orchestrator.messages.entry import Entry
from orchestrator.report.telling import Line, Tone, tell

__all__ = ["PlainPainter", "indented"]

_WORDS = 160
_MARGINS: dict[Tone, tuple[str, str]] = {
    "words": ("    ", "     "),
    "fall": ("    ", "    "),
    "finding": ("    ! ", "      "),
}


class PlainPainter:
    """Print entries as lines."""

    __slots__ = ("_session", "_width")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._width = terminal_width()

    def paint(self, entries: tuple[Entry, ...]) -> None:
        """Print what the entries tell."""
        for entry in entries:
            for line in tell(self._session, entry, words=_WORDS, live=True):
                for part in indented(line, self._width):
                    say(part)
            self._session = advance(self._session, entry)

    def close(self) -> None:
        """Leave the terminal as it is."""


def indented(line: Line, width: int) -> list[str]:
    """Return a line as it stands under the move that it belongs to, in as many lines as it takes."""
    first, later = _MARGINS.get(line.tone, ("", "        "))
    return wrapped(line.text, first, later, width=width)
