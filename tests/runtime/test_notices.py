"""Do people hear what they wait for? A command gets each notice, and whatever becomes of it stops nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from orchestrator.errors import UsageError
from orchestrator.runtime.notices import Hook, noticed
from orchestrator.storage.memory import MemoryJournal
from orchestrator.testing.samples import sample_agreement, sample_key, sample_parked


def command(tmp_path: Path, body: str) -> str:
    """Return a command that runs some Python on what it reads."""
    script = tmp_path / "hook.py"
    script.write_text(f"import sys\ntext = sys.stdin.read()\n{body}\n", encoding="utf-8")
    return f"'{sys.executable}' -S '{script}'"


@pytest.mark.slow
async def test_parking_and_deciding_are_told_once_they_are_on_record(tmp_path: Path) -> None:
    """The command gets one JSON object for each gate that waits and for each decision, in their order."""
    heard = tmp_path / "heard.jsonl"
    hook = Hook(command(tmp_path, f"open({str(heard)!r}, 'a').write(text + chr(10))"))
    journal = noticed(MemoryJournal(sample_key().sign), hook)
    for entry in (*sample_parked(), *sample_agreement()[len(sample_parked()) :]):
        await journal.append(entry)
    hook.close()
    await journal.close()
    told = [json.loads(line) for line in heard.read_text(encoding="utf-8").splitlines()]
    assert [(each["notice"], each["gate"], each["session"]) for each in told] == [
        ("parked", "large", "sample-0001"),
        ("decided", "large", "sample-0001"),
    ]
    assert (told[0]["waits_for"], told[0]["due"], told[0]["then"]) == (["Ada"], None, "it goes on waiting")
    assert (told[0]["offer"]["terms"], told[0]["offer"]["digest"]) == ({"price": 60}, told[1]["offer"]["digest"])
    assert (told[1]["by"], told[1]["approved"], told[1]["expired"], told[1]["agreed"]) == ("Ada", True, False, True)
    assert [summary.state for summary in journal.summaries()] == ["agreed"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "why"), [("sys.exit(3)", "it ended with 3"), ("import time; time.sleep(60)", "it took more than 0.5 s")]
)
def test_a_command_that_fails_is_one_warning(tmp_path: Path, body: str, why: str) -> None:
    """Whatever becomes of the command, it is told once, and nobody waits for it."""
    warned: list[str] = []
    hook = Hook(command(tmp_path, body), warned.append, seconds=0.5)
    hook.tell({"notice": "parked"})
    hook.tell({"notice": "decided"})
    hook.close()
    assert warned == [f"handfast: the command for notices failed ({why}); sessions go on without it"]


def test_a_command_that_is_not_there_is_one_warning() -> None:
    """A program that cannot be started is told in a line."""
    warned: list[str] = []
    hook = Hook("./no-such-program-here", warned.append)
    hook.tell({"notice": "parked"})
    hook.close()
    hook.close()
    assert warned == ["handfast: the command for notices failed (No such file or directory); sessions go on without it"]


@pytest.mark.parametrize("words", ["'unfinished", "   "])
def test_a_command_that_cannot_be_read_is_wrong_usage(words: str) -> None:
    """Quotation marks without an end, and nothing at all, are no command."""
    with pytest.raises(UsageError):
        Hook(words)
