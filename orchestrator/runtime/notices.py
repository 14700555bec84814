"""How do people hear that a session waits for them? A command of their own gets each notice; what it does stops nothing."""

from __future__ import annotations

import json
import queue
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping

from orchestrator.errors import OrchestratorError, UsageError
from orchestrator.messages.entry import Entry
from orchestrator.messages.journal import Journal
from orchestrator.report.notice import is_notable, notices
from orchestrator.report.printed import Json
from orchestrator.runtime.driver import Announced
from orchestrator.runtime.record import entries_of, session_of

__all__ = ["Hook", "noticed"]

_SECONDS = 10.0
"""For one notice; then the command is stopped."""
_MOST_WAITING = 1_000
"""Notices that wait for the command; of more, the newest are dropped and that is said once."""


def _to_stderr(line: str) -> None:
    sys.stderr.write(f"{line}\n")


class Hook:
    """Runs a command for each notice, one after the other, in a thread of its own; the notice is its standard input."""

    __slots__ = ("_command", "_notices", "_seconds", "_thread", "_warn", "_warned")

    def __init__(self, command: str, warn: Callable[[str], None] = _to_stderr, seconds: float = _SECONDS) -> None:
        try:
            self._command = shlex.split(command)
        except ValueError as error:
            raise UsageError(f"the command for notices cannot be read: {error}", hint="check its quotation marks") from error
        if not self._command:
            raise UsageError("the command for notices is empty", hint="name a program, or leave HANDFAST_NOTIFY unset")
        self._warn = warn
        self._warned = False
        self._seconds = seconds
        self._notices: queue.Queue[str | None] = queue.Queue(_MOST_WAITING)
        self._thread: threading.Thread | None = None

    def tell(self, notice: Mapping[str, Json]) -> None:
        """Hand a notice over, and never wait for what becomes of it."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="handfast-notices", daemon=True)
            self._thread.start()
        try:
            self._notices.put_nowait(json.dumps(notice))
        except queue.Full:
            self._fail("it is too slow, and some notices were dropped")

    def close(self) -> None:
        """Let the command finish what was handed over, as far as its time reaches."""
        if self._thread is not None:
            self._notices.put(None)
            self._thread.join(self._seconds * 3)
            self._thread = None

    def _run(self) -> None:
        while (notice := self._notices.get()) is not None:
            self._call(notice)

    def _call(self, notice: str) -> None:
        try:
            done = subprocess.run(  # noqa: S603 - the user's own command, without a shell
                self._command, input=notice.encode(), capture_output=True, timeout=self._seconds, check=False
            )
        except subprocess.TimeoutExpired:
            self._fail(f"it took more than {self._seconds:g} s")
        except OSError as error:
            self._fail(error.strerror or str(error))
        else:
            if done.returncode:
                self._fail(f"it ended with {done.returncode}")

    def _fail(self, why: str) -> None:
        if not self._warned:
            self._warned = True
            self._warn(f"handfast: the command for notices failed ({why}); sessions go on without it")


def noticed(journal: Journal, hook: Hook) -> Announced:
    """Return a journal of whose entries people are told once they are durable."""

    def tell(entry: Entry) -> None:
        if not is_notable(entry):
            return
        try:
            session = session_of(each for each in entries_of(journal, entry.session) if each.seq <= entry.seq)
        except OrchestratorError:
            return
        for notice in notices(session, entry):
            hook.tell(notice)

    return Announced(journal, (tell,))
