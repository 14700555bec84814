"""Which exit code and which words does a failure get?"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import click
import pytest

from orchestrator.cli.exits import code_of, report_failure
from orchestrator.errors import (
    ChainBroken,
    ConfigError,
    Conflict,
    Declined,
    Drift,
    JournalError,
    Malformed,
    Mistake,
    OrchestratorError,
    Overdrawn,
    ProviderError,
    RateLimited,
    ScriptExhausted,
    ScriptUnused,
    SeatLeft,
    Unavailable,
    Unwritable,
    UsageError,
)

_MISTAKES = (
    Mistake(file="a.yaml", line=3, key="stop.rounds", problem="is -1", expected="a whole number above 0"),
    Mistake(file="a.yaml", line=0, key="gates", problem="is missing"),
)

TABLE: list[tuple[BaseException, int, str]] = [
    (UsageError("no such session", hint="list them"), 2, "handfast: no such session\nhint: list them\n"),
    (UsageError("no such session"), 2, "handfast: no such session\n"),
    (
        ConfigError(_MISTAKES),
        2,
        (
            "handfast: a.yaml:3: stop.rounds: is -1; expected a whole number above 0\n"
            "handfast: a.yaml: gates: is missing\n"
            "hint: mend the files, then run 'handfast validate PATH' until it is silent\n"
        ),
    ),
    (
        SeatLeft("buyer", "'buyer' is the seat of kim, who is not here"),
        5,
        (
            "handfast: 'buyer' is the seat of kim, who is not here\n"
            "hint: 'handfast resume SESSION --seat buyer=human:NAME' goes on\n"
        ),
    ),
    (ScriptExhausted("tape", 3), 2, "handfast: script 'tape' has 3 answers and was asked once more\n"),
    (ScriptUnused("tape", 1), 2, "handfast: script 'tape' has 1 answers that nobody asked for\n"),
    (
        click.UsageError("No such option: --x"),
        2,
        "handfast: No such option: --x\nhint: 'handfast --help' shows what it takes\n",
    ),
    (click.ClickException("odd"), 2, "handfast: odd\n"),
    (
        ChainBroken("s-1", 4, "its content does not have its digest"),
        1,
        (
            "handfast: entry 4 of session 's-1': its content does not have its digest\n"
            "hint: restore the journal from a copy that verifies\n"
        ),
    ),
    (
        Drift("s-1", 4),
        1,
        (
            "handfast: entry 4 of session 's-1': deciding its reply again gives other events\n"
            "hint: the record was written by other rules or another version of handfast\n"
        ),
    ),
    (Unwritable("it is locked", hint="wait"), 6, "handfast: it is locked\nhint: wait\n"),
    (Conflict("s-1", 4), 6, "handfast: session 's-1' already has an entry 4\n"),
    (
        Overdrawn("s-1", 4, "purse", asked=Decimal(50), most=Decimal(40), size=Decimal(100)),
        6,
        (
            "handfast: entry 4 of session 's-1' would hold 50 of pot 'purse'; others leave it 40 of 100\n"
            "hint: 'handfast budgets' shows who holds what\n"
        ),
    ),
    (JournalError("odd"), 6, "handfast: odd\n"),
    (ProviderError("no answer\x1b[2J"), 6, "handfast: no answer?[2J\n"),
    (RateLimited("slow down", hint="wait"), 6, "handfast: slow down\nhint: wait\n"),
    (Unavailable("nobody there"), 6, "handfast: nobody there\n"),
    (Malformed("no answer"), 6, "handfast: no answer\n"),
    (Declined("wrong key", hint="check it"), 6, "handfast: wrong key\nhint: check it\n"),
    (
        sqlite3.OperationalError("database or disk is full"),
        6,
        "handfast: the journal failed: database or disk is full\nhint: 'handfast verify --all' shows what it holds\n",
    ),
    (OSError(28, "No space left on device"), 6, "handfast: No space left on device\n"),
    (PermissionError(13, "Permission denied", "x.db"), 6, "handfast: x.db: Permission denied\n"),
    (OSError("odd"), 6, "handfast: odd\n"),
    (KeyboardInterrupt(), 130, "handfast: interrupted\nhint: 'handfast sessions' shows what can be resumed\n"),
    (click.Abort(), 130, "handfast: interrupted\nhint: 'handfast sessions' shows what can be resumed\n"),
    (
        ZeroDivisionError("division by zero"),
        6,
        (
            "handfast: internal error: ZeroDivisionError: division by zero\n"
            "hint: run it again with --debug and report what it prints\n"
        ),
    ),
]


@pytest.mark.parametrize(("error", "code", "words"), TABLE, ids=[f"{row[1]}-{type(row[0]).__name__}" for row in TABLE])
def test_each_failure_has_its_code_and_its_words(
    error: BaseException, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failure is one line for a person and a hint on standard error, nothing on standard output, and its exit code."""
    assert report_failure(error, debug=False) == code
    assert code_of(error) == code
    assert capsys.readouterr() == ("", words)


def test_every_class_of_errors_has_a_row() -> None:
    """No error of ours falls through to the last row, which is for mistakes of ours."""
    assert {kind.__name__ for kind in _leaves(OrchestratorError)} <= {type(error).__name__ for error, _, _ in TABLE}


def test_exits_pass_through(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever leaves by an exit code leaves by that code, without words."""
    assert [report_failure(error, debug=True) for error in (SystemExit(3), SystemExit("odd"), click.exceptions.Exit(4))] == [
        3,
        2,
        4,
    ]
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows break in another way")
def test_a_broken_pipe_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Whoever reads no further wants no complaint."""
    with (tmp_path / "out").open("w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert report_failure(BrokenPipeError(), debug=False) == 0
        monkeypatch.undo()
    assert capsys.readouterr() == ("", "")


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    """With `--debug` the traceback comes first; the line and the hint stay the last."""
    with pytest.raises(UsageError) as raised:
        _fail()
    report_failure(raised.value, debug=True)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-2:] == ["handfast: no", "hint: so"]


def _fail() -> None:
    raise UsageError("no", hint="so")


def _leaves(kind: type[OrchestratorError]) -> Iterator[type[OrchestratorError]]:
    if not kind.__subclasses__():
        yield kind
    for below in kind.__subclasses__():
        yield from _leaves(below)
