"""How do tests run `handfast` as a person would? In a process of its own, in an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Done", "Folder"]


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return the one JSON value on stdout."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Folder:
    """A working directory with its own journal and its own key."""

    path: Path

    @property
    def journal(self) -> Path:
        """Return where its journal is."""
        return self.path / "handfast.db"

    def environment(self) -> dict[str, str]:
        """Return an environment in which nothing of the user's is touched."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HANDFAST_", "COVERAGE_"))}
        return kept | {"XDG_CONFIG_HOME": str(self.path / "config"), "NO_COLOR": "1", "PYTHONWARNINGS": "default"}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command and return its process."""
        return subprocess.Popen(
            [sys.executable, "-m", "orchestrator.cli", *arguments],
            cwd=self.path,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> Done:
        """Run a command to its end."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        return Done(process.returncode, out, err)
