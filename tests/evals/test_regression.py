"""Does a gate notice a guard that one character has loosened? The code is copied, changed, and gated."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages import ROOT

_WHOLE = "mandate.reserve - ROUNDING"
_LOOSE = "mandate.reserve * ROUNDING"


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize(("loosened", "code", "verdict"), [(False, 0, "met     executed"), (True, 1, "MISSED  executed")])
def test_one_character_in_a_guard_fails_the_gate(tmp_path: Path, loosened: bool, code: int, verdict: str) -> None:  # noqa: FBT001
    """A reserve that is multiplied by a rounding error, not lowered by it, lets flatterers sign bad deals; that shows."""
    for name in ("orchestrator", "guards", "evals", "prompts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "orchestrator" / "messages" / "utility.py"
    text = file.read_text("utf-8")
    assert text.count(_WHOLE) == 1
    if loosened:
        file.write_text(text.replace(_WHOLE, _LOOSE), "utf-8")
    given = ("-T", "arm=all", "-T", "scenario=procurement", "-T", "tactic=flatter,overspend", "--max-parallel", "1")
    done = subprocess.run(
        [sys.executable, "-m", "orchestrator.cli", "eval", "run", "safety", *given],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, verdict in done.stdout) == (code, True), done.stdout + done.stderr
