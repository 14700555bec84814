"""Which exit code and which words does a failure get? One table for every command."""

from __future__ import annotations

import os
import sqlite3
import sys
import traceback
from collections.abc import Iterator

import click

from orchestrator.cli.printing import complain, silence
from orchestrator.errors import (
    ChainBroken,
    ConfigError,
    Drift,
    JournalError,
    OrchestratorError,
    ProviderError,
    ScriptError,
    SeatLeft,
    UsageError,
)

__all__ = [
    "AGREED",
    "BY_STATUS",
    "CHECK_FAILED",
    "INTERRUPTED",
    "NO_AGREEMENT",
    "STOPPED",
    "USAGE",
    "WAITING",
    "WORLD_FAILED",
    "code_of",
    "report_failure",
]

AGREED = 0
CHECK_FAILED = 1
USAGE = 2
NO_AGREEMENT = 3
STOPPED = 4
WAITING = 5
WORLD_FAILED = 6
INTERRUPTED = 130

BY_STATUS = {"agreed": AGREED, "no_agreement": NO_AGREEMENT, "stopped": STOPPED, "waiting": WAITING, "interrupted": INTERRUPTED}
"""The exit code of `run` and `resume` by the status that they print."""

_BY_ERROR: tuple[tuple[type[BaseException], int], ...] = (
    (UsageError, USAGE),
    (ConfigError, USAGE),
    (SeatLeft, WAITING),
    (ScriptError, USAGE),
    (click.UsageError, USAGE),
    (click.ClickException, USAGE),
    (ChainBroken, CHECK_FAILED),
    (Drift, CHECK_FAILED),
    (JournalError, WORLD_FAILED),
    (ProviderError, WORLD_FAILED),
    (sqlite3.Error, WORLD_FAILED),
    (OSError, WORLD_FAILED),
    (click.Abort, INTERRUPTED),
    (KeyboardInterrupt, INTERRUPTED),
)
"""The first row that fits counts; what fits none is a mistake of ours, and no session is lost by it."""


def code_of(error: BaseException) -> int:
    """Return the exit code of a failure."""
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), WORLD_FAILED)


def report_failure(error: BaseException, *, debug: bool) -> int:
    """Say what went wrong in one line and a hint on standard error, and return the exit code."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else USAGE
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        silence(sys.stdout)
        return 0
    if debug:
        complain("".join(traceback.format_exception(error)).rstrip())
    for line in _lines(error):
        complain(line)
    return code_of(error)


def _lines(error: BaseException) -> Iterator[str]:
    message, hint = _words(error)
    for line in message.splitlines() or [type(error).__name__]:
        yield f"handfast: {line}"
    if hint:
        yield f"hint: {hint}"


def _words(error: BaseException) -> tuple[str, str]:
    match error:
        case OrchestratorError():
            return error.message, error.hint
        case click.UsageError():
            command = error.ctx.command_path if error.ctx else "handfast"
            return error.format_message(), f"'{command} --help' shows what it takes"
        case click.ClickException():
            return error.format_message(), ""
        case KeyboardInterrupt() | click.Abort():
            return "interrupted", "'handfast sessions' shows what can be resumed"
        case _:
            return _of_the_world(error)


def _of_the_world(error: BaseException) -> tuple[str, str]:
    match error:
        case sqlite3.Error():
            return f"the journal failed: {error}", "'handfast verify --all' shows what it holds"
        case OSError():
            reason = error.strerror or str(error) or type(error).__name__
            place = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
            return f"{place}{reason}", ""
        case _:
            return f"internal error: {type(error).__name__}: {error}", "run it again with --debug and report what it prints"
