"""How does something reach the terminal?"""

from __future__ import annotations

import io
import json
import os
import sys

import pytest

from orchestrator.cli.printing import as_json, complain, say


def test_nothing_printed_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever slipped through before, control characters and turns of direction are question marks in the end."""
    say("a\x1b[2Jb\x07\x9b\u202ec\td")
    complain("x\x00y")
    assert capsys.readouterr() == ("a?[2Jb???c\td\n", "x?y\n")


def test_json_is_ascii() -> None:
    """JSON for machines holds escapes only, and is the same value."""
    value = {"text": "Zürich \x9b \ud800", "number": 0.5}
    assert as_json(value).isascii()
    assert json.loads(as_json(value)) == value


def test_what_an_encoding_lacks_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that knows little shows a question mark, not a traceback."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    say("round 1 · Zürich")
    assert stream.buffer.getvalue() == b"round 1 ? Z?rich\n"  # type: ignore[attr-defined]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows break in another way")
def test_a_reader_that_went_away_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the pipe breaks, what is left is dropped and nobody complains, so that the exit code stays the command's own."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        say("into the void")
        say("and more")
        monkeypatch.undo()
