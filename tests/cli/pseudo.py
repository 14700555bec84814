"""How does a test sit at a terminal? A command in a pseudo-terminal of a given width: lines in, and its whole screen."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.pages import ROOT

__all__ = ["Pseudo", "pseudo"]

_SECONDS = 25.0
_TAKE_TERMINAL = "import fcntl,os,sys,termios;fcntl.ioctl(0,termios.TIOCSCTTY,0);os.execv(sys.argv[1],sys.argv[1:])"


@dataclass(slots=True, kw_only=True)
class Pseudo:
    """A command that believes to be at a terminal."""

    process: subprocess.Popen[bytes]
    terminal: int
    seen: str = ""
    """All that it showed."""
    place: int = field(default=0)
    """Up to where it was waited for."""

    def wait_for(self, text: str) -> None:
        """Read until a text is shown that was not waited for yet."""
        end = time.monotonic() + _SECONDS
        while (found := self.seen.find(text, self.place)) < 0:
            if time.monotonic() > end or not self._read():
                raise AssertionError(f"{text!r} was not shown in {self.seen[self.place :]!r}")
        self.place = found + len(text)

    def answer(self, prompt: str, line: str) -> None:
        """Wait for a prompt, then write a line."""
        self.wait_for(prompt)
        self.write(f"{line}\n")

    def write(self, text: str) -> None:
        """Press keys."""
        os.write(self.terminal, text.encode())

    def interrupt(self) -> None:
        """Press Ctrl-C, as slowly as a person: between a prompt and the reading behind it, a signal would only be noted."""
        time.sleep(0.5)
        self.write("\x03")

    def end(self) -> int:
        """Wait until it is over, and return its exit code."""
        end = time.monotonic() + _SECONDS
        while self._read():
            assert time.monotonic() < end, self.seen[self.place :]
        return self.process.wait(_SECONDS)

    @property
    def screen(self) -> str:
        """Return all that was shown, line by line."""
        return "\n".join(line.rstrip() for line in self.seen.replace("\r\n", "\n").replace("\r", "").split("\n"))

    def _read(self) -> bool:
        ready, _, _ = select.select([self.terminal], [], [], 0.5)
        if not ready:
            return True
        try:
            found = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.seen += found.decode("utf-8", "replace")
        return bool(found)


@contextmanager
def pseudo(folder: Path, *words: str, columns: int = 100) -> Generator[Pseudo]:
    """Run a command of handfast in a pseudo-terminal, and end it at the end whatever it does."""
    terminal, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "HANDFAST_JOURNAL")},
        "HANDFAST_KEY": "07" * 32,
        "PYTHONPATH": str(ROOT),
        "TERM": "dumb",
    }
    command = [sys.executable, "-c", _TAKE_TERMINAL, sys.executable, "-m", "orchestrator.cli", *words]
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=inner, stdout=inner, stderr=inner, start_new_session=True
    )
    os.close(inner)
    try:
        yield Pseudo(process=process, terminal=terminal)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        os.close(terminal)
