"""What do tests of workers need? Workers in processes of their own, and a desk to put sessions on their queue."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from orchestrator.assembly import check_heads, read_journal
from orchestrator.errors import OrchestratorError
from orchestrator.messages.entry import Entry
from orchestrator.messages.value import SessionId
from orchestrator.storage.postgres_place import PostgresPlace
from tests.postgres import Server

__all__ = ["QUEUE", "Crew", "Man", "until"]

QUEUE = "talks"


@dataclass(slots=True)
class Man:
    """One worker, and what it has said."""

    process: subprocess.Popen[str]
    heard: Path

    @property
    def said(self) -> str:
        """Return all that it has said."""
        return self.heard.read_text()

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def stop(self) -> int:
        """Ask it to stop and return its exit code."""
        self.send(signal.SIGTERM)
        code = self.process.wait(timeout=60)
        assert code == 0, self.said
        return code


@dataclass(slots=True)
class Crew:
    """The workers on one journal, and commands to it."""

    place: PostgresPlace
    server: Server
    folder: Path
    men: list[Man] = field(default_factory=list[Man])

    @property
    def address(self) -> str:
        """Return the address of the journal."""
        return str(self.place)

    def worker(self, name: str, *options: str, world: Mapping[str, str] | None = None, ready: bool = True) -> Man:
        """Start a worker and return when it is at work."""
        heard = self.folder / f"{name}-{len(self.men)}.txt"
        command = [
            sys.executable,
            "-m",
            "orchestrator.cli",
            "worker",
            "--queue",
            QUEUE,
            "--name",
            name,
            "--lease",
            "2",
            *options,
        ]
        with heard.open("w") as output:
            process = subprocess.Popen(
                [*command, "--journal", self.address],
                stdout=output,
                stderr=output,
                text=True,
                env={**os.environ, **(world or {})},
            )
        man = Man(process, heard)
        self.men.append(man)
        if ready:
            until(lambda: "is at work" in man.said or "hint: " in man.said)
        return man

    def run(self, *words: str, world: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command on the journal."""
        return subprocess.run(
            [sys.executable, "-m", "orchestrator.cli", *words, "--journal", self.address],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, **(world or {})},
        )

    def submit(self, path: str, count: int, *words: str, world: Mapping[str, str] | None = None) -> list[SessionId]:
        """Put sessions on the queue and return their ids."""
        done = self.run("submit", path, "--count", str(count), "--queue", QUEUE, *words, world=world)
        assert (done.returncode, done.stderr) == (0, "")
        return [SessionId(line) for line in done.stdout.split()]

    def states(self) -> dict[str, str]:
        """Return how each session stands."""
        with read_journal(self.place) as journal:
            return {summary.id: summary.state for summary in journal.summaries()}

    def entries(self, session: SessionId) -> tuple[Entry, ...]:
        """Return the entries of a session, whose chain and signatures hold."""
        with read_journal(self.place) as journal:
            return check_heads(journal.rows(session)).entries

    def bursts(self, where: str = "true") -> list[tuple[str, str]]:
        """Return id and state of the bursts of which something is so, in the order of their ids."""
        table = f'"{self.place.schema}_bursts".workflow_status'
        query = f"SELECT workflow_uuid, status FROM {table} WHERE {where} ORDER BY 1"  # noqa: S608 - of the tests
        return [(str(name), str(state)) for name, state in self.server.run(query)]

    def all_are(self, *states: str) -> Callable[[], bool]:
        """Return whether every session stands in one of these ways, as a question."""
        return lambda: set(self.states().values()) <= set(states)

    @contextlib.contextmanager
    def gone(self) -> Generator[None]:
        """Stop the server for a while."""
        self.server.stop()
        try:
            yield
        finally:
            self.server.start()

    def take_all(self, taken: contextlib.ExitStack) -> list[psycopg.Connection]:
        """Take all connections that the server has left, until the stack is closed, and return them."""
        found: list[psycopg.Connection] = []
        with contextlib.suppress(psycopg.OperationalError):
            while True:
                found.append(taken.enter_context(contextlib.closing(psycopg.connect(self.server.address, autocommit=True))))
        return found

    def dismiss(self) -> None:
        """End all workers, and print how all stands and what they have said: pytest shows it where a test has failed."""
        with contextlib.suppress(OrchestratorError, psycopg.Error):
            sys.stdout.write(f"{self.states()}\n{self.bursts()}\n")
        for man in self.men:
            man.send(signal.SIGCONT)
            man.process.kill()
            man.process.wait()
            sys.stdout.write(f"{man.heard.name}:\n{man.said}\n")


def until(condition: Callable[[], bool], seconds: float = 90.0) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail("it did not happen in time")
        time.sleep(0.1)
