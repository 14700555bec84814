"""Without the extra `postgres`, an address is told what to install; nothing else changes."""

from __future__ import annotations

import subprocess
import sys

import pytest

_HIDDEN = "import sys; sys.modules['psycopg'] = None; from orchestrator.cli.main import main; main(sys.argv[1:])"


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("sessions", "--journal", "postgresql://ada:hunter2@h/d"),
        ("run", "campaign", "--journal", "postgresql://ada:hunter2@h/d"),
        ("migrate", "postgresql://ada:hunter2@h/d", "there.db"),
    ],
)
def test_the_extra_is_named(words: tuple[str, ...]) -> None:
    """A command that is given an address says in one line which extra it needs."""
    done = subprocess.run([sys.executable, "-c", _HIDDEN, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "handfast: a journal in Postgres needs psycopg, the extra 'postgres'\nhint: pip install 'handfast[postgres]'\n",
    )
