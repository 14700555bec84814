"""What does a terminal show while a session runs? Its moves as they come, and beneath them the table as it stands."""

from __future__ import annotations

import time
from collections import deque

from rich.console import Console
from rich.live import Live
from rich.text import Text

from orchestrator.cli.picture import TONES, Picture, draw
from orchestrator.cli.plain import indented
from orchestrator.engine import Session, advance
from orchestrator.messages.entry import Entry
from orchestrator.messages.event import Tabled
from orchestrator.messages.reply import Written
from orchestrator.messages.terms import Terms
from orchestrator.messages.window import Window
from orchestrator.report.telling import Line, tell

__all__ = ["LivePainter"]

_WORDS = 200
_FINDINGS = 3
_ECHO = 3


class LivePainter:
    """Draw a session with rich. What moves is drawn in place; what happened stays above it."""

    __slots__ = ("_before", "_console", "_findings", "_live", "_session", "_since", "_windows")

    def __init__(self, session: Session, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, markup=False, emoji=False)
        self._session = session
        self._before: dict[str, Terms] = {}
        self._windows: dict[str, Window] = {}
        self._findings: deque[str] = deque(maxlen=_FINDINGS)
        self._since = time.monotonic()
        self._live = Live(
            console=self._console,
            auto_refresh=False,
            transient=True,
            vertical_overflow="crop",
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._live.start()

    def paint(self, entries: tuple[Entry, ...]) -> None:
        """Print what is new above the picture, and draw the picture."""
        width, height = self._console.size
        told = [line for entry in entries for line in self._take(entry)]
        if told:
            self._since = time.monotonic()
            self._console.print(Text("\n").join(_coloured(line, width) for line in told))
        # Ctrl-C is echoed as two characters behind the last line: they must not begin a new one.
        width -= _ECHO
        self._live.update(draw(self.picture(), width, height, unicode=self._console.encoding.startswith("utf")), refresh=True)

    def close(self) -> None:
        """Take the picture away; what happened stays."""
        self._live.stop()

    def _take(self, entry: Entry) -> list[Line]:
        told = list(tell(self._session, entry, words=_WORDS, live=True))
        self._findings.extend(f"{line.role}: {line.text}" for line in told if line.tone == "finding")
        if isinstance(entry.reply, Written) and entry.reply.window is not None:
            self._windows[entry.reply.role] = entry.reply.window
        for event in entry.events:
            if isinstance(event, Tabled) and event.move.act == "propose":
                sender = event.move.sender
                self._before[sender] = next((move.terms for move in self._session.proposals if move.sender == sender), ())
        self._session = advance(self._session, entry)
        return told

    def picture(self) -> Picture:
        """Return what is to be seen now."""
        return Picture(
            session=self._session,
            before=self._before,
            findings=tuple(self._findings),
            waited=time.monotonic() - self._since,
            windows=self._windows,
        )


def _coloured(line: Line, width: int) -> Text:
    return Text("\n".join(indented(line, width)), style=TONES[line.tone])
