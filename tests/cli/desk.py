"""Where do tests of the command line work? At a desk: a folder with files, a journal, and a key that everybody knows."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Generator, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.cli.main import main
from orchestrator.roles.find import shipped_folder

__all__ = ["Desk", "Done", "Kept", "desk_at"]

_GATE = "unit_price * volume > 500000.0"


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return the one JSON value on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Desk:
    """A working directory."""

    path: Path
    key: str = "07" * 32

    @property
    def journal(self) -> Path:
        """Return where the journal is by default."""
        return self.path / "handfast.db"

    def do(self, *words: str) -> Done:
        """Run a command here, where no terminal says how wide it is."""
        return self._run(words, {})

    def do_at(self, width: int, *words: str) -> Done:
        """Run a command here, in a terminal of so many columns."""
        return self._run(words, {"COLUMNS": str(width)})

    def _run(self, words: Sequence[str], changes: dict[str, str]) -> Done:
        out, err = io.StringIO(), io.StringIO()
        code: object = None
        with _environment(HANDFAST_KEY=self.key, **changes), chdir(self.path), redirect_stdout(out), redirect_stderr(err):
            try:
                main(words)
            except SystemExit as left:
                code = left.code
        assert isinstance(code, int)
        return Done(code, out.getvalue(), err.getvalue())


@dataclass(frozen=True, slots=True)
class Kept:
    """A journal with a session of each kind, and their ids."""

    desk: Desk
    agreed: str
    waiting: str
    failed: str


def desk_at(path: Path) -> Desk:
    """Put files to negotiate on into a folder: a purchase that always needs its approver, and a script that gives up."""
    shutil.copytree(shipped_folder() / "procurement", path / "gated")
    file = path / "gated" / "negotiation.yaml"
    text = file.read_text("utf-8")
    assert _GATE in text
    file.write_text(text.replace(_GATE, "volume > 0.0"), "utf-8")
    (path / "giving-up.json").write_text(json.dumps([{"act": "escalate", "text": "A person must look at this."}]), "utf-8")
    return Desk(path)


@contextmanager
def _environment(**changes: str) -> Generator[None]:
    before = dict(os.environ)
    for name in ("COLUMNS", "HANDFAST_JOURNAL"):
        os.environ.pop(name, None)
    os.environ.update(changes)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
