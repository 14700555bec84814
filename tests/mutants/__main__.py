"""Does a test fail for every clause of a guard that is removed or inverted? `make mutants` tries them, one by one."""

from __future__ import annotations

import argparse
import importlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast

from tests.corpus import negotiation_of
from tests.mutants.mutant import Mutant, mutants_of
from tests.mutants.trial import Baseline, baseline, tried

__all__ = ["main"]

_EQUIVALENT = Path(__file__).with_name("equivalent.jsonl")
_TESTS = ("tests/guards",)
_READY = ("cel_expr_python.cel", "hypothesis", "pytest_asyncio.plugin", "pytest_timeout")
"""Modules that every trial needs, imported once; none of them imports a guard."""

_TESTS_OF_ALL = Path(__file__).parents[1]
_NEGOTIATIONS = ("campaign", "cloud", "procurement")
"""Those that the tests of guards speak of, read once, as are all scenarios of the labelled drafts."""

_Key: TypeAlias = tuple[str, str, str, str]


class _Options(argparse.Namespace):
    paths: list[str]
    sample: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Score:
    """What became of the mutants of one file."""

    file: str
    mutants: int
    equivalent: int
    outcomes: Counter[str]

    @property
    def tried(self) -> int:
        """Return how many were tried."""
        return self.outcomes.total()

    def row(self) -> str:
        """Return the line of the table."""
        caught = self.tried - self.outcomes["survived"]
        share = f"{100 * caught / self.tried:6.1f} %" if self.tried else "       -"
        figures = (self.mutants, self.equivalent, self.tried, caught, self.outcomes["timeout"], self.outcomes["survived"])
        return f"{self.file:32}" + "".join(f"{figure:>12}" for figure in figures) + f"  {share}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants; 0 if each is caught, 1 if one survives, 2 if nothing could be measured."""
    options = _options(arguments)
    files = tuple(_files(options.paths))
    _make_ready()
    base = baseline(_TESTS)
    if not files or base is None:
        print("nothing measured:", "no such files" if not files else "the tests fail without any mutant")
        return 2
    began = time.monotonic()
    known = _equivalent()
    found = {file: mutants_of(file) for file in files}
    scores = [_judged(file, mutants, known, base, options) for file, mutants in found.items()]
    there = {mutant.key for mutants in found.values() for mutant in mutants}
    stale = [key for key in known if Path(key[0]) in found and key not in there]
    for key in stale:
        print("listed as equivalent, but there is no such mutant:", *key, sep="\n    ")
    print(_table(scores, time.monotonic() - began))
    return 1 if stale or any(score.outcomes["survived"] for score in scores) else 0


def _make_ready() -> None:
    for name in _READY:
        importlib.import_module(name)
    for name in _NEGOTIATIONS:
        negotiation_of(_TESTS_OF_ALL.parent / "prompts" / name / "negotiation.yaml")
    corpora = _TESTS_OF_ALL / "corpora"
    for corpus in sorted((*corpora.glob("drafts-*.jsonl"), *corpora.glob("own-*.jsonl"))):
        negotiation_of(corpora / "scenarios" / f"{corpus.stem.partition('-')[2]}.yaml")


def _options(arguments: Sequence[str] | None) -> _Options:
    parser = argparse.ArgumentParser(prog="make mutants", description="Try mutants of the guards against the tests of guards.")
    parser.add_argument("paths", nargs="*", default=["guards"], help="files or folders of guards")
    parser.add_argument("--sample", type=_size, default=40, help="mutants a file, drawn by the seed; 'all' tries each")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(arguments, namespace=_Options())


def _size(text: str) -> int:
    return sys.maxsize if text == "all" else max(1, int(text))


def _files(paths: Sequence[str]) -> Iterator[Path]:
    for path in (Path(path) for path in paths):
        found = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        yield from (file for file in found if file.is_file() and file.name != "__init__.py")


def _equivalent() -> dict[_Key, str]:
    lines = (cast("dict[str, str]", json.loads(line)) for line in _EQUIVALENT.read_text(encoding="utf-8").splitlines())
    return {(entry["file"], entry["scope"], entry["was"], entry["now"]): entry["why"] for entry in lines}


def _judged(file: Path, mutants: Sequence[Mutant], known: Mapping[_Key, str], base: Baseline, options: _Options) -> _Score:
    fit = [mutant for mutant in mutants if mutant.key not in known]
    drawn = random.Random(f"{options.seed}:{file.as_posix()}").sample(fit, min(options.sample, len(fit)))
    outcomes: Counter[str] = Counter()
    for mutant in sorted(drawn, key=lambda mutant: mutant.line):
        outcome = tried(mutant, base.tests_of(mutant.file, mutant.line), base)
        outcomes[outcome] += 1
        if outcome == "survived":
            print(_survivor(mutant), flush=True)
    return _Score(file.as_posix(), len(mutants), len(mutants) - len(fit), outcomes)


def _survivor(mutant: Mutant) -> str:
    return f"{mutant.file}:{mutant.line} {mutant.scope}: {mutant.change}\n    {mutant.was}\n    {mutant.now}"


def _table(scores: Sequence[_Score], seconds: float) -> str:
    head = f"{'file':32}" + "".join(
        f"{name:>12}" for name in ("mutants", "equivalent", "tried", "caught", "by timeout", "survived")
    )
    outcomes = Counter[str]()
    for score in scores:
        outcomes.update(score.outcomes)
    total = _Score("all", sum(score.mutants for score in scores), sum(score.equivalent for score in scores), outcomes)
    rows = [score.row() for score in scores]
    return "\n".join(("", f"{head}     score", *rows, total.row(), f"{seconds:.0f} s; equivalent mutants are not tried"))


if __name__ == "__main__":
    sys.exit(main())
