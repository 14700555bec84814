"""How is a person at a terminal, or a script in their place, asked? Line by line, on the one thread that owns the terminal."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from importlib import import_module
from typing import TypeVar

from orchestrator.cli.printing import complain, fitted, say, terminal_width
from orchestrator.cli.seat.acts import Notebook
from orchestrator.cli.seat.asking import Asking
from orchestrator.cli.seat.turn import turn
from orchestrator.errors import SeatLeft
from orchestrator.messages.value import RoleName
from orchestrator.messages.view import View

__all__ = ["Console"]

T = TypeVar("T")

_WIDEST = 100
_YIELDS = 8
"""Turns of the loop that others get before the terminal is waited for: files that follow the talk catch up."""


class Console:
    """Asks whoever sits at standard input.

    With `aside`, all is said on standard error; with `missed`, people come to a talk that has begun. `here` are the seats
    whose people sit at this terminal; all of them where it names none.
    """

    __slots__ = ("_books", "_missed", "_tell", "here")

    def __init__(self, *, aside: bool = False, missed: bool = False, here: Collection[str] = ()) -> None:
        self.here = frozenset(here)
        self._missed = missed
        self._tell: Callable[[str], None] = complain if aside else say
        self._books: dict[RoleName, Notebook] = {}
        stream: object = sys.stdin
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")

    async def __call__(self, view: View, /) -> str:
        """Return the draft of the person in a seat. Raises SeatLeft where they leave, or where the input has ended."""
        if self.here and view.role not in self.here:
            raise SeatLeft(view.role, f"it is the turn of the person in the seat of {view.role}, who is not at this terminal")
        for _ in range(_YIELDS):
            await asyncio.sleep(0)
        book = self._books.setdefault(view.role, Notebook(missed=self._missed))
        return self._through(turn(view, book, self._width()), view.role)

    def tell(self, text: str) -> None:
        """Show a line, in as many as the terminal asks for."""
        for line in fitted(text, self._width()):
            self._tell(line)

    def _through(self, asking: Asking[T], role: RoleName) -> T:
        try:
            question = next(asking)
            while True:
                for line in question.lines:
                    self.tell(line)
                question = asking.send(self._read(question.prompt, role))
        except StopIteration as done:
            return done.value
        finally:
            asking.close()

    def _read(self, prompt: str, role: RoleName) -> str:
        try:
            with _interruptible():
                return self._line(prompt)
        except KeyboardInterrupt:
            self._tell("")
            raise SeatLeft(role, f"interrupted by the person in the seat of {role}", interrupted=True) from None
        except (EOFError, OSError):
            self._tell("")
            raise SeatLeft(role, f"the person in the seat of {role} left") from None

    def _line(self, prompt: str) -> str:
        if sys.stdin.isatty() and sys.stdout.isatty() and self._tell is say:
            _edit_lines()
            return input(prompt)
        if sys.stdin.isatty():
            self._tell(prompt)
            return _typed()
        line = _typed()
        self._tell(f"{prompt}{line.rstrip()}")
        return line

    def _width(self) -> int:
        return min(_WIDEST, terminal_width())


def _edit_lines() -> None:
    """Let arrow keys move within a line and bring back earlier ones, where the system and the terminal can do that.

    Importing the module is what switches it on.
    """
    if os.environ.get("TERM", "dumb") != "dumb":
        with contextlib.suppress(ImportError):
            import_module("readline")


def _typed() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


@contextmanager
def _interruptible() -> Generator[None]:
    """Let Ctrl-C end the waiting for a line at once; elsewhere it ends the task that drives the session."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
