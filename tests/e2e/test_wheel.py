"""The wheel is what people install."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

ROOT = Path(__file__).parents[2]


def test_the_wheel_alone_settles_the_campaign(tmp_path: Path) -> None:
    """Built, installed in an empty environment, and used from elsewhere: all packages and prompts are inside."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    wheel = next(tmp_path.glob("handfast-*.whl"))
    home = tmp_path / "empty"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    lend_dependencies(scripts / "python")
    command = [scripts / "handfast", "run", "campaign", "--seed", "7", "--plain"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    where = "import orchestrator, guards, evals; print(orchestrator.__file__)"
    shown = subprocess.run([scripts / "python", "-c", where], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert str(home) in shown.stdout


def lend_dependencies(python: Path) -> None:
    """Let the environment see the installed dependencies, but not the checkout that is installed beside them."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    purelib = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
    (Path(purelib) / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
