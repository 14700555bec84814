"""Who is killed? Worker processes that are started by their command, killed without a word, paused, and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Worker", "serve_command", "worker_command"]


def serve_command(journal: str, at_once: int) -> tuple[str, ...]:
    """Return the command of the one process that holds an embedded journal."""
    return (*_HANDFAST, "serve", "--journal", journal, "--at-once", str(at_once))


def worker_command(journal: str, queue: str, name: str, at_once: int) -> tuple[str, ...]:
    """Return the command of one of many workers on Postgres."""
    return (*_HANDFAST, "worker", "--journal", journal, "--queue", queue, "--name", name, "--at-once", str(at_once))


_HANDFAST = (sys.executable, "-m", "orchestrator.cli")


@dataclass(slots=True)
class Worker:
    """A process, and what it was started with."""

    command: tuple[str, ...]
    log: Path
    starts: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it, in a group of its own, with its words in the log."""
        self.starts += 1
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                self.command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )

    def kill(self) -> bool:
        """Kill it at once; return whether it still ran."""
        if self.process is None or self.process.poll() is not None:
            return False
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        return True

    def stop(self, seconds: float = 20.0) -> int | None:
        """Ask it to end in good order; return its exit code, None where it had to be killed."""
        if self.process is None or self.process.poll() is not None:
            return None if self.process is None else self.process.returncode
        self.process.terminate()
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return None

    @property
    def ended(self) -> int | None:
        """Return its exit code where it ended by itself."""
        return None if self.process is None else self.process.poll()
