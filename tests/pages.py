"""What do the pages of the documentation claim? Their fenced blocks, links, and commands with their output."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from orchestrator.roles.find import shipped

__all__ = [
    "DATABASE",
    "PAGES",
    "ROOT",
    "Block",
    "Command",
    "Terminal",
    "anchors_of",
    "blocks_of",
    "commands_of",
    "links_of",
    "missing_lines",
    "settled",
]

ROOT = Path(__file__).parents[1]

PAGES = tuple(sorted((ROOT / name for name in ("README.md", "prompts/README.md")), key=str)) + tuple(
    sorted((ROOT / "docs").rglob("*.md"), key=str)
)
"""Every page whose blocks are run."""

DATABASE = "postgresql://ada@db.example/plans"
"""The address that stands in pages for a database of the reader's own."""

_FENCE = re.compile(r"^```(?P<language>[a-z]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"\s+# exit (\d+)$")
_LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
_SESSION = re.compile(rf"\b(?:{'|'.join(shipped())}|mine|spring|summer)-[abcdefghjkmnpqrstuvwxyz23456789]{{10}}\b")
_VARIABLE = re.compile(
    r"(?P<digest>\b[0-9a-f]{12,128}\b)"
    r"|(?P<move>\bm\d+-[a-z0-9]{4}\b)"
    r"|(?P<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|\+\d\d:?\d\d)?)"
    r"|(?P<seconds>\b\d+(?:\.\d+)? ?(?:ms|s)\b)"
    r"|(?P<window>\bused \d+ % of [\d,]+ tokens: pinned .*)"
)
_WAIT_SECONDS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        """Return where it stands, for a person."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A line behind `$`, the exit code that it should have, and the lines that the page shows below it."""

    line: str
    code: int = 0
    shown: tuple[str, ...] = ()


def blocks_of(page: Path) -> tuple[Block, ...]:
    """Return the fenced blocks of a page, in order."""
    text = page.read_text("utf-8")
    return tuple(
        Block(page=page, line=text.count("\n", 0, found.start()) + 1, language=found["language"], text=found["text"])
        for found in _FENCE.finditer(text)
    )


def links_of(page: Path) -> tuple[str, ...]:
    """Return the targets of a page's links to other files."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    return tuple(target for target in _LINK.findall(text) if "://" not in target)


def anchors_of(page: Path) -> frozenset[str]:
    """Return the names under which the headings of a page can be linked to."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return frozenset(re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings)


def commands_of(block: Block) -> Iterator[Command]:
    """Yield the commands of a `console` block; `# exit 5` behind one is the exit code that it should have."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        first, *shown = part.rstrip("\n").split("\n")
        code = _EXIT.search(first)
        yield Command(line=_EXIT.sub("", first), code=int(code[1]) if code else 0, shown=tuple(shown))


def settled(text: str) -> str:
    """Return the text without what differs from run to run: ids, what they take of windows, digests, times, last blanks."""
    text = _VARIABLE.sub(lambda found: f"<{found.lastgroup}>", _SESSION.sub("<session>", text))
    return "\n".join(re.sub(r"\s+", " ", line).strip() for line in text.splitlines())


def missing_lines(command: Command, output: str) -> tuple[str, ...]:
    """Return the lines that the page shows and the output lacks, in their order; a line of three dots stands for any."""
    rest = iter(settled(output).split("\n"))
    return tuple(line for line in command.shown if line.strip() not in ("", "...") and settled(line) not in rest)


def shown_again(text: str, command: Command, output: str) -> str:
    """Return the page's text with what the command prints now below it; around three dots, as many lines as before."""
    code = f"   # exit {command.code}" if command.code else ""
    head = f"$ {command.line}{code}\n"
    lines = [line.rstrip() for line in output.rstrip("\n").split("\n")]
    if "..." in command.shown:
        place = command.shown.index("...")
        lines = [*lines[:place], "...", *lines[len(lines) - (len(command.shown) - place - 1) :]]
    before, after = (head + "".join(f"{line}\n" for line in shown) for shown in (command.shown, lines))
    return text.replace(before, after, 1)


@dataclass(slots=True)
class Terminal:
    """Runs the commands of one page in one folder, and knows which session and which database a written name stands for."""

    folder: Path
    database: str = DATABASE
    sessions: dict[str, str] = field(default_factory=dict[str, str])

    def run(self, command: Command) -> subprocess.CompletedProcess[str]:
        """Return what the command did; an id seen for the first time stands for the newest session.

        `cat FILE` shows a file that the reader is to write: it is written as it is shown.
        """
        words = [self._actual(word) for word in shlex.split(command.line)]
        if words[0] == "cat":
            (self.folder / words[1]).write_text("\n".join(command.shown) + "\n", "utf-8")
        done = self._call(words)
        done.stdout, done.stderr = (text.replace(self.database, DATABASE) for text in (done.stdout, done.stderr))
        return done

    def _actual(self, word: str) -> str:
        actual = word.replace(DATABASE, self.database)
        return _SESSION.sub(lambda found: self._session(found.group()), actual)

    def _session(self, written: str) -> str:
        if written not in self.sessions:
            listed = json.loads(self._call(["handfast", "sessions", "--json"]).stdout)
            self.sessions[written] = listed[0]["id"]
        return self.sessions[written]

    def _call(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        known = {
            "handfast": [sys.executable, "-m", "orchestrator.cli"],
            "python": [sys.executable],
            "cat": ["cat"],
            "sed": ["sed"],
        }
        environment = {**os.environ, "HANDFAST_KEY": "07" * 32, "COLUMNS": "120", "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        return subprocess.run(
            [*known[words[0]], *words[1:]],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_WAIT_SECONDS,
            check=False,
        )
