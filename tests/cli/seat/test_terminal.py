"""What happens at a real terminal? The program in a pseudo-terminal: screens of pages, Ctrl-C, Ctrl-D, pipes, narrow ones."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.pseudo import pseudo
from tests.pages import ROOT, settled
from tests.takeaseat import SCENES, prepared, screen, shown_in_page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals there"),
]

RUN = ("run", "procurement", "--seat", "supplier=human", "--rounds", "4")
PROMPT = "supplier> "


def test_the_page_shows_what_a_person_sees(tmp_path: Path) -> None:
    """The screens of the how-to are those of the program now, line by line; `python -m tests.takeaseat` renews them."""
    prepared(tmp_path)
    assert [settled(screen(tmp_path, scene)) for scene in SCENES] == [settled(text) for text in shown_in_page()]


def test_no_line_is_wider_than_the_terminal(tmp_path: Path) -> None:
    """At 60 columns all that is said fits, but for what the person types."""
    narrow = screen(tmp_path, SCENES[1]).splitlines()[1:]
    assert [line for line in narrow if len(line) > 60 and not line.startswith(("  handfast", "supplier>"))] == []


def test_ctrl_c_at_the_prompt_loses_nothing(tmp_path: Path) -> None:
    """It ends with 130 at once; the session verifies, is interrupted, and goes on where it was."""
    with pseudo(tmp_path, *RUN) as terminal:
        terminal.answer(PROMPT, "offer unit_price=2.60")
        terminal.wait_for("Enter for none): ")
        terminal.interrupt()
        assert terminal.end() == 130
    assert "Interrupted in round 1 of 4: interrupted by the person in the seat of supplier." in terminal.screen
    with pseudo(tmp_path, "verify", "last") as terminal:
        assert terminal.end() == 0
    with pseudo(tmp_path, "resume", "last", "--seat", "supplier=human") as terminal:
        terminal.wait_for("Round 1 of 4. It is your turn, supplier.")
        terminal.answer(PROMPT, "say Here again.")
        terminal.answer("Round 2 of 4", "leave")
        assert terminal.end() == 5
    assert "round 1 · supplier informs" in terminal.screen


def test_ctrl_d_in_the_middle_of_a_form_loses_nothing(tmp_path: Path) -> None:
    """The seat is left, the session waits for its person, and the list of sessions says so."""
    with pseudo(tmp_path, *RUN) as terminal:
        terminal.answer(PROMPT, "offer")
        terminal.wait_for("unit price [2.10]: ")
        terminal.write("\x04")
        assert terminal.end() == 5
    with pseudo(tmp_path, "sessions") as terminal:
        assert terminal.end() == 0
    assert "waiting" in terminal.screen


def test_a_person_takes_the_seat_of_an_agent_and_gives_it_back(tmp_path: Path) -> None:
    """Another seat is taken when a session is resumed, and given back to the model that it was opened with."""
    with pseudo(tmp_path, *RUN) as terminal:
        terminal.answer(PROMPT, "leave")
        assert terminal.end() == 5
    words = ("resume", "last", "--seat", "buyer=human:dana", "--seat", "supplier=agent")
    with pseudo(tmp_path, *words) as terminal:
        terminal.answer("buyer> ", "leave")
        assert terminal.end() == 5
    assert "supplier is now an agent: strategy:linear" in terminal.screen
    assert "buyer is now a person: human:dana" in terminal.screen
    with pseudo(tmp_path, "resume", "last", "--seat", "buyer=agent") as terminal:
        assert terminal.end() in (0, 3, 5)


def test_two_people_at_one_terminal(tmp_path: Path) -> None:
    """Each is asked in their turn, and sees their own mandate."""
    with pseudo(tmp_path, "run", "procurement", "--seat", "buyer=human", "--seat", "supplier=human") as terminal:
        terminal.answer("buyer> ", "say Hello to you.")
        terminal.answer(PROMPT, "rules")
        terminal.wait_for("limit floor")
        terminal.answer(PROMPT, "leave")
        assert terminal.end() == 5
    assert "an agent" not in terminal.screen


def _piped(folder: Path, lines: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "HANDFAST_KEY": "07" * 32, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "orchestrator.cli", *words]
    return subprocess.run(command, cwd=folder, env=environment, input=lines, capture_output=True, timeout=50, check=False)


def test_a_script_may_sit_there(tmp_path: Path) -> None:
    """Piped lines answer the questions in their order; standard output has the outcome alone, and their end leaves."""
    done = _piped(tmp_path, b"offer unit_price=2.60\n\ny\n", *RUN, "--json")
    outcome = json.loads(done.stdout)
    assert (done.returncode, outcome["status"], outcome["reason"]) == (5, "waiting", "person")
    assert b"supplier> offer unit_price=2.60\n" in done.stderr
    assert b"Send it? [Y/n] y\n" in done.stderr


@pytest.mark.parametrize("lines", [b"", b"\xff\xfe\x00\n\x1b[31m\n", b'{"act": 1}\n' * 9, b"say " + b"x" * 70_000 + b"\n"])
def test_bytes_that_mean_nothing_end_in_good_order(tmp_path: Path, lines: bytes) -> None:
    """No text, no draft and far too much of it are answered, and the session can be resumed."""
    done = _piped(tmp_path, lines, *RUN)
    assert (done.returncode, b"Traceback" in done.stderr) == (5, False)
    assert b"Waiting in round" in done.stdout


def test_a_killed_session_asks_again(tmp_path: Path) -> None:
    """Killed while a person thinks, it lost nothing: the next one asks them again."""
    with pseudo(tmp_path, *RUN) as terminal:
        terminal.wait_for(PROMPT)
    with pseudo(tmp_path, "resume", "last") as terminal:
        terminal.wait_for("Said last:")
        terminal.answer(PROMPT, "leave")
        assert terminal.end() == 5


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_in_tmux(tmp_path: Path) -> None:
    """In a multiplexer's terminal of 60 columns the same is shown: the prompt, what is typed, and the answer."""
    socket = ["tmux", "-S", str(tmp_path / "tmux.sock")]
    environment = {**os.environ, "HANDFAST_KEY": "07" * 32, "PYTHONPATH": str(ROOT)}
    command = f"{sys.executable} -m orchestrator.cli {' '.join(RUN)}; sleep 30"
    start = [*socket, "-f", "/dev/null", "new-session", "-d", "-x", "60", "-y", "100", command]
    subprocess.run(start, cwd=tmp_path, env=environment, check=True, timeout=20)
    try:
        assert _in_pane(socket, PROMPT.strip())
        subprocess.run([*socket, "send-keys", "what", "Enter"], check=True, timeout=20)
        assert _in_pane(socket, "'what' is no command.")
        subprocess.run([*socket, "send-keys", "C-d"], check=True, timeout=20)
        assert _in_pane(socket, "Waiting in round 1 of 4")
    finally:
        subprocess.run([*socket, "kill-server"], check=True, timeout=20)


def _in_pane(socket: list[str], text: str) -> bool:
    """Return whether a text is on the screen within some seconds."""
    for _ in range(80):
        shown = subprocess.run([*socket, "capture-pane", "-p"], capture_output=True, text=True, check=True, timeout=20).stdout
        if text in shown:
            return True
        subprocess.run(["sleep", "0.25"], check=True)
    return False
