"""What does a person see who takes a seat? The screens of the how-to, driven in a pseudo-terminal.

`python -m tests.takeaseat` writes them into the page anew; a test compares them with what the program shows now.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

from orchestrator.roles.find import shipped_folder
from tests.cli.pseudo import pseudo
from tests.pages import ROOT, settled

__all__ = ["PAGE", "SCENES", "Scene", "prepared", "screen", "shown_in_page"]

PAGE = ROOT / "docs" / "how-to" / "take-a-seat.md"
_BLOCK = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT = "supplier> "


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A command, what is typed at which prompt, and the exit code."""

    words: tuple[str, ...]
    typed: tuple[tuple[str, str], ...]
    code: int
    columns: int = 84


SCENES: tuple[Scene, ...] = (
    Scene(
        words=("run", "procurement", "--seat", "supplier=human", "--model", "buyer=strategy:conceder", "--rounds", "8"),
        typed=(
            (_PROMPT, "offer"),
            ("unit price [2.10]: ", "cheap"),
            ("unit price [2.10]: ", "2.70"),
            ("volume [220,000]: ", "280,000 units"),
            ("payment days [60]: ", "30"),
            ("delivery days [5]: ", "21"),
            ("warranty months [24]: ", "12"),
            ("first delivery [2027-01-11]: ", ""),
            ("Enter for none): ", "A good price, for a good volume."),
            ("[Y/n] ", "y"),
            (_PROMPT, "offer unit_price=2.10 volume=290000"),
            ("Enter for none): ", ""),
            ("[Y/n] ", "y"),
            (_PROMPT, "offer unit_price=2.45 payment_days=45"),
            ("Enter for none): ", ""),
            ("[Y/n] ", "y"),
            (_PROMPT, "offer unit_price=2.40 delivery_days=18"),
            ("Enter for none): ", "Of our deliveries 96.4 percent were on time. [on_time_rate]"),
            ("[Y/n] ", "y"),
        ),
        code=5,
    ),
    Scene(
        words=("run", "procurement", "--seat", "supplier=human:kim", "--rounds", "8"),
        typed=((_PROMPT, "?"), (_PROMPT, "2.60 would be nice"), (_PROMPT, "accept m7"), (_PROMPT, "\x04")),
        code=5,
        columns=60,
    ),
    Scene(
        words=("run", "./mine", "--seat", "supplier=human:kim", "--rounds", "8"),
        typed=((_PROMPT, "ask Could I speak to your manager, please?"),),
        code=5,
    ),
    Scene(
        words=("resume", "last", "--seat", "buyer=human:dana"),
        typed=(
            ("buyer> ", "said"),
            ("buyer> ", "say Dana here; I am the manager."),
        ),
        code=5,
    ),
)


def prepared(folder: Path) -> None:
    """Put a negotiation whose buyer hands over to its human into a folder."""
    shutil.copytree(shipped_folder() / "procurement", folder / "mine")
    shutil.copytree(shipped_folder() / "house", folder / "house", dirs_exist_ok=True)
    file = folder / "mine" / "negotiation.yaml"
    rule = "    hand_over: {to: dana, words: ['ombuds*'], after: 4}\n"
    text = file.read_text("utf-8").replace("    prompt: buyer.md\n", f"    prompt: buyer.md\n{rule}", 1)
    assert yaml.safe_load(text)["roles"]["buyer"]["hand_over"]["to"] == "dana"
    file.write_text(text, "utf-8")


def screen(folder: Path, scene: Scene) -> str:
    """Return what a scene leaves on the screen; raises AssertionError where it goes another way."""
    with pseudo(folder, *scene.words, columns=scene.columns) as terminal:
        for prompt, line in scene.typed:
            terminal.wait_for(prompt)
            terminal.write(line if line == "\x04" else f"{line}\n")
        code = terminal.end()
    assert code == scene.code, terminal.screen
    return f"$ handfast {' '.join(scene.words)}\n{terminal.screen.strip()}\n"


def shown_in_page() -> tuple[str, ...]:
    """Return the screens that the page shows."""
    return tuple(_BLOCK.findall(PAGE.read_text("utf-8")))


def _refresh() -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepared(Path(folder))
        screens = [screen(Path(folder), scene) for scene in SCENES]
    text = PAGE.read_text("utf-8")
    for old, new in zip(shown_in_page(), screens, strict=True):
        if settled(old) != settled(new):
            text = text.replace(f"```text\n{old}```", f"```text\n{new}```", 1)
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    _refresh()
