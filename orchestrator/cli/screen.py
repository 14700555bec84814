"""Who draws while a session runs? A thread of its own, so that a slow terminal delays no session."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Protocol

from orchestrator.cli.plain import PlainPainter
from orchestrator.engine import Session
from orchestrator.messages.entry import Entry
from orchestrator.runtime.driver import Watcher

__all__ = ["Painter", "Screen", "screen_for"]

_FRAME = 0.1
"""Seconds between two pictures, whatever happens between them."""


class Painter(Protocol):
    """Show entries. All calls come from one thread."""

    def paint(self, entries: tuple[Entry, ...]) -> None:
        """Show what is new; with nothing new, show that time goes by."""
        ...

    def close(self) -> None:
        """Leave the terminal as it was found."""
        ...


class Screen:
    """Hands entries to a painter on a thread of its own."""

    __slots__ = ("_done", "_entries", "_painter", "_thread")

    def __init__(self, painter: Painter) -> None:
        self._painter = painter
        self._entries: deque[Entry] = deque()
        self._done = Event()
        self._thread = Thread(target=self._work, name="handfast-screen", daemon=True)

    def open(self) -> None:
        """Begin to draw."""
        self._thread.start()

    def watch(self, entry: Entry) -> None:
        """Take note of an entry. Never waits."""
        self._entries.append(entry)

    def close(self) -> None:
        """Draw what is left and stop."""
        self._done.set()
        self._thread.join()

    def _work(self) -> None:
        try:
            while not self._done.wait(_FRAME):
                self._painter.paint(self._taken())
            self._painter.paint(self._taken())
        except OSError:
            # The terminal went away. The session goes on; its end is told by the exit code and by `show`.
            return
        finally:
            self._painter.close()

    def _taken(self) -> tuple[Entry, ...]:
        return tuple(self._entries.popleft() for _ in range(len(self._entries)))


@contextmanager
def screen_for(session: Session, *, plain: bool) -> Generator[Watcher]:
    """Yield a watcher that shows a session: live where there is a terminal, else a line for each move."""
    screen = Screen(PlainPainter(session) if plain or not _is_lively() else _live(session))
    screen.open()
    try:
        yield screen.watch
    finally:
        screen.close()


def _is_lively() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _live(session: Session) -> Painter:
    # Rich takes longer to import than a session of built-in models to run; only a live view needs it.
    from orchestrator.cli.live import LivePainter  # noqa: PLC0415 - see above

    return LivePainter(session)
