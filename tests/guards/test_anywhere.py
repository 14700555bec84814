"""Do guards find the same anywhere? Whatever the hash seed, locale, clock or decimal context of the process."""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from decimal import ROUND_UP, localcontext
from pathlib import Path

import pytest

from tests.guards.judged import judged

_ROOT = Path(__file__).parents[2]
_WORLDS: tuple[Mapping[str, str], ...] = (
    {"PYTHONHASHSEED": "0"},
    {"PYTHONHASHSEED": "4242"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"},
    {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    {"TZ": "Pacific/Kiritimati"},
    {"PYTHONOPTIMIZE": "2"},
)


@pytest.fixture(scope="module")
def here() -> str:
    """Return what is found in this process, before a test changes anything in it."""
    return "\n".join(judged())


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return where the C library finds the locales of these tests: in a folder of their own, where Linux can make them."""
    maker = shutil.which("localedef") if sys.platform == "linux" else None
    folder = tmp_path_factory.mktemp("locales")
    for name in ("de_DE", "tr_TR") if maker else ():
        command = [str(maker), "-i", name, "-f", "UTF-8", str(folder / f"{name}.UTF-8")]
        subprocess.run(command, capture_output=True, check=False)
    return {"LOCPATH": str(folder)} if len(list(folder.iterdir())) == 2 else {}


@pytest.mark.slow
@pytest.mark.parametrize("world", _WORLDS, ids=lambda world: " ".join(f"{key}={value}" for key, value in world.items()))
def test_findings_do_not_depend_on_the_process(here: str, places: Mapping[str, str], world: Mapping[str, str]) -> None:
    """Another hash seed, locale, time zone or level of optimisation changes no byte of what is found."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "PYTHON"))} | {**places, **world}
    command = [sys.executable, "-m", "tests.guards.judged"]
    found = subprocess.run(command, cwd=_ROOT, env={**env, "PYTHONPATH": str(_ROOT)}, capture_output=True, check=True)
    assert found.stdout == here.encode("utf-8", "backslashreplace")


@pytest.fixture(params=["de_DE.UTF-8", "tr_TR.UTF-8", "C"])
def abroad(request: pytest.FixtureRequest, places: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Set a locale of the C library for one test, where this machine has it or can make it."""
    before = locale.setlocale(locale.LC_ALL)
    for name, value in places.items():
        monkeypatch.setenv(name, value)
    try:
        yield locale.setlocale(locale.LC_ALL, str(request.param))
    except locale.Error:
        pytest.skip(f"{request.param} is not installed here")
    finally:
        locale.setlocale(locale.LC_ALL, before)


@pytest.mark.usefixtures("abroad")
def test_findings_do_not_depend_on_a_locale_set_later(here: str) -> None:
    """A program that sets a locale of its own gets the same findings."""
    assert "\n".join(judged()) == here


@pytest.mark.parametrize("precision", [3, 60])
def test_findings_do_not_depend_on_the_decimal_context(here: str, precision: int) -> None:
    """A program that counts with few digits, and rounds up, gets the same findings."""
    with localcontext() as context:
        context.prec = precision
        context.rounding = ROUND_UP
        assert "\n".join(judged()) == here


def test_findings_are_the_same_twice(here: str) -> None:
    """Judging every draft again finds the same in the same order."""
    assert "\n".join(judged()) == here
