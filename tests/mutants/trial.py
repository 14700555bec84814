"""Does a test fail for this mutant? Each is tried in a process of its own that reads the changed module from memory."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Literal, NoReturn, TypeAlias, cast

import coverage
import pytest

from tests.mutants.mutant import Mutant

__all__ = ["Baseline", "Outcome", "baseline", "tried"]

Outcome: TypeAlias = Literal["killed", "timeout", "survived"]

_SLOWEST = 0.25
"""Seconds of the processor, while lines are noted; tests that take longer are left to `make test`."""
_PLUGINS = ("-p", "pytest_asyncio.plugin", "-p", "pytest_timeout")
"""Those that the configuration names; the others would only take time."""
_QUIET = ("-x", "-q", "-m", "not slow", "-p", "no:cacheprovider", "--assert=plain", "--tb=no", *_PLUGINS)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The tests of unchanged guards: how much work each is, and which lines it is seen on."""

    seconds: Mapping[str, float]
    seen_on: Mapping[str, Mapping[int, frozenset[str]]]
    """By file and line, the tests that ran it."""

    def tests_of(self, file: str, line: int) -> tuple[tuple[str, ...], ...]:
        """Return the tests to try, in two goes: those of the file of tests that knows the line best, then the others.

        A file of tests counts whole where one of its tests ran the guard, or none ran any guard: it looks at their making.
        """
        lines = self.seen_on.get(file, {})
        touching = frozenset[str]().union(*lines.values())
        running = frozenset[str]().union(*(names for by_line in self.seen_on.values() for names in by_line.values()))
        others = {_home(name) for name in self.seconds} - {_home(name) for name in running}
        homes = others | {_home(name) for name in touching}
        fit = [name for name, took in self.seconds.items() if took <= _SLOWEST and _home(name) in homes]
        first = lines.get(line, touching)
        best = Counter(_home(name) for name in fit if name in first).most_common(1)
        fit.sort(key=lambda name: (name not in first, name not in touching, self.seconds[name]))
        near = tuple(name for name in fit if best and name in first and _home(name) == best[0][0])
        return near, tuple(name for name in fit if name not in near)

    def longest(self, tests: Sequence[str]) -> float:
        """Return after how many seconds a mutant counts as caught in a loop."""
        return 20 + 20 * sum(self.seconds[name] for name in tests)


class _Watch:
    """Notes what each test takes, and tells the tracer whose lines these are."""

    def __init__(self, tracer: coverage.Coverage) -> None:
        self.tracer = tracer
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        began = time.process_time()
        self.tracer.switch_context(item.nodeid)
        result = yield
        self.tracer.switch_context("")
        self.seconds[item.nodeid] = time.process_time() - began
        return result


class _Chosen:
    """Keeps the chosen tests, in the order in which they were chosen."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.order = {name: place for place, name in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self.order), key=lambda item: self.order[item.nodeid])


class _Changed(SourceFileLoader):
    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.changed = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.changed, self.get_filename(fullname), "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self.name = mutant.file.removesuffix(".py").replace("/", ".")
        self.path = str(Path(mutant.file).resolve())
        self.source = mutant.source

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        del path, target
        if fullname != self.name:
            return None
        return spec_from_file_location(fullname, self.path, loader=_Changed(fullname, self.path, self.source))


def baseline(tests: Sequence[str]) -> Baseline | None:
    """Run the tests of the unchanged guards once; None where one of them fails."""
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder, "noted.json")
        if _in_child(lambda: _watched(tests, noted), 600) != 0:
            return None
        content = cast("dict[str, object]", json.loads(noted.read_text(encoding="utf-8")))
    seconds = cast("dict[str, float]", content["seconds"])
    lines = cast("dict[str, dict[str, list[str]]]", content["lines"])
    seen = {file: {int(line): frozenset(names) for line, names in by_line.items()} for file, by_line in lines.items()}
    return Baseline(seconds, seen)


def tried(mutant: Mutant, goes: Sequence[Sequence[str]], base: Baseline) -> Outcome:
    """Return whether one of the tests fails for the mutant; the second go is for what survived the first."""
    for tests in goes:
        code = _in_child(lambda tests=tests: _mutated(mutant, tests), base.longest(tests)) if tests else 0
        if code != 0:
            return "timeout" if code is None else "killed"
    return "survived"


def _home(name: str) -> str:
    return name.partition("::")[0]


def _watched(tests: Sequence[str], noted: Path) -> int:
    tracer = coverage.Coverage(data_file=None, source=["guards"], config_file=False)
    watch = _Watch(tracer)
    tracer.start()
    code = int(pytest.main([*_QUIET, *tests], plugins=[watch]))
    tracer.stop()
    data = tracer.get_data()
    lines = {
        Path(file).relative_to(Path.cwd()).as_posix(): {
            line: [name for name in names if name] for line, names in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    noted.write_text(json.dumps({"seconds": watch.seconds, "lines": lines}), encoding="utf-8")
    return code


def _mutated(mutant: Mutant, tests: Sequence[str]) -> int:
    sys.meta_path.insert(0, _Finder(mutant))
    files = dict.fromkeys(_home(name) for name in tests)
    return int(pytest.main([*_QUIET, *files], plugins=[_Chosen(tests)]))


def _in_child(work: Callable[[], int], longest: float) -> int | None:
    """Return the exit code of the work in a forked process; None where it took too long and was ended."""
    child = os.fork()
    if child == 0:
        _as_child(work)
    ends = time.monotonic() + longest
    while time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _as_child(work: Callable[[], int]) -> NoReturn:
    code = 70
    try:
        os.environ["HYPOTHESIS_PROFILE"] = "mutants"
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        code = work()
    finally:
        os._exit(code)
